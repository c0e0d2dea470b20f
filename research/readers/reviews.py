"""Review tables: text, title, rating and date, told by what their columns are called."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from research.contracts import Format
from research.errors import BadUpload, UnknownFormat
from research.model import Attributes, Passage, Reading, SetAside, Upload
from research.readers.dates import iso_dates
from research.readers.files import source_id
from research.readers.grid import is_table
from research.readers.nonanswers import NON_ANSWER, is_non_answer
from research.readers.ratings import beyond_five, rating
from research.readers.records import is_json, table_of_records
from research.readers.table import Column, Table, key, language_code, table_of
from research.readers.words import words

TEXT = words(
    """
        reviewtext reviewcontent reviewbody review body bodytext content text comment
        recensie recensietekst beoordelingstekst tekst
    """
)
RATING = words(
    """
        starrating reviewscore reviewstars reviewrating rating stars imrating overallscore
        overallrating score overall sterren aantalsterren waardering cijfer beoordeling
    """
)
TITLE = words("reviewtitle title titel summary kop")
DATE = words(
    """
        reviewdate reviewsubmitdateandtime reviewcreatedutc reviewcreated datecreated
        createdat createddate createtime date datum timestamp updated
    """
)
WHO = words("reviewconsumeruserid userid reviewerid customerid klantnummer authorid")
LANGUAGE = words("reviewerlanguage reviewlanguage language taal")
PRODUCT = words(
    """
        product productname producttitle productnaam producthandle productid asin handle
        appversionname variant imversion
    """
)
PERSONAL = words(
    """
        author reviewername nickname fullname displayname reviewusername reviewuseremail
        email revieweremail ipaddress location name naam username reviewernickname auteur
        reviewer
    """
)
_REPLY = re.compile(r"reply|replied|response|reactie|antwoord", re.IGNORECASE)
_TRANSLATED = re.compile(r"^\(Translated by Google\).*?\(Original\)\s*", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DUPLICATE_WORDS = 3
_EXAMPLE = """datum;sterren;titel;review
2026-01-15;2;Te laat;De bezorgdatum veranderde drie keer.
2026-01-16;5;Fijn;Snel geleverd en netjes ingepakt.
"""


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column of a review table is which."""

    text: Column
    rating: Column | None
    title: Column | None
    date: Column | None
    who: Column | None
    language: Column | None
    product: Column | None
    personal: tuple[Column, ...]


