"""Intercom conversations as JSON or JSON Lines: what the customer wrote."""

from collections.abc import Iterator

from research.errors import UnknownFormat
from research.model import Reading, Upload
from research.readers.messages import (
    AGENT,
    AUTOMATIC,
    INTERNAL,
    NOBODY,
    Message,
    fields_of,
    list_of,
    plain_text,
    text_of,
    to_reading,
)
from research.readers.ratings import rating
from research.readers.records import is_json, json_records

CUSTOMERS = frozenset({"user", "lead", "contact"})
_STAFF = {"admin": AGENT, "teammate": AGENT, "team": AGENT, "bot": AUTOMATIC}
_MARKS = (b'"conversation_parts"', b'"conversation.list"', b'"conversation_message"')
_EXAMPLE = (
    '{"type": "conversation", "id": "1", "created_at": 1750000000, "source": {"body": '
    '"<p>De bezorgdatum veranderde drie keer.</p>", "author": {"type": "user", "id": "c7"}}, '
    '"conversation_parts": {"conversation_parts": []}}\n'
)
Fields = dict[str, object]


class Intercom:
    """Reads conversations, one or many, with their parts."""

    name = "intercom"
    example = Upload("conversations.json", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is JSON with the parts of a conversation."""
        return is_json(upload) and any(mark in upload.content for mark in _MARKS)

    def read(self, upload: Upload) -> Reading:
        """Each message of a customer; a customer is one voice in all conversations."""
        records, notes = json_records(upload, ("conversations", "data", "results"))
        talks = [r for r in records if "source" in r or "conversation_parts" in r]
        if not talks:
            raise UnknownFormat(upload.name, "no conversations are found in it; export them again")
        messages = (m for n, talk in enumerate(talks, 1) for m in _messages(talk, n))
        return to_reading(upload, self.name, messages, notes)


def _messages(talk: Fields, number: int) -> Iterator[Message]:
    """The opening message, the parts with words, and what was said with a rating."""
    place = f"conversation {text_of(talk.get('id')) or number}"
    source = fields_of(talk.get("source") or talk.get("conversation_message"))
    score = fields_of(talk.get("conversation_rating"))
    told = (("conversation rating", given),) if (given := text_of(score.get("rating"))) else ()
    subject = plain_text(text_of(source.get("subject"))) or text_of(talk.get("title"))
    parts = talk.get("conversation_parts")
    listed = list_of(parts) or list_of(fields_of(parts).get("conversation_parts"))
    for n, part in enumerate([source, *listed], 1):
        text = plain_text(text_of(part.get("body")))
        if text:
            when = text_of(part.get("created_at")) or text_of(talk.get("created_at"))
            yield Message(
                voice=_who(part) or place,
                text=text,
                place=f"{place}, message {n}",
                subject=subject,
                when=when,
                reason=_reason(part),
                attributes=told,
            )
    if remark := plain_text(text_of(score.get("remark"))):
        yield Message(
            voice=_id(score.get("contact")) or _customer(talk, source) or place,
            text=remark,
            place=f"{place}, rating",
            subject=subject,
            when=text_of(score.get("created_at")) or text_of(talk.get("updated_at")),
            rating=rating(given),
            attributes=told,
        )


def _who(part: Fields) -> str:
    return _id(part.get("author"))


def _id(person: object) -> str:
    return text_of(fields_of(person).get("id"))


def _customer(talk: Fields, source: Fields) -> str:
    """Whose conversation it is: the one contact, else who opened it."""
    contacts = talk.get("contacts")
    listed = list_of(contacts) or list_of(fields_of(contacts).get("contacts"))
    opener = "" if _reason(source) else _who(source)
    return opener or (_id(listed[0]) if len(listed) == 1 else "")


def _reason(part: Fields) -> str:
    """Why a part is not a customer's words; empty when it is."""
    kind = text_of(fields_of(part.get("author")).get("type")).lower()
    if text_of(part.get("part_type")) in {"note", "note_and_reopen"}:
        return INTERNAL
    return "" if kind in CUSTOMERS else _STAFF.get(kind, NOBODY)
