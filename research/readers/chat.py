"""CHAT, the transcripts of TalkBank and CLAN (`.cha`): main lines, without their codes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from research.errors import BrokenFile
from research.model import Attributes, Reading, SetAside, Upload
from research.readers.chat_codes import Removed, without_codes
from research.readers.files import extension
from research.readers.labels import is_known_label
from research.readers.spoken import reading_of
from research.readers.text import decode, looks_like_text
from research.readers.times import clock
from research.readers.turns import Turn

_START = re.compile(rb"^(?:\xef\xbb\xbf)?@(?:UTF8|Begin|Font:|PID:|Window:)", re.IGNORECASE)
_MAIN = re.compile(r"^\*([^:\s]{1,30}):\s*(.*)$", re.DOTALL)
_HEADER = re.compile(r"^@([\w ]{1,40}):?\s*(.*)$", re.DOTALL)
_DEPENDENT = re.compile(r"^%(\w{1,20}):\s*(.*)$", re.DOTALL)
_FRAME = frozenset({"UTF8", "Begin", "End", "Eg", "Bg", "New Episode"})
_REMARKS = frozenset({"com", "exp", "sit", "act", "gpx", "add", "par", "int"})
_FACTS = ((3, "age"), (4, "sex"), (5, "group"), (8, "education"))
_EXAMPLE = (
    "@UTF8\n@Begin\n@Languages:\tnld\n@Participants:\tINT Interviewer, P07 Participant\n"
    "@ID:\tnld|corpus|INT|||||Interviewer|||\n@ID:\tnld|corpus|P07|34;06.|female|||Participant|||\n"
    "*INT:\thoe ging het bestellen ? \x15250_1500\x15\n"
    "*P07:\t<de datum> [//] de bezorgdatum &-eh veranderde xxx (.)\n\tdrie keer &=zucht .\n"
    "%com:\tzucht\n@End\n"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what is carried on below it, and its number."""

    number: int
    text: str


class Chat:
    """Reads `.cha` files."""

    name = "chat"
    example = Upload("voorbeeld.cha", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is text named `.cha`, or begins with CHAT's own header."""
        if extension(upload.name) == ".cha":
            return looks_like_text(upload.content)
        return bool(_START.match(upload.content)) and b"@Begin" in upload.content[:2000]

    def read(self, upload: Upload) -> Reading:
        """What is said on every main line; the other lines are set aside or named."""
        text = decode(upload)
        lines = list(_whole(text.text.split("\n")))
        if not any(_MAIN.match(line.text) for line in lines):
            raise BrokenFile(
                upload.name,
                "no lines of speech, such as `*P01:`, are in it; check it with CLAN and save it",
            )
        voices, facts = _people(lines)
        removed = Removed()
        turns, quiet = _turns(lines, voices, removed)
        notes = (*text.notes, *removed.notes, *_dependent_notes(lines))
        reading = reading_of(upload, self.name, turns, notes, (*_aside(lines), *quiet))
        passages = (replace(p, attributes=facts.get(p.voice, ())) for p in reading.passages)
        return replace(reading, passages=tuple(passages))


def _whole(lines: Sequence[str]) -> Iterator[_Line]:
    """Lines with those that carry them on, which begin with a tab or a blank."""
    number, held = 0, [""]
    for n, line in enumerate(lines, start=1):
        if line[:1] in ("\t", " ") and number:
            held.append(line.strip())
            continue
        if held != [""]:
            yield _Line(number, " ".join(held))
        number, held = n, [line.rstrip()]
    if held != [""]:
        yield _Line(number, " ".join(held))


def _people(lines: Sequence[_Line]) -> tuple[Mapping[str, str], Mapping[str, Attributes]]:
    """The voice of every code, and what the header tells of a voice."""
    voices: dict[str, str] = {}
    facts: dict[str, Attributes] = {}
    for line in lines:
        header = _HEADER.match(line.text)
        if header and header.group(1) == "Participants":
            for entry in header.group(2).split(","):
                code, *rest = entry.split()[:3] or [""]
                voices[code] = _voice(code, rest)
        elif header and header.group(1) == "ID":
            fields = [field.strip() for field in header.group(2).split("|")]
            code = fields[2] if len(fields) > 2 else ""
            if told := _facts(fields):
                facts[voices.get(code, code)] = told
    return voices, facts


def _voice(code: str, name_and_role: Sequence[str]) -> str:
    """A code as a voice: as it stands when it is a label, else the role with name or code."""
    if is_known_label(code) or not name_and_role:
        return code
    role = name_and_role[-1].replace("_", " ")
    name = name_and_role[0].replace("_", " ") if len(name_and_role) > 1 else code
    return f"{role} ({name})"


def _facts(fields: Sequence[str]) -> Attributes:
    """What the header tells of a person: age in years, sex, group, education."""
    told = ((name, fields[at]) for at, name in _FACTS if at < len(fields))
    return tuple((name, value.partition(";")[0]) for name, value in told if value)


def _turns(
    lines: Sequence[_Line], voices: Mapping[str, str], removed: Removed
) -> tuple[list[Turn], list[SetAside]]:
    """What is said, and the main lines on which nothing is."""
    turns: list[Turn] = []
    quiet: list[SetAside] = []
    time = ""
    for line in lines:
        main = _MAIN.match(line.text)
        if main is None:
            continue
        said = without_codes(main.group(2), removed)
        time = time if said.start is None else clock(said.start // 1000)
        place = time or f"line {line.number}"
        if said.text:
            turns.append(Turn(voices.get(main.group(1), main.group(1)), said.text, place))
        else:
            quiet.append(SetAside(place, line.text, "not speech"))
    return turns, quiet


def _aside(lines: Sequence[_Line]) -> Iterator[SetAside]:
    """The header, remarks and what belongs to no line, each with the reason."""
    first = next(i for i, line in enumerate(lines) if _MAIN.match(line.text))
    if first:
        told = "\n".join(line.text for line in lines[:first])
        yield SetAside(f"line {lines[0].number}", told, "facts about the file")
    for line in lines[first:]:
        place = f"line {line.number}"
        header = _HEADER.match(line.text)
        dependent = _DEPENDENT.match(line.text)
        if dependent and dependent.group(1) in _REMARKS:
            yield SetAside(place, dependent.group(2), "a remark of the researcher")
        elif header and header.group(1) not in _FRAME:
            remark = header.group(1) == "Comment"
            reason = "a remark of the researcher" if remark else "facts about the file"
            yield SetAside(place, line.text, reason)
        elif line.text.strip() and line.text[0] not in "*%@":
            yield SetAside(place, line.text, "not speech")


def _dependent_notes(lines: Sequence[_Line]) -> tuple[str, ...]:
    """The remark on lines below the main lines that are no remarks."""
    found = (m.group(1) for line in lines if (m := _DEPENDENT.match(line.text)))
    names = sorted({f"%{name}" for name in found if name not in _REMARKS})
    return (f"lines of CHAT below the words not read: {', '.join(names)}",) if names else ()
