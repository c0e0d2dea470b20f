"""What Klantbeeld wrote itself is refused by what it is, and never counted as a source."""

import json

import pytest

from research.errors import UnknownFormat
from research.exporters import EXPORTERS
from research.model import Upload
from research.readers import read_upload
from tests.builders import an_analysis

FILES = {e.filename: e.export(an_analysis()) for e in EXPORTERS}


def reason(name: str, content: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(UnknownFormat) as refused:
        read_upload(Upload(name, content))
    return refused.value.reason


@pytest.mark.parametrize("name", ["analysis.json", "resultaat.json", "analysis.json.txt"])
def test_an_analysis_is_called_a_result(name: str) -> None:
    assert reason(name, FILES["analysis.json"]) == (
        "it is an analysis that Klantbeeld wrote: a result, not a source; "
        "add the files that it was made of"
    )


def test_an_analysis_that_was_written_anew_is_too() -> None:
    again = json.dumps(json.loads(FILES["analysis.json"]), separators=(",", ":"))
    assert "a result, not a source" in reason("a.json", again.encode())


@pytest.mark.parametrize("name", ["themes.csv", "pain-points.csv"])
def test_a_table_of_results_is_too(name: str) -> None:
    assert reason(name, FILES[name]).startswith("it is a table of results that Klantbeeld wrote")


def test_labels_that_were_taken_along_are_too() -> None:
    row = '{"id": "s-1", "text": "Traag.", "question": "", "form": "review", "rating": 2.0, '
    labels = f'{row}"lang": "nl", "kind": "pain"}}\n'
    assert "labels that were taken along" in reason("labels.jsonl", labels.encode())


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_export_is_read_as_a_source(name: str) -> None:
    assert reason(name, FILES[name])


def test_a_review_that_speaks_of_an_analysis_is_still_a_review() -> None:
    text = 'tekst;sterren\n"Zie ""schema"" op https://klantbeeld.dev/schema/analysis";4\n'
    assert len(read_upload(Upload("reviews.csv", text.encode())).passages) == 1


def test_a_survey_whose_first_column_is_called_row_is_still_a_survey() -> None:
    text = "Row\tWhat could be better?\n1\tThe parcel came far too late for me.\n"
    assert len(read_upload(Upload("answers.tsv", text.encode())).passages) == 1
