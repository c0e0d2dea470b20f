"""What a training script is given on its command line: which labelled statements to read."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from research.steps.features import Asked
from research.steps.tagger import TASKS
from research.training.examples import (
    PERMISSIVE,
    UNKNOWN,
    Example,
    authored,
    halves,
    public,
    table,
)
from research.training.sources import patient_comments

LONGEST, MOST_WEAK = 40, 1500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that the training scripts share."""
    parser.add_argument("--data", type=Path, help="folder with the public data sets")
    parser.add_argument("--labels", type=Path, help="labelled public statements (TSV)")
    parser.add_argument("--without", nargs="*", default=[], help="sources or domains to leave out")


def given(arguments: argparse.Namespace, *, halved: bool = True) -> list[Example]:
    """The examples that the arguments name; `halved` adds the halves of long ones."""
    sources = sorted(PERMISSIVE - set(arguments.without))
    examples = authored()
    examples += halves(examples) if halved else []
    if arguments.labels:
        examples += table(arguments.labels, sources)
    if arguments.data:
        examples += public(arguments.data, sources)
        examples += list(weak(arguments.data)) if "nhs-fft" in sources else []
    left_out = set(arguments.without)
    return [e for e in examples if e.group.split(":", 1)[-1] not in left_out]


def weak(data: Path) -> Iterator[Example]:
    """Patients' comments of which only the feeling is known, as their analysts coded it."""
    labels = dict.fromkeys(TASKS, UNKNOWN)
    found = 0
    for text, question, valence in patient_comments(data):
        if len(text.split()) <= LONGEST and found < MOST_WEAK:
            found += 1
            asked = Asked(" ".join(text.split()), question, "survey")
            yield Example(asked, "public:nhs-fft", labels | {"valence": valence})
