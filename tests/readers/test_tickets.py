"""Tickets and conversations of a help desk: only the customers' own public words."""

import json

import pytest

from research.errors import BadUpload, EmptyFile, UnknownFormat
from research.model import Passage, Reading, Upload
from research.preparation import prepare
from research.readers import read_upload
from research.readers.messages import own_words, plain_text

TICKET = {
    "url": "https://example.zendesk.com/api/v2/tickets/35.json",
    "id": 35,
    "subject": "Bezorging",
    "description": "De bezorgdatum veranderde drie keer.",
    "status": "solved",
    "requester_id": 7001,
    "submitter_id": 7001,
    "satisfaction_rating": {"score": "bad", "comment": "Niemand belde terug."},
    "created_at": "2026-01-15T09:00:00Z",
    "updated_at": "2026-01-20T09:00:00Z",
    "comments": [
        {
            "id": 1,
            "author_id": 7001,
            "plain_body": "De bezorgdatum veranderde drie keer.",
            "public": True,
            "created_at": "2026-01-15T09:00:00Z",
        },
        {"id": 2, "author_id": 9, "body": "Vervelend, we zoeken het uit.", "public": True},
        {"id": 3, "author_id": 9, "body": "Klant al twee keer gebeld.", "public": False},
        {
            "id": 4,
            "author_id": 7001,
            "html_body": "<div>Nog steeds niets.<br>Ik wil mijn geld terug &amp; excuses.</div>"
            "<blockquote>Vervelend, we zoeken het uit.</blockquote>",
            "public": True,
            "created_at": "2026-01-17T09:00:00Z",
        },
        {"id": 5, "author_id": -1, "body": "Ticket gesloten.", "public": True},
        {"id": 6, "body": "Zonder naam.", "public": True},
    ],
}
SECOND = {
    "id": 36,
    "subject": "Retour",
    "description": "Het retourlabel ontbrak.",
    "status": "open",
    "requester_id": 7001,
    "submitter_id": 7001,
}
BY_AGENT = {**SECOND, "id": 37, "submitter_id": 9, "description": "Klant belde over retour."}


def read(*records: object, name: str = "tickets.ndjson") -> Reading:
    """The reading of records, one a line."""
    return read_upload(Upload(name, "\n".join(map(json.dumps, records)).encode()))


def told(passage: Passage) -> tuple[str, str, str, str]:
    """Whose words a passage is, where they stand, when they were written and what they are."""
    return passage.voice, passage.place, passage.date, passage.text


def test_only_the_customers_public_comments_are_read() -> None:
    reading = read(TICKET)
    assert reading.reader == "zendesk"
    assert [told(p) for p in reading.passages] == [
        ("7001", "ticket 35, message 1", "2026-01-15", "De bezorgdatum veranderde drie keer."),
        (
            "7001",
            "ticket 35, message 4",
            "2026-01-17",
            "Nog steeds niets.\nIk wil mijn geld terug & excuses.",
        ),
        ("7001", "ticket 35, rating", "2026-01-20", "Niemand belde terug."),
    ]
    assert {p.channel for p in reading.passages} == {"ticket"}
    assert {p.question for p in reading.passages} == {"Bezorging"}
    assert {p.attributes for p in reading.passages} == {(("satisfaction", "bad"),)}


def test_what_others_wrote_is_set_aside_with_the_reason() -> None:
    assert [(s.place, s.text, s.reason) for s in read(TICKET).set_aside] == [
        ("ticket 35, message 2", "Vervelend, we zoeken het uit.", "an agent's reply"),
        ("ticket 35, message 3", "Klant al twee keer gebeld.", "an internal note"),
        (
            "ticket 35, message 4",
            "> Vervelend, we zoeken het uit.",
            "quoted from an earlier message",
        ),
        ("ticket 35, message 5", "Ticket gesloten.", "written by a bot or the system"),
        ("ticket 35, message 6", "Zonder naam.", "it does not say who wrote it"),
    ]


def test_without_comments_the_description_is_the_customers_unless_an_agent_sent_it_in() -> None:
    reading = read(SECOND, BY_AGENT)
    assert [p.text for p in reading.passages] == ["Het retourlabel ontbrak."]
    assert [s.reason for s in reading.set_aside] == ["an agent's reply"]


