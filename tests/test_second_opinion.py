"""A second coder in a run: asked only when allowed, below people, and never in the way."""

import json
from collections.abc import Iterator
from threading import Thread

import pytest

from research import labelling, second_answers, second_opinion, studies
from research.errors import CoderFailed, NotFound
from research.model import Study
from research.second_coder import Reply, Unit
from research.store import Store, open_store
from tests.builders import an_upload
from tests.test_second_coder import Server


@pytest.fixture
def store(home) -> Iterator[Store]:
    made = open_store(home)
    yield made
    made.close()


@pytest.fixture
def study(store: Store) -> Study:
    """A study with one interview that has been analysed."""
    made = studies.create_study(store, "Tweede", language="nl", encoder="hashing")
    studies.add_uploads(store, made.id, [an_upload()])
    studies.analyse_study(store, made.id)
    return made


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def test_setting_up_a_second_coder_sends_nothing(store: Store, study: Study, server: Server):
    second_opinion.set_up(store, study.id, server.url, "m")
    plan = second_opinion.plan(store, study.id)
    studies.analyse_study(store, study.id)
    assert server.asked == []
    assert plan.mode == "off" and plan.cost.statements > 0


def test_an_opinion_stands_beside_the_softwares_labels(store: Store, study: Study, server: Server):
    before = studies.latest_analysis(store, study.id).statements
    second_opinion.set_up(store, study.id, server.url, "m")
    second_opinion.allow(store, study.id, "opinion")
    after = studies.analyse_study(store, study.id).statements
    assert server.asked
    assert [s.kind for s in after] == [s.kind for s in before]
    said = second_opinion.opinions(store, study.id)
    assert said.answered == said.of == len(after)
    assert said.with_software["kind"].statements == len(after)


def test_labels_that_may_count_stand_and_say_who_made_them(
    store: Store, study: Study, server: Server
):
    endpoint = second_opinion.set_up(store, study.id, server.url, "m")
    second_opinion.allow(store, study.id, "labels")
    first = studies.latest_analysis(store, study.id).statements[0].id
    labelling.set_label(store, study.id, first, "kind", "context")
    found = studies.analyse_study(store, study.id).statements
    judged, *others = sorted(found, key=lambda s: s.id != first)
    assert (judged.kind, judged.made_by) == ("context", "person")
    assert {(s.kind, s.made_by) for s in others} == {("praise", endpoint.maker)}


def test_a_second_coder_that_fails_does_not_stop_the_run(
    store: Store, study: Study, server: Server
):
    second_opinion.set_up(store, study.id, server.url, "m")
    second_opinion.allow(store, study.id, "labels")
    server.script = ["401"]
    found = studies.analyse_study(store, study.id)
    run = studies.list_runs(store, study.id)[0]
    assert run.status == "done" and "127.0.0.1 answered 401" in run.message
    assert {s.made_by for s in found.statements} == {found.made_by.tagger}


def test_what_is_sent_is_redacted(store: Store, server: Server):
    made = studies.create_study(store, "Namen", language="nl", encoder="hashing")
    text = (
        "Interviewer: Hoe ging het?\nDeelnemer 1: Mail me op jan.jansen@voorbeeld.nl als het kan.\n"
    )
    studies.add_uploads(store, made.id, [an_upload("mail.txt", text)])
    studies.analyse_study(store, made.id)
    second_opinion.set_up(store, made.id, server.url, "m")
    second_opinion.allow(store, made.id, "opinion")
    studies.analyse_study(store, made.id)
    sent = json.dumps(server.asked, ensure_ascii=False)
    assert "voorbeeld.nl" not in sent and "[E-MAIL 1]" in sent


def test_an_interrupted_asking_goes_on_where_it_was(store: Store, study: Study):
    second_opinion.set_up(store, study.id, "http://localhost:1/v1", "m")
    statements = studies.latest_analysis(store, study.id).statements
    asked: list[str] = []

    def fails(units: list[Unit]) -> Reply:
        raise CoderFailed("gone")

    def answers(units: list[Unit]) -> Reply:
        asked.extend(u.text for u in units)
        rows = [
            {"n": n, "kind": "pain", "stage": "service", "valence": -1}
            for n in range(1, len(units) + 1)
        ]
        return Reply(json.dumps({"labels": rows}), 0, 0)

    with pytest.raises(CoderFailed):
        second_answers.ask_all(store, study.id, statements, ask=fails)
    count = second_answers.ask_all(store, study.id, statements, ask=answers)
    again = second_answers.ask_all(store, study.id, statements, ask=fails)
    assert count == again == len(statements)
    assert sorted(asked) == sorted({s.text for s in statements})


def test_a_study_without_a_second_coder_says_so(store: Store, study: Study):
    with pytest.raises(NotFound):
        second_opinion.plan(store, study.id)
    second_opinion.set_up(store, study.id, "http://localhost:1/v1", "m")
    second_opinion.take_away(store, study.id)
    with pytest.raises(NotFound):
        second_opinion.allow(store, study.id, "labels")


def test_what_a_second_coder_said_goes_with_the_study(store: Store, study: Study):
    second_opinion.set_up(store, study.id, "http://localhost:1/v1", "m")
    studies.delete_study(store, study.id)
    with pytest.raises(NotFound):
        second_opinion.plan(store, study.id)
