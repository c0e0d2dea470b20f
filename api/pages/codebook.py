"""The codebook of a study: the themes that are matched before anything is grouped."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.render import ShowDep
from api.study import AnalysisDep, Head, HeadDep
from research import codebooks, studies, theming
from research.errors import BadCodebook
from research.model import Code, Codebook

router = APIRouter()
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A theme of the codebook, and how many people speak of it; `theme` is its address."""

    code: Code
    people: int
    theme: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A codebook that can be taken: a bundled one, or the themes of another study."""

    value: str
    name: str
    themes: int


@dataclass(frozen=True, slots=True)
class CodebookPage:
    """The study's codebook, what people say of it, and what else could be taken."""

    head: Head
    name: str
    codes: tuple[CodeRow, ...]
    offers: tuple[Offer, ...]
    studies: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`take` is the name of a bundled codebook, `study:` with an id, or empty for none;
    `own` the text of a file."""

    take: str = ""
    own: str = ""
    file: str = "codebook"


def codebook_page(store: StoreDep, head: HeadDep, analysis: AnalysisDep) -> CodebookPage:
    """The codebook of a study."""
    book = theming.get_codebook(store, head.id)
    spoken = {t.made_by: t for t in analysis.themes} if analysis else {}
    rows = []
    for code in book.codes if book else ():
        theme = spoken.get(f"code:{code.id}")
        address = f"/studies/{head.id}/themes/{theme.id}" if theme else ""
        rows.append(CodeRow(code, theme.people if theme else 0, address))
    others = (s for s in studies.list_studies(store) if s.id != head.id)
    return CodebookPage(
        head=head,
        name=book.name if book else "",
        codes=tuple(sorted(rows, key=lambda r: (-r.people, r.code.kind))),
        offers=tuple(
            Offer(name, book.name, len(book.codes))
            for name, book in ((n, codebooks.bundled(n)) for n in codebooks.BUNDLED)
        ),
        studies=tuple(Offer(f"study:{s.id}", s.name, 0) for s in others),
    )


CodebookDep = Annotated[CodebookPage, Depends(codebook_page)]


@router.get("/studies/{study_id}/codebook", include_in_schema=False)
def show_codebook(page: CodebookDep, show: ShowDep) -> Response:
    """The page of the codebook."""
    return show("themes/codebook.html", page)


@router.get("/api/studies/{study_id}/codebook", tags=["results"])
def get_codebook(page: CodebookDep) -> CodebookPage:
    """The themes that are matched first, and how many people speak of each."""
    return page


@router.post("/studies/{study_id}/codebook", include_in_schema=False)
def take_from_form(
    store: StoreDep,
    head: HeadDep,
    take: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Take a codebook, from the next run on; nothing chosen takes it away."""
    content = file.file.read(MOST_BYTES + 1) if file and file.filename else b""
    name = file.filename if file and file.filename else ""
    theming.set_codebook(store, head.id, _chosen(store, take, content, name))
    return RedirectResponse(f"/studies/{head.id}/codebook", 303)


@router.post("/api/studies/{study_id}/codebook", tags=["decisions"], status_code=204)
def take(store: StoreDep, study_id: str, new: Wanted) -> None:
    """Take a codebook, from the next run on; nothing given takes it away."""
    theming.set_codebook(store, study_id, _chosen(store, new.take, new.own.encode(), new.file))


def _chosen(store: StoreDep, take: str, content: bytes, name: str) -> Codebook | None:
    if len(content) > MOST_BYTES:
        raise BadCodebook(f"{name}: larger than {MOST_BYTES // 1_000_000} MB; leave some out")
    if content:
        return codebooks.parse_codebook(content, name)
    kind, _, study = take.partition(":")
    if kind == "study":
        return theming.codebook_of_study(store, study)
    if not take:
        return None
    if take not in codebooks.BUNDLED:
        raise BadCodebook(f"There is no codebook {take!r}; take one of the list, or a file.")
    return codebooks.bundled(take)