def test_an_author_with_a_role_is_a_customer_or_not_by_that_role() -> None:
    copied = {"author": {"id": 8, "role": "end-user"}, "body": "Ik had dit ook.", "public": True}
    staff = {"author": {"id": 7001, "role": "agent"}, "body": "Gesloten.", "public": True}
    reading = read({**SECOND, "comments": [copied, staff]})
    assert [(p.voice, p.text) for p in reading.passages] == [("8", "Ik had dit ook.")]


@pytest.mark.parametrize("shape", ["array", "tickets", "ticket", "lines"])
def test_tickets_are_read_in_every_shape_of_json(shape: str) -> None:
    contents = {
        "array": json.dumps([TICKET, SECOND]),
        "tickets": json.dumps({"tickets": [TICKET, SECOND], "next_page": None}),
        "ticket": "\n".join(json.dumps({"ticket": t}) for t in (TICKET, SECOND)),
        "lines": f"{json.dumps(TICKET)}\n{{broken\n{json.dumps(SECOND)}\n",
    }
    reading = read_upload(Upload("tickets.json", contents[shape].encode()))
    assert len(reading.passages) == 4
    assert len(reading.notes) == (shape == "lines")


def test_one_customer_with_several_tickets_is_one_participant() -> None:
    other = {**SECOND, "id": 38, "requester_id": 7002, "submitter_id": 7002}
    january, february = read(TICKET, other), read(SECOND, name="februari.ndjson")
    material = prepare([january, february])
    assert [(p.label, p.channel) for p in material.participants] == [
        ("Customer 1", "ticket"),
        ("Customer 2", "ticket"),
    ]
    assert len(material.participants[0].sources) == 2


def test_tickets_without_a_customer_are_not_one_person() -> None:
    nobody = {"subject": "Traag", "status": "open", "satisfaction_rating": {"score": "good"}}
    first = {**nobody, "id": 1, "description": "Het inloggen duurt heel lang."}
    again = {**nobody, "id": 1, "description": "De kassa werkt niet op mijn telefoon."}
    material = prepare([read(first), read(again, name="ander.ndjson")])
    assert len(material.participants) == 2


def test_names_in_a_subject_are_taken_out() -> None:
    ticket = {**SECOND, "subject": "Bestelling, bel 06-12345678 of mail jan@example.org"}
    material = prepare([read(ticket)])
    assert "example.org" not in repr(material.statements)
    assert "12345678" not in repr(material.statements)


CONVERSATION = {
    "type": "conversation",
    "id": "11",
    "title": None,
    "created_at": 1750000000,
    "updated_at": 1750200000,
    "source": {
        "subject": "<p>Inloggen</p>",
        "body": "<p>Ik kan niet inloggen &amp; geef het op</p><p>Al drie dagen.</p>",
        "author": {"type": "lead", "id": "c1", "name": "Marieke Jansen"},
    },
    "conversation_rating": {"rating": 2, "remark": "Het duurde te lang.", "contact": {"id": "c1"}},
    "conversation_parts": {
        "conversation_parts": [
            {"part_type": "assignment", "body": None, "author": {"type": "bot", "id": "b"}},
            {"part_type": "comment", "body": "<p>Momentje</p>", "author": {"type": "bot"}},
            {"part_type": "note", "body": "<p>Lastig</p>", "author": {"type": "admin"}},
            {"part_type": "comment", "body": "<p>Reset</p>", "author": {"type": "admin"}},
            {
                "part_type": "open",
                "body": "<p>De reset-mail komt niet aan.</p><p>-- </p><p>Marieke</p>",
                "created_at": 1750100000,
                "author": {"type": "user", "id": "c1"},
            },
        ]
    },
}


