"""Serialisation: nothing is lost, equal values give equal bytes."""

import json
from dataclasses import replace
from typing import Literal

import pytest

from research.model import Passage, Reading, Study
from research.serial import (
    analysis_from_bytes,
    analysis_to_bytes,
    from_bytes,
    from_json,
    many_from_bytes,
    to_bytes,
    to_json,
)
from tests.builders import MOMENT, a_passage, a_taxonomy, an_analysis


def test_an_analysis_comes_back_equal():
    analysis = an_analysis()
    assert analysis_from_bytes(analysis_to_bytes(analysis)) == analysis


def test_equal_analyses_have_equal_bytes():
    assert analysis_to_bytes(an_analysis()) == analysis_to_bytes(an_analysis())


def test_bytes_come_back_byte_for_byte():
    content = analysis_to_bytes(an_analysis())
    assert analysis_to_bytes(analysis_from_bytes(content)) == content


def test_keys_are_sorted():
    data = json.loads(analysis_to_bytes(an_analysis()))
    assert list(data) == sorted(data)
    assert list(data["statements"][0]) == sorted(data["statements"][0])


@pytest.mark.parametrize("text", ["é\u0301 € 😀", "<script>", 'a"b\\c\n\t\x00', "\ud800 half", ""])
def test_any_text_survives(text: str):
    passage = a_passage(0, text)
    assert from_bytes(Passage, to_bytes(passage)) == passage


def test_moments_nothing_and_nested_values_survive():
    for taxonomy in (None, a_taxonomy()):
        study = Study("ab", "Naam", "nl", MOMENT, taxonomy)
        assert from_bytes(Study, to_bytes(study)) == study


def test_a_tuple_of_values_comes_back():
    turns = (a_passage(0, "Een."), a_passage(1, "Twee."))
    assert many_from_bytes(Passage, to_bytes(turns)) == turns


def test_a_field_that_older_data_lacks_takes_its_default():
    data = to_json(a_passage(0, "Ja."))
    assert isinstance(data, dict)
    del data["rating"], data["attributes"]
    assert from_json(Passage, data) == a_passage(0, "Ja.")


def test_a_field_that_newer_data_has_is_ignored():
    data = to_json(a_passage(0, "Ja."))
    assert isinstance(data, dict)
    assert from_json(Passage, data | {"new": [1]}) == a_passage(0, "Ja.")


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"index": 1}', b'{"source": 1}', b"null"])
def test_data_of_something_else_is_refused(content: bytes):
    with pytest.raises(ValueError, match="fit"):
        from_bytes(Reading, content)


def test_a_number_that_is_none_is_refused():
    statement = an_analysis().statements[0]
    with pytest.raises(ValueError, match="JSON compliant"):
        to_bytes(replace(statement, kind_score=float("nan")))


@pytest.mark.parametrize("value", [{"a": 1}, {1}, b"bytes", object()])
def test_what_is_not_of_the_model_is_refused(value: object):
    with pytest.raises(TypeError, match="not a value of the model"):
        to_bytes(value)


def test_plain_values_keep_their_kind():
    kind: Literal["participant"] = "participant"
    passage = replace(a_passage(0, "Ja."), role=kind, rating=4.0, attributes=(("a", "b"),))
    back = from_bytes(Passage, to_bytes(passage))
    assert isinstance(back.rating, float)
    assert back.attributes == (("a", "b"),)
