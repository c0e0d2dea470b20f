"""One job in one fresh process: `python -m benchmarks.job ours|bertopic TEXTS COUNT`.

Embeds the first COUNT texts with the embedded encoder, groups them and names the groups;
prints its own wall time, CPU time and peak memory as JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

START = time.perf_counter()


def ours(texts: list[str]) -> int:
    """The project's own grouping and naming; how many themes."""
    from research.embedding import embed, looking
    from research.encoders import HybridEncoder, StatementReader
    from research.model import Statement
    from research.steps.cluster import group
    from research.steps.codebook import bundled, likeness
    from research.steps.name import name_groups
    from research.steps.shelf import fitting
    from research.steps.similarity import joined
    from research.steps.tagger import as_read

    reader = StatementReader(HybridEncoder())
    statements = [
        Statement(f"s-{i}", "bench", f"p-{i}", i, 0, len(t), t, "", "review", "en", kind="pain")
        for i, t in enumerate(texts)
    ]
    values = embed(texts, reader)
    read, look = as_read(values), looking(reader, texts, values)
    scores = likeness(bundled(), statements, read.themes, look)
    rows = joined(read.themes, read.vectors)
    found = group(statements, rows, scores)
    book = fitting(rows, look, "en").of_kind("pain")
    return len(name_groups(found.groups, statements, rows, "pain", look, book))


def bertopic(texts: list[str]) -> int:
    """BERTopic with its defaults on the same encoder's vectors; how many topics."""
    from bertopic import BERTopic

    from research.encoders import HybridEncoder

    vectors = HybridEncoder().encode(texts)
    topics, _ = BERTopic(calculate_probabilities=False).fit_transform(texts, vectors)
    return len(set(topics) - {-1})


JOBS: dict[str, Callable[[list[str]], int]] = {"ours": ours, "bertopic": bertopic}


def main() -> None:
    """Run the job and print what it took."""
    name, path, count = sys.argv[1:4]
    texts = Path(path).read_text(encoding="utf-8").splitlines()[: int(count)]
    groups = JOBS[name](texts)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "groups": groups,
                "wall": time.perf_counter() - START,
                "cpu": used.ru_utime + used.ru_stime,
                "memory": used.ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
