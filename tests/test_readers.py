"""What holds for every reader, and what each fixture of a real tool's format yields."""

from pathlib import Path
from typing import NamedTuple

import pytest

from research.contracts import Reader
from research.errors import BadUpload
from research.model import Upload
from research.readers import READERS, read_upload
from research.readers.files import source_id

FIXTURES = Path(__file__).parent / "fixtures" / "in"


class Expected(NamedTuple):
    """What a fixture holds, counted by eye."""

    reader: str
    passages: int
    voices: int
    aside: int


READ = {
    "amazon_mcauley_2023.jsonl": Expected("reviews", 1, 1, 0),
    "appstore_rss_page1.json": Expected("reviews", 1, 1, 0),
    "appstoreconnect_reviews.json": Expected("reviews", 1, 1, 0),
    "assemblyai.json": Expected("assemblyai", 2, 2, 0),
    "deepgram.json": Expected("deepgram", 1, 1, 0),
    "elan.eaf": Expected("elan", 1, 1, 0),
    "formbricks.csv": Expected("survey", 1, 1, 0),
    "google_business_reviews.json": Expected("reviews", 1, 1, 0),
    "google_forms.csv": Expected("survey", 1, 1, 0),
    "google_meet_gemini.txt": Expected("transcript-text", 2, 2, 5),
    "intercom_conversation.json": Expected("intercom", 2, 1, 1),
    "judgeme_export.csv": Expected("reviews", 1, 1, 0),
    "kobo.csv": Expected("survey", 1, 1, 0),
    "limesurvey.csv": Expected("survey", 1, 1, 0),
    "loox_export.csv": Expected("reviews", 1, 1, 0),
    "otranscribe.otr": Expected("otranscribe", 1, 1, 0),
    "otter.txt": Expected("transcript-text", 3, 3, 1),
    "qualtrics.csv": Expected("survey", 1, 1, 0),
    "rev.json": Expected("rev", 1, 1, 0),
    "reviews_com.example.app_202601.csv": Expected("reviews", 1, 1, 1),
    "shopify_product_reviews.csv": Expected("reviews", 1, 1, 0),
    "surveymonkey.csv": Expected("survey", 1, 1, 0),
    "talkbank.cha": Expected("chat", 2, 2, 2),
    "teams_docx_as_text.txt": Expected("transcript-text", 2, 2, 5),
    "teams_download.vtt": Expected("webvtt", 2, 2, 0),
    "teams_graph_api.vtt": Expected("webvtt", 2, 2, 0),
    "trustpilot.csv": Expected("reviews", 1, 1, 0),
    "typeform.csv": Expected("survey", 2, 2, 0),
    "whisper.json": Expected("whisper", 1, 1, 0),
    "whisper.tsv": Expected("transcript-table", 1, 1, 0),
    "whisperx.json": Expected("whisper", 2, 2, 0),
    "whisperx.txt": Expected("transcript-text", 2, 2, 0),
    "yelp_academic_dataset_review.json": Expected("reviews", 1, 1, 0),
    "yotpo_export.csv": Expected("reviews", 1, 1, 0),
    "zendesk_tickets.ndjson": Expected("zendesk", 1, 1, 0),
    "zoom_chat_cloud.txt": Expected("zoom-chat", 1, 1, 1),
    "zoom_cloud.transcript.vtt": Expected("webvtt", 2, 2, 0),
    "zoom_meeting_saved_closed_caption.txt": Expected("transcript-text", 2, 2, 0),
}
REFUSED = frozenset(
    {
        "ga4_report.csv",  # numbers of a web shop, no words
        "gitlab_issues.csv",
        "jira_issues.csv",
        "linear_issues.csv",
        "msforms.csv",  # this one holds closed answers only
    }
)


def fixture(name: str) -> Upload:
    """A fixture file as an upload."""
    return Upload(name, (FIXTURES / name).read_bytes())


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
class TestEveryReader:
    """The contract of a reader, kept on its own example."""

    def test_recognises_its_own_example_before_the_others(self, reader: Reader) -> None:
        first = next(r for r in READERS if r.recognises(reader.example))
        assert first.name == reader.name

    def test_finds_something_in_its_example(self, reader: Reader) -> None:
        reading = reader.read(reader.example)
        assert reading.passages or reading.participants

    def test_numbers_its_passages_from_zero(self, reader: Reader) -> None:
        passages = reader.read(reader.example).passages
        assert [p.index for p in passages] == list(range(len(passages)))

    def test_gives_every_passage_words_a_voice_and_a_place(self, reader: Reader) -> None:
        for passage in reader.read(reader.example).passages:
            assert passage.text.strip() and passage.voice and passage.place

    def test_names_the_source_by_its_bytes(self, reader: Reader) -> None:
        example = reader.example
        reading = reader.read(example)
        assert reading.source == source_id(example.content)
        assert (reading.name, reading.reader) == (example.name, reader.name)

    def test_reads_the_same_twice(self, reader: Reader) -> None:
        example = reader.example
        assert reader.read(example) == reader.read(example)

    def test_leaves_an_image_alone(self, reader: Reader) -> None:
        assert not reader.recognises(Upload("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64))

    def test_refuses_any_cut_of_its_example_with_a_reason_or_reads_it(self, reader: Reader) -> None:
        example = reader.example
        step = max(1, len(example.content) // 40)
        for end in range(0, len(example.content), step):
            try:
                reader.read(Upload(example.name, example.content[:end]))
            except BadUpload as refused:
                assert refused.name == example.name and refused.reason


def test_reader_names_are_unique() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("name", sorted(READ))
def test_fixture_yields_what_was_counted_by_eye(name: str) -> None:
    reading = read_upload(fixture(name))
    voices = {passage.voice for passage in reading.passages}
    found = Expected(reading.reader, len(reading.passages), len(voices), len(reading.set_aside))
    assert found == READ[name]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_fixture_of_a_format_that_is_not_read_is_refused_with_the_way_out(name: str) -> None:
    with pytest.raises(BadUpload) as refused:
        read_upload(fixture(name))
    assert refused.value.name == name
    assert len(refused.value.reason) > 20


def test_every_fixture_is_either_read_or_refused_on_purpose() -> None:
    assert {path.name for path in FIXTURES.iterdir()} == set(READ) | REFUSED


def test_personal_values_never_reach_the_notes() -> None:
    reading = read_upload(fixture("google_forms.csv"))
    assert "Email Address" in " ".join(reading.notes)
    assert "p1@example.org" not in repr(reading)
