"""The figures of the intake benchmark count what they say."""

from pathlib import Path

import pytest

from benchmarks.intake import reading, redaction, roles
from benchmarks.intake.redaction import Marked, marked, ours, scored
from research.readers.in_parts import read_in_parts


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("split", ["dev", "test"])
def test_marks_stand_where_the_words_are(language: str, split: str) -> None:
    texts = marked(language, split)
    assert len(texts) > 10
    for one in texts:
        assert not set("{|}") & set(one.text)
        for _, start, end in one.values:
            assert one.text[start:end].strip() == one.text[start:end] != ""


def test_no_text_is_in_both_splits() -> None:
    for language in ("nl", "en"):
        assert not {m.text for m in marked(language, "dev")} & {
            m.text for m in marked(language, "test")
        }


def test_what_we_replace_is_found_at_its_place() -> None:
    text = "Mail anna@example.org of bel 06-12345678."
    assert [text[a:b] for a, b in ours(text, "nl")] == ["anna@example.org", "06-12345678"]


def test_half_of_a_value_does_not_count_and_a_find_beside_all_is_wrong() -> None:
    text = Marked("Bel 06 12 nu", (("phone", 4, 9),))
    assert scored([text], "nl", lambda *_: [(4, 6)]).found == {"phone": (0, 1)}
    good = scored([text], "nl", lambda *_: [(4, 6), (7, 9), (10, 12)])
    assert (good.recall(), good.right, good.claimed) == ((1, 1), 2, 3)


def test_the_development_texts_are_scored_in_every_type() -> None:
    lines = redaction.table("dev").split("\n")
    assert lines[0] == "| | nl, ours | en, ours |"
    assert lines[-1].startswith("| **precision** | ")


def test_roles_are_counted_over_every_voice() -> None:
    found = roles.measured("planwerk", bare=True)
    assert found.voices == 16 and 0 < found.right <= 16


def test_the_reviews_that_are_timed_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    reading.write_reviews(path, 100_000)
    rows = path.read_text(encoding="utf-8").count("\n") - 1
    assert sum(len(r.passages) for r in read_in_parts(path)) == rows
