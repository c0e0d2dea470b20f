"""Public data sets with customers' own words: where each passage stands, and its licence.

Their texts are not in the project. A label in corpora/labels/public points at a passage by
`locator` and characters, and holds a digest of the words, so that a wrong copy is noticed.
Weights that ship with the project train only on the sources whose licence permits it.
"""

import csv
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_MARKUP = re.compile(r"^\s*(?:[-*>#]|\d+\.)*\s*|\*\*|__|`|!?\[[^\]]*\]\([^)]*\)")
_NUMBERED = re.compile(r"\s*(?:#\d+:|\(.*\)\s*$)")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of a data set: where it stands, what was asked, the stars, the words."""

    locator: str
    text: str
    question: str = ""
    rating: float | None = None


@dataclass(frozen=True, slots=True)
class PublicSource:
    """One data set; `trains` tells whether its licence lets shipped weights learn from it."""

    name: str
    licence: str
    trains: bool
    form: str
    lang: str
    passages: Callable[[Path], Iterator[Found]]


def _rows(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return list(csv.reader(file))


def _nhs(folder: Path) -> Iterator[Found]:
    for number, row in enumerate(_rows(folder / "nhs-fft" / "v6framework_230831.csv")):
        if number and row[8].strip():
            yield Found(str(number), row[8], " ".join(row[7].removeprefix("FFT ").split()))


def _jupyter_2015(folder: Path) -> Iterator[Found]:
    name = folder / "jupyter-surveys" / "2015-12-notebook-ux" / "20160115235816-SurveyExport.csv"
    rows = _rows(name)
    for column in [4, *range(11, 28)]:
        question = _NUMBERED.sub(" ", rows[0][column].split(":", 1)[-1]).strip()
        for number, row in enumerate(rows[1:], 1):
            if len(row) > column and row[column].strip():
                yield Found(f"{number}.{column}", row[column], question)


def _jupyter_2020(folder: Path) -> Iterator[Found]:
    path = folder / "jupyter-surveys" / "2020-12-jupyter-survey" / "data" / "text_fields.csv"
    rows = _rows(path)
    for column in range(2, len(rows[0])):
        for number, row in enumerate(rows[1:], 1):
            if len(row) > column and row[column].strip():
                yield Found(f"{number}.{column}", row[column], rows[0][column])


def _government(folder: Path) -> Iterator[Found]:
    """Findings and quotes from user research of Dutch municipalities, line by line."""
    root = folder / "gebruikersonderzoeken-nl"
    for path in sorted(root.rglob("*.md")):
        body = path.read_text(encoding="utf-8").split("\n---", 1)[-1].splitlines()
        heading = ""
        for number, line in enumerate(body):
            text = _MARKUP.sub("", line).strip()
            if line.startswith("#"):
                heading = text
            elif len(text.split()) > 2 and not line.lstrip().startswith(("<", "|", "!", "{")):
                yield Found(f"{path.relative_to(root).as_posix()}#{number}", text, heading)


def _banking(folder: Path) -> Iterator[Found]:
    for number, row in enumerate(_rows(folder / "banking77" / "train.csv")):
        if number:
            yield Found(str(number), row[0])


def _water(folder: Path) -> Iterator[Found]:
    rows = _rows(folder / "water-alaska-interviews" / "all_public_interviews.csv")
    column = {name: i for i, name in enumerate(rows[0])}
    asked: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 1):
        talk = row[column["Set"]] + row[column["Interview"]]
        text = " ".join(row[column["Text"]].split())
        if row[column["speaker_type"]] == "ER":
            asked[talk] = text
        elif text:
            yield Found(str(number), text, asked.get(talk, "")[-300:])


def _bol(folder: Path) -> Iterator[Found]:
    path = folder / "bol-book-reviews-nl" / "polarity-nl-bol.com.csv"
    for number, row in enumerate(_rows(path)):
        yield Found(str(number), html.unescape(row[1]), "", 5.0 if row[0] == "1" else 1.0)


def _semeval(folder: Path) -> Iterator[Found]:
    path = next((folder / "semeval16-absa").rglob("restaurants_dutch_train.xml"))
    for sentence in ElementTree.parse(path).iter("sentence"):
        text = sentence.findtext("text") or ""
        yield Found(sentence.attrib["id"], text.strip())


def _airbnb(folder: Path) -> Iterator[Found]:
    for number, row in enumerate(_rows(folder / "airbnb-brussels-nl-fr-es" / "reviews.csv")):
        if row[-1] == "nl":
            yield Found(str(number), row[2])


def _apps(folder: Path) -> Iterator[Found]:
    from openpyxl import load_workbook

    path = folder / "app-reviews-4label" / "dataset_unbalanced_4000.xlsx"
    book = load_workbook(path, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    for number, row in enumerate(rows):
        if number and row[1]:
            yield Found(str(number), str(row[1]))


def _skytrax(folder: Path) -> Iterator[Found]:
    rows = _rows(folder / "skytrax-lounge-seat" / "lounge.csv")
    content, stars = rows[0].index("content"), rows[0].index("overall_rating")
    for number, row in enumerate(rows[1:], 1):
        rating = float(row[stars]) / 2 if row[stars].strip() else None
        yield Found(str(number), row[content], "", rating)


def _phones(folder: Path) -> Iterator[Found]:
    path = folder / "m-absa" / "phone" / "nl" / "train.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        yield Found(str(number), line.split("####")[0].strip())


SOURCES = (
    PublicSource("nhs-fft", "MIT", True, "survey", "en", _nhs),
    PublicSource("jupyter-2015", "CC0-1.0", True, "survey", "en", _jupyter_2015),
    PublicSource("jupyter-2020", "CC0-1.0", True, "survey", "en", _jupyter_2020),
    PublicSource("gebruikersonderzoeken-nl", "CC0-1.0", True, "interview", "nl", _government),
    PublicSource("banking77", "CC-BY-4.0", True, "message", "en", _banking),
    PublicSource("water-alaska", "not stated", False, "interview", "en", _water),
    PublicSource("bol-reviews-nl", "not stated", False, "review", "nl", _bol),
    PublicSource("semeval16-nl-train", "not stated", False, "review", "nl", _semeval),
    PublicSource("airbnb-nl", "not checked", False, "review", "nl", _airbnb),
    PublicSource("app-reviews-4label", "none stated", False, "review", "en", _apps),
    PublicSource("skytrax-lounge", "terms unknown", False, "review", "en", _skytrax),
    PublicSource("m-absa-phone-nl", "none stated", False, "review", "nl", _phones),
)


def patient_comments(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Comments of patients with the question and a clear feeling: "1" or "-1".

    The analysts' scale goes from 1 (very positive) to 5 (very negative); the middle is
    left out.
    """
    feeling = {"1": "1", "4": "-1", "5": "-1"}
    for row in _rows(folder / "nhs-fft" / "v6framework_230831.csv")[1:]:
        if row[10] in feeling and len(row[8].split()) > 2:
            yield row[8], " ".join(row[7].removeprefix("FFT ").split()), feeling[row[10]]
