"""Groups of vectors against groups that people made: adjusted mutual information."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

from benchmarks.encoder.contestants import Embed

Labelled = tuple[list[str], list[str]]
SEEDS = (0, 1, 2)


def grouping(embed: Embed, folder: Path) -> Iterator[tuple[str, float]]:
    """Task and AMI; `folder` is the shared data. k-means with the true number of groups."""
    for name, (texts, labels) in _sets(folder):
        yield name, _ami(embed, texts, labels)


def _sets(folder: Path) -> Iterator[tuple[str, Labelled]]:
    yield "Banking77", banking(folder / "banking77" / "test.csv")
    yield "CLINC150", _clinc(folder / "clinc150" / "data_full.json")
    reviews = folder / "semeval16-absa"
    yield "SemEval-16 nl", semeval(reviews / "restaurants_dutch_train.xml")
    yield "SemEval-16 en", semeval(reviews / "ABSA16_Restaurants_Train_SB1_v2.xml")
    for domain in ("phone", "hotel"):
        for lang in ("nl", "en"):
            files = [folder / "m-absa" / domain / lang / f"{s}.txt" for s in ("train", "test")]
            yield f"M-ABSA {domain} {lang}", _mabsa(files)


def banking(path: Path) -> Labelled:
    """Banking77's test queries and their intents."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [r["text"] for r in rows], [r["category"] for r in rows]


def _clinc(path: Path) -> Labelled:
    rows = json.loads(path.read_text(encoding="utf-8"))["test"]
    return [text for text, _ in rows], [intent for _, intent in rows]


def semeval(path: Path) -> Labelled:
    """Sentences with one aspect category, such as SERVICE#GENERAL."""
    from defusedxml.ElementTree import parse

    texts, labels = [], []
    for sentence in parse(path).iter("sentence"):
        found = {o.get("category") or "" for o in sentence.iter("Opinion")}
        if len(found) == 1:
            texts.append(sentence.findtext("text") or "")
            labels.append(found.pop())
    return texts, labels


def _mabsa(paths: Sequence[Path]) -> Labelled:
    """Sentences with one aspect category before its attribute (`Logistics#Speed`)."""
    texts, labels = [], []
    for line in (line for path in paths for line in path.read_text("utf-8").splitlines()):
        text, _, triplets = line.partition("####")
        found = {str(t[1]).split("#")[0].strip().lower() for t in _triplets(triplets)}
        if len(found) == 1:
            texts.append(text)
            labels.append(found.pop())
    return texts, labels


def _triplets(text: str) -> list[list[str]]:
    """The triplets of a line; none where a line is malformed, as a few are."""
    from ast import literal_eval

    try:
        return list(literal_eval(text))
    except (SyntaxError, ValueError):
        return []


def _ami(embed: Embed, texts: list[str], labels: list[str]) -> float:
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_mutual_info_score

    vectors = embed(texts)
    groups = len(set(labels))
    found = [KMeans(groups, n_init=1, random_state=s).fit_predict(vectors) for s in SEEDS]
    return mean(float(adjusted_mutual_info_score(labels, f)) for f in found)
