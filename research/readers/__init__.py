"""All readers of input formats, and the one function that finds the right one."""

from collections.abc import Iterable

from research.contracts import Reader
from research.errors import EmptyFile, UnknownFormat
from research.model import ColumnsMapping, Reading, Upload
from research.readers.assemblyai import AssemblyAi
from research.readers.chat import Chat
from research.readers.cue_table import CueTable
from research.readers.deepgram import Deepgram
from research.readers.elan import Elan
from research.readers.files import MAX_BYTES, check_size, extension, open_paths, signature
from research.readers.grid import grid_or_error
from research.readers.intercom import Intercom
from research.readers.json_text import json_of
from research.readers.label_track import LabelTrack
from research.readers.odt import OpenText
from research.readers.otranscribe import OTranscribe
from research.readers.own import refuse_own
from research.readers.participants import Participants
from research.readers.pdf import Pdf
from research.readers.rev import Rev
from research.readers.reviews import Reviews
from research.readers.rtf import RichText
from research.readers.srt import Srt
from research.readers.survey import Survey
from research.readers.transcript_text import TranscriptText
from research.readers.web_page import WebPage
from research.readers.webvtt import WebVtt
from research.readers.whisper import Whisper
from research.readers.word import Word
from research.readers.zendesk import Zendesk
from research.readers.zoom_chat import ZoomChat

READERS: tuple[Reader, ...] = (
    WebVtt(),
    Srt(),
    Word(),
    OpenText(),
    RichText(),
    Pdf(),
    WebPage(),
    Whisper(),
    AssemblyAi(),
    Deepgram(),
    Rev(),
    OTranscribe(),
    Elan(),
    Chat(),
    ZoomChat(),
    LabelTrack(),
    TranscriptText(),
    CueTable(),
    Zendesk(),
    Intercom(),
    Reviews(),
    Participants(),
    Survey(),
)
"""In the order in which they are asked; the first that recognises a file reads it."""

READ = (
    "WebVTT and SRT subtitles, JSON of Whisper, AssemblyAI, Deepgram and Rev, oTranscribe "
    "(.otr), ELAN (.eaf), CHAT (.cha), label tracks (.aud), transcripts as text, Markdown, "
    "Word (.docx), OpenDocument (.odt), rich text (.rtf), PDF with text or a web page "
    "(.html), surveys, reviews and participants as CSV, TSV, Excel (.xlsx) or OpenDocument "
    "(.ods), reviews, Zendesk tickets and Intercom conversations as JSON Lines or JSON, "
    "a REFI-QDA project (.qdpx), a zip of these"
)
_INSTEAD = {
    ".xls": "save it as .xlsx or CSV",
    ".numbers": "save it as .xlsx or CSV",
    ".doc": "save it as .docx",
    ".mhtml": "save it as a web page with only HTML",
    ".mht": "save it as a web page with only HTML",
    ".pages": "save it as .docx",
    ".epub": "save the words as .txt",
    **dict.fromkeys(
        (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"), "unpack it and add the files inside"
    ),
}

__all__ = ["MAX_BYTES", "READ", "READERS", "open_paths", "read_upload", "reader_for"]


def read_upload(
    upload: Upload, *, max_bytes: int = MAX_BYTES, columns: Iterable[ColumnsMapping] = ()
) -> Reading:
    """What the first reader that recognises the file finds in it; raises `BadUpload`.

    `columns` are the columns of surveys as people chose them.
    """
    check_size(upload, max_bytes)
    refuse_own(upload)
    try:
        reader = reader_for(upload)
        reading = (Survey(columns) if isinstance(reader, Survey) else reader).read(upload)
    finally:
        grid_or_error.cache_clear()
        json_of.cache_clear()
    if not reading.passages and not reading.participants:
        raise EmptyFile(upload.name, _nothing_in(reading))
    return reading


def reader_for(upload: Upload) -> Reader:
    """The first reader that recognises the file. Raises `UnknownFormat`."""
    for reader in READERS:
        if reader.recognises(upload):
            return reader
    kind = signature(upload.content)
    what = f"it is {kind}" if kind else "its format is not known"
    instead = _INSTEAD.get(extension(upload.name))
    raise UnknownFormat(
        upload.name, f"{what}; {instead}" if instead else f"{what}; these are read: {READ}"
    )


def _nothing_in(reading: Reading) -> str:
    """Why a file is refused that was read and held no words."""
    aside = f" ({len(reading.set_aside)} lines or answers set aside)" if reading.set_aside else ""
    return f"nobody says anything in it{aside}; export it again and check that it holds the words"