class Reviews:
    """Reads review exports in CSV, Excel, JSON Lines and JSON."""

    name = "reviews"
    format = Format(
        files=(".csv", ".tsv", ".xlsx", ".ods", ".jsonl", ".ndjson", ".json"),
        tools=(
            "Google Play",
            "App Store",
            "Trustpilot",
            "Google Business",
            "Amazon",
            "Yelp",
            "Judge.me",
            "Loox",
            "Yotpo",
            "Okendo",
            "Shopify",
        ),
        read="the text, and where present the rating, date, title and author",
        ignored=(
            "ratings without words",
            "replies of the owner",
            "personal data such as e-mail and IP addresses",
        ),
    )
    example = Upload("reviews.csv", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is JSON, or a table with a review's text beside its rating."""
        if is_json(upload):
            return True
        try:
            return is_table(upload) and _roles(table_of(upload)) is not None
        except BadUpload:
            return False

    def read(self, upload: Upload) -> Reading:
        """One passage for each review with words."""
        table = table_of_records(upload) if is_json(upload) else table_of(upload)
        roles = _roles(table, strict=not is_json(upload))
        if roles is None:
            raise UnknownFormat(
                upload.name,
                "no reviews are found in it; name the fields `text` and `rating`, "
                "or export a transcript as VTT, SRT, text or Word",
            )
        found = list(_read(table, roles))
        kept = (review for review in found if isinstance(review, Passage))
        return Reading(
            source=source_id(upload.content),
            name=upload.name,
            reader=self.name,
            passages=tuple(replace(review, index=i) for i, review in enumerate(kept)),
            set_aside=tuple(a for a in found if isinstance(a, SetAside)),
            notes=(*table.notes, *_notes(table, roles)),
        )


def _roles(table: Table, *, strict: bool = True) -> Roles | None:
    """The columns by their names; None when this is no table of reviews."""
    asks = any(column.question.rstrip().endswith("?") for column in table.columns)
    text, score = _find(table, TEXT), _find(table, RATING)
    title = _find(table, TITLE)
    if text is None or asks:
        return None
    named = "review" in key(text.name) or "recensie" in key(text.name)
    if score is None and not named and (strict or title is None):
        return None
    return Roles(
        text, score, title, _find(table, DATE), _find(table, WHO), _find(table, LANGUAGE),
        _find(table, PRODUCT), tuple(c for c in table.columns if key(c.name) in PERSONAL),
    )  # fmt: skip


def _find(table: Table, names: Sequence[str]) -> Column | None:
    """The column with the best of some names; the shop's replies are never taken."""
    columns = {key(c.name): c for c in reversed(table.columns) if not _REPLY.search(c.name)}
    return next((columns[name] for name in names if name in columns), None)


def _read(table: Table, roles: Roles) -> Iterator[Passage | SetAside]:
    """Every review, or why it is set aside."""
    seen: dict[tuple[str, ...], str] = {}
    dates = iso_dates(table.values(roles.date)) if roles.date else [""] * len(table.rows)
    scaled = roles.rating is None or not beyond_five(table.values(roles.rating))
    for number, row in enumerate(table.rows):
        place, text = f"row {number + 1}", _text(roles, row)
        reason = _reason(roles, row, text, dates[number], seen)
        if reason:
            yield SetAside(place, text, reason)
            continue
        seen.setdefault(_fingerprint(roles, row, text, dates[number]), place)
        yield Passage(
            index=0,
            text=text,
            voice=_cell(roles.who, row) or place,
            channel="review",
            place=place,
            rating=rating(_cell(roles.rating, row)) if scaled else None,
            date=dates[number],
            language=language_code(_cell(roles.language, row)),
            attributes=_attributes(roles, row),
        )


def _cell(column: Column | None, row: Sequence[str]) -> str:
    """A cell, or nothing when the table has no such column."""
    return row[column.position] if column else ""


def _text(roles: Roles, row: Sequence[str]) -> str:
    """Title and text as two sentences; one of them when the other adds nothing."""
    title, text = (_clean(_cell(column, row)) for column in (roles.title, roles.text))
    if is_non_answer(text):
        return "" if is_non_answer(title) else title
    if is_non_answer(title) or text.lower().startswith(title.lower().rstrip(" .…")):
        return text
    return f"{title}\n{text}"


def _clean(text: str) -> str:
    """A review in its own language, with web line breaks as spaces and entities resolved."""
    return html.unescape(_BREAK.sub(" ", _TRANSLATED.sub("", text))).strip()


def _reason(
    roles: Roles, row: Sequence[str], text: str, date: str, seen: dict[tuple[str, ...], str]
) -> str:
    """Why a review is set aside; empty when it counts."""
    if not text:
        raw = _cell(roles.text, row)
        return NON_ANSWER if raw else "a rating without words"
    earlier = seen.get(_fingerprint(roles, row, text, date))
    return f"the same as {earlier}" if earlier else ""


def _fingerprint(roles: Roles, row: Sequence[str], text: str, date: str) -> tuple[str, ...]:
    """What two exact duplicates share; a few words must share their date too."""
    words = " ".join(text.lower().split())
    short = len(words.split()) < _DUPLICATE_WORDS
    return (words, _cell(roles.rating, row), date if short else "")


def _attributes(roles: Roles, row: Sequence[str]) -> Attributes:
    """What the review is about."""
    product = _cell(roles.product, row)
    return ((roles.product.name, product),) if roles.product and product else ()


def _notes(table: Table, roles: Roles) -> list[str]:
    """Dropped columns by name, and ratings that could not be used."""
    notes: list[str] = []
    if roles.personal:
        notes.append(f"personal columns dropped: {', '.join(c.name for c in roles.personal)}")
    if roles.rating and beyond_five(table.values(roles.rating)):
        notes.append(
            f"ratings in `{roles.rating.name}` go beyond 5 and are not used; "
            "write them with their scale, such as 8/10"
        )
    return notes