def test_only_the_customers_words_of_a_conversation_are_read() -> None:
    reading = read(CONVERSATION, name="export.json")
    assert reading.reader == "intercom"
    assert [(*told(p), p.rating) for p in reading.passages] == [
        (
            "c1",
            "conversation 11, message 1",
            "2025-06-15",
            "Ik kan niet inloggen & geef het op\nAl drie dagen.",
            None,
        ),
        (
            "c1",
            "conversation 11, message 6",
            "2025-06-16",
            "De reset-mail komt niet aan.",
            None,
        ),
        ("c1", "conversation 11, rating", "2025-06-17", "Het duurde te lang.", 2.0),
    ]
    assert {p.question for p in reading.passages} == {"Inloggen"}
    assert [(s.text, s.reason) for s in reading.set_aside] == [
        ("Momentje", "written by a bot or the system"),
        ("Lastig", "an internal note"),
        ("Reset", "an agent's reply"),
        ("--\nMarieke", "a signature"),
    ]


@pytest.mark.parametrize("held", ["conversations", "data"])
def test_a_list_of_conversations_is_read(held: str) -> None:
    listed = {"type": "conversation.list", held: [CONVERSATION, {**CONVERSATION, "id": "12"}]}
    reading = read(listed, name="export.json")
    assert len(reading.passages) == 6
    assert {p.voice for p in reading.passages} == {"c1"}


def test_a_conversation_of_agents_alone_is_empty() -> None:
    source = {"body": "<p>Nieuw!</p>", "author": {"type": "admin", "id": "a"}}
    with pytest.raises(EmptyFile, match="nobody says anything"):
        read({"id": "1", "source": source, "conversation_parts": []}, name="export.json")


@pytest.mark.parametrize(
    "content",
    [
        '{"requester_id": 1, "subject": 2, "status": 3, "description"',
        '[{"requester_id": 1, "status": 3}, "subject", "description"]',
        '{"conversation_parts": 3}',
        '["conversation_parts"]',
        '{"conversation_parts": {"conversation_parts": [1, null, {"author": [], "body": {}}]}}',
        '{"subject": [], "description": {}, "status": 1, "requester_id": {"a": 1}}',
        "[" * 100_000 + '"conversation_parts"',
    ],
)
def test_json_of_another_shape_is_refused_without_a_crash(content: str) -> None:
    with pytest.raises(BadUpload) as refused:
        read_upload(Upload("export.json", content.encode()))
    assert len(refused.value.reason) > 20


def test_a_file_without_tickets_says_so() -> None:
    content = b'[{"requester_id": 1, "status": 3, "x": {"subject": 1, "description": 2}}]'
    with pytest.raises(UnknownFormat, match="no tickets are found"):
        read_upload(Upload("export.json", content))


@pytest.mark.parametrize(
    ("message", "own", "reasons"),
    [
        ("Het werkt.\n\nMet groet,\nJan", "Het werkt.\nMet groet,\nJan", []),
        ("Dank!\n-- \nJan\n06-1", "Dank!", ["a signature"]),
        ("Dank!\nVerstuurd vanaf mijn iPhone", "Dank!", ["a signature"]),
        (
            "Nee.\nOn Mon, 3 Mar 2026 at 10:00, Help <a@b.nl> wrote:\nWerkt het?",
            "Nee.",
            ["quoted from an earlier message"],
        ),
        (
            "Op ma 3 mrt 2026 om 10:00 schreef Help\n<a@b.nl>:\n> Werkt het?\nNee, niet.",
            "Nee, niet.",
            ["quoted from an earlier message"],
        ),
        (
            "Nee.\n\nVan: Help <a@b.nl>\nVerzonden: maandag\nAan: Jan\nWerkt het?",
            "Nee.",
            ["quoted from an earlier message"],
        ),
        (
            "Nee.\n-----Original Message-----\nWerkt het?",
            "Nee.",
            ["quoted from an earlier message"],
        ),
        ("Van: de winkel hoorde ik niets.", "Van: de winkel hoorde ik niets.", []),
        ("On Monday I wrote: nothing came.", "On Monday I wrote: nothing came.", []),
    ],
)
def test_quotes_and_signatures_are_cut(message: str, own: str, reasons: list[str]) -> None:
    found, cut = own_words(message)
    assert found == own
    assert [reason for _, reason in cut] == reasons


def test_html_becomes_lines_without_tags_scripts_and_entities() -> None:
    html = "<style>p{}</style><p>Een&nbsp;<b>twee</b></p><ul><li>drie<li>vier</ul>&lt;vijf<script>x"
    assert plain_text(html).split("\n") == ["Een twee", "drie", "vier", "<vijf"]
