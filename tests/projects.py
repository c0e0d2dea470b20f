"""Small REFI-QDA projects for tests."""

import zipfile
from io import BytesIO

from research.model import Upload

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="P">'
SLOW = "11111111-1111-1111-1111-111111111111"
PRICE = "22222222-2222-2222-2222-222222222222"
CODES = (
    "<CodeBook><Codes>"
    f'<Code guid="{SLOW}" name="Pijnpunt: traag inloggen" isCodable="true">'
    "<Description>Inloggen duurt te lang.</Description></Code>"
    f'<Code guid="{PRICE}" name="Behoefte: vaste prijs" isCodable="true"/>'
    "</Codes></CodeBook>"
)


def coded(start: int, end: int, *codes: str, name: str = "") -> str:
    """A selection with its codings."""
    codings = "".join(
        f'<Coding guid="{start:08}-0000-0000-0000-{n:012}"><CodeRef targetGUID="{code}"/></Coding>'
        for n, code in enumerate(codes)
    )
    return (
        f'<PlainTextSelection guid="{start:08}-0000-0000-0000-000000000000" name="{name}" '
        f'startPosition="{start}" endPosition="{end}">{codings}</PlainTextSelection>'
    )


def text_source(name: str, path: str, inside: str = "") -> str:
    """A source of plain text."""
    return (
        f'<TextSource guid="33333333-3333-3333-3333-333333333333" name="{name}" '
        f'plainTextPath="{path}">{inside}</TextSource>'
    )


def project(
    sources: str,
    files: dict[str, str | bytes],
    name: str = "studie.qdpx",
    codes: str = CODES,
    qde: str = "project.qde",
) -> Upload:
    """A project of these sources and files."""
    content = BytesIO()
    xml = f"{HEAD}{codes}<Sources>{sources}</Sources></Project>" if sources else f"{HEAD}</Project>"
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(qde, xml)
        for path, text in files.items():
            archive.writestr(path, text)
    return Upload(name, content.getvalue())
