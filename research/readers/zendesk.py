"""Zendesk tickets as JSON Lines or JSON: what the customer wrote in public."""

from collections.abc import Iterator

from research.errors import UnknownFormat
from research.model import Attributes, Reading, Upload
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
from research.readers.records import is_json, json_records

_MARKS = (b'"requester_id"', b'"submitter_id"', b'"satisfaction_rating"', b'"requester"')
_EXAMPLE = (
    '{"id": 1, "subject": "Bezorging", "description": "De bezorgdatum veranderde drie keer.", '
    '"requester_id": 7, "submitter_id": 7, "status": "open", "created_at": "2026-01-15"}\n'
)
Fields = dict[str, object]


class Zendesk:
    """Reads tickets, with their comments where the export has them."""

    name = "zendesk"
    example = Upload("tickets.ndjson", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is JSON with a ticket's description and who asked."""
        content = upload.content
        if not is_json(upload) or b'"description_text"' in content:
            return False
        described = b'"description"' in content or b'"comments"' in content
        ticket = b'"status"' in content and b'"subject"' in content and described
        return ticket and any(mark in content for mark in _MARKS)

    def read(self, upload: Upload) -> Reading:
        """Each public message of a customer; a customer is one voice in all tickets."""
        records, notes = json_records(upload, ("tickets", "results"))
        tickets = [t for r in records if _is_ticket(t := fields_of(r.get("ticket")) or r)]
        if not tickets:
            raise UnknownFormat(upload.name, "no tickets are found in it; export them again")
        messages = (m for n, ticket in enumerate(tickets, 1) for m in _messages(ticket, n))
        return to_reading(upload, self.name, messages, notes)


def _is_ticket(record: Fields) -> bool:
    return "subject" in record and ("description" in record or "comments" in record)


def _messages(ticket: Fields, number: int) -> Iterator[Message]:
    """The messages of a ticket in order, and what was said with a rating."""
    place = f"ticket {text_of(ticket.get('id')) or number}"
    customer = _customer(ticket)
    told = _satisfaction(ticket)
    subject = text_of(ticket.get("subject")) or text_of(ticket.get("raw_subject"))
    comments = list_of(ticket.get("comments"))
    for n, comment in enumerate(comments or [_first(ticket, customer)], 1):
        author = text_of(comment.get("author_id")) or _id(comment.get("author"))
        yield Message(
            voice=author or customer or place,
            text=_body(comment),
            place=f"{place}, message {n}",
            subject=subject,
            when=text_of(comment.get("created_at")) or text_of(ticket.get("created_at")),
            reason=_reason(comment, author, customer),
            attributes=told,
        )
    remark = text_of(fields_of(ticket.get("satisfaction_rating")).get("comment"))
    if remark:
        when = text_of(ticket.get("updated_at")) or text_of(ticket.get("created_at"))
        yield Message(customer or place, remark, f"{place}, rating", subject, when, attributes=told)


def _first(ticket: Fields, customer: str) -> Fields:
    """The description as the first comment: by who sent it in, the customer if nobody says."""
    sender = text_of(ticket.get("submitter_id")) or _id(ticket.get("submitter")) or customer
    return {"author_id": sender, "body": ticket.get("description"), "described": True}


def _customer(ticket: Fields) -> str:
    return text_of(ticket.get("requester_id")) or _id(ticket.get("requester"))


def _id(person: object) -> str:
    return text_of(fields_of(person).get("id"))


def _body(comment: Fields) -> str:
    plain = text_of(comment.get("plain_body")) or text_of(comment.get("body"))
    return plain or plain_text(text_of(comment.get("html_body")))


def _reason(comment: Fields, author: str, customer: str) -> str:
    """Why a comment is not a customer's public words; empty when it is."""
    role = text_of(fields_of(comment.get("author")).get("role")).lower()
    if comment.get("public") is False:
        return INTERNAL
    if author.startswith("-"):
        return AUTOMATIC
    if role:
        return "" if role in {"end-user", "end_user"} else AGENT
    if not author and not comment.get("described"):
        return NOBODY
    return "" if author == customer else AGENT


def _satisfaction(ticket: Fields) -> Attributes:
    """Whether the customer called the help good or bad."""
    score = text_of(fields_of(ticket.get("satisfaction_rating")).get("score")).lower()
    found = next((s for s in ("good", "bad") if score.startswith(s)), "")
    return (("satisfaction", found),) if found else ()
