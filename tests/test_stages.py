"""Stage taxonomies: the bundled ones, a study's own, and what is wrong with a bad file."""

import json
from pathlib import Path

import pytest

from research.errors import BadStages
from research.model import Analysis
from research.pipeline import analyse
from research.stages import BUILT_IN, BUNDLED, load_taxonomy, parse_taxonomy
from tests.steps.studies import CACHE, encoder, some_talks

SAID = (
    "Ik zag ze voor het eerst op Instagram voorbijkomen, een vriendin had ze genoemd.",
    "Ik heb drie webshops vergeleken en alle reviews gelezen voordat ik koos.",
    "Bij het afrekenen werkte iDEAL niet en moest ik opnieuw betalen, heel vervelend.",
    "De levering kwam twee weken te laat en de klantenservice nam niet op.",
    "Ik zou zo weer bij ze bestellen en ik raad ze iedereen aan.",
)


def analysed(stages: Path | str) -> Analysis:
    """Five people, each about another part of the journey, in a study's own stages."""
    return analyse(
        some_talks(*SAID), taxonomy=load_taxonomy(stages), encoder=encoder(), cache=CACHE
    )


def written(folder: Path, content: object, name: str = "fasen.json") -> Path:
    """A stage file."""
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def tags(found: Analysis) -> list[str]:
    """The first stage of each statement, in order; empty where it cannot be told."""
    return [s.stages[0].stage if s.stages else "" for s in found.statements]


def test_the_default_has_the_five_built_in_stages():
    assert load_taxonomy().ids == BUILT_IN


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_stages_are_told_in_both_languages(name: str):
    taxonomy = load_taxonomy(name)
    assert taxonomy.id == name
    for stage in taxonomy.stages:
        assert stage.name("nl") and stage.name("en")
        assert stage.definition_nl and stage.definition_en
        assert stage.touchpoints and stage.kpis and stage.like


def test_the_bundled_stages_cover_every_built_in_stage():
    for name in BUNDLED:
        assert {like for s in load_taxonomy(name).stages for like in s.like} == set(BUILT_IN)


def test_a_list_of_names_is_a_taxonomy_in_that_order(tmp_path: Path):
    taxonomy = load_taxonomy(written(tmp_path, ["Ontdekken", "Kiezen en kopen", "Gebruiken"]))
    assert taxonomy.id == "fasen"
    assert taxonomy.ids == ("ontdekken", "kiezen-en-kopen", "gebruiken")
    assert taxonomy.stages[1].name("nl") == taxonomy.stages[1].name("en") == "Kiezen en kopen"


def test_a_byte_order_mark_does_not_matter(tmp_path: Path):
    path = tmp_path / "fasen.json"
    path.write_text('["voor", "na"]', encoding="utf-8-sig")
    assert load_taxonomy(path).ids == ("voor", "na")


def test_a_stage_named_as_a_built_in_one_takes_its_signals():
    assert parse_taxonomy('["Awareness", "Elders"]', "x").stages[0].like == ("awareness",)
    assert parse_taxonomy('["Awareness", "Elders"]', "x").stages[1].like == ()


def test_like_may_be_one_word_or_a_list():
    text = '[{"id": "a", "like": "service"}, {"id": "b", "like": ["loyalty", "purchase"]}]'
    assert [s.like for s in parse_taxonomy(text, "x").stages] == [
        ("service",),
        ("loyalty", "purchase"),
    ]


def test_a_name_in_one_language_serves_both():
    stage = parse_taxonomy('[{"name": {"nl": "Na"}, "definition": "Later."}]', "x").stages[0]
    assert (stage.id, stage.name_en, stage.definition_nl) == ("na", "Na", "Later.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{not json", "not JSON"),
        ("", "not JSON"),
        ('"stages"', "give a list of stages"),
        ("[]", "give a list of stages"),
        ("{}", "give a list of stages"),
        ('{"stages": "one"}', "give a list of stages"),
        ("[{}]", "neither an id nor a name"),
        ("[1, 2]", "neither an id nor a name"),
        ('["Kopen", "kopen "]', "same id or name"),
        ('[{"id": "x", "like": ["buying"]}]', "awareness, consideration, purchase"),
        pytest.param("[" * 200_000, "not JSON", id="nested"),
    ],
)
def test_a_bad_stage_file_says_what_is_wrong_and_in_which_file(text: str, says: str):
    with pytest.raises(BadStages, match=r"^mijn-fasen\.json: ") as caught:
        parse_taxonomy(text, "mijn-fasen", "mijn-fasen.json")
    assert says in str(caught.value)


def test_a_stage_file_that_is_not_there_says_so(tmp_path: Path):
    with pytest.raises(BadStages, match=r"^weg\.json: cannot be read"):
        load_taxonomy(tmp_path / "weg.json")


def test_a_stage_file_that_is_no_text_says_so(tmp_path: Path):
    path = tmp_path / "foto.json"
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    with pytest.raises(BadStages, match=r"^foto\.json: cannot be read as a text"):
        load_taxonomy(path)


def test_a_folder_is_no_stage_file(tmp_path: Path):
    with pytest.raises(BadStages, match="cannot be read"):
        load_taxonomy(tmp_path)


def test_statements_get_the_stages_of_the_studys_own_list_of_names(tmp_path: Path):
    names = ["Ontdekken", "Vergelijken", "Bestellen en betalen", "Levering en hulp", "Terugkomen"]
    found = analysed(written(tmp_path, names))
    ids = ("ontdekken", "vergelijken", "bestellen-en-betalen", "levering-en-hulp", "terugkomen")
    assert found.taxonomy.ids == ids
    assert {t.stage for s in found.statements for t in s.stages} <= set(ids)
    assert tags(found).count("") <= 1
    assert {c.stage for m in found.maps for c in m.cells} == set(ids)


def test_a_stage_takes_the_signals_of_what_it_is_like(tmp_path: Path):
    stages = [
        {"name": "Alles ervoor", "like": ["awareness", "consideration", "purchase"]},
        {"name": "Alles erna", "like": ["service", "loyalty"]},
    ]
    found = tags(analysed(written(tmp_path, stages)))
    assert found == ["alles-ervoor"] * 3 + ["alles-erna"] * 2


def test_the_three_stages_are_before_during_and_after():
    found = analysed("three-stages")
    assert found.taxonomy.ids == ("before", "during", "after")
    assert tags(found) == ["before", "before", "during", "after", "after"]
    assert ("stages", "three-stages") in found.made_by.settings


def test_five_people_about_five_stages_are_told_apart():
    assert tags(analysed("five-stages")) == list(BUILT_IN)


def test_what_themes_and_people_there_are_does_not_depend_on_the_stages(tmp_path: Path):
    own, three = analysed(written(tmp_path, ["Eerst", "Dan"])), analysed("three-stages")
    assert [t.statements for t in own.themes] == [t.statements for t in three.themes]
    assert [p.participants for p in own.personas] == [p.participants for p in three.personas]


DELIVERED, USED = "De koerier bracht het een week te laat.", "Het apparaat valt elke dag uit."


def test_stages_that_share_a_trained_one_divide_it_by_their_own_words(tmp_path: Path):
    own = [
        {
            "id": "levering",
            "like": "service",
            "definition": "Het pakket wordt bezorgd of komt te laat.",
            "examples": ["De bezorger kwam twee dagen later dan beloofd."],
            "touchpoints": ["delivery"],
        },
        {
            "id": "gebruik",
            "like": "service",
            "definition": "Het product gebruiken, en wat er stuk gaat.",
            "examples": ["Na een maand viel hij steeds uit."],
        },
        {"id": "rest", "like": ["awareness", "consideration", "purchase", "loyalty"]},
    ]
    file = written(tmp_path, own)
    talks = some_talks(DELIVERED, USED)
    found = analyse(talks, taxonomy=load_taxonomy(file), encoder=encoder(), cache=CACHE)
    assert tags(found) == ["levering", "gebruik"]


def test_a_study_names_touchpoints_of_its_own_beside_its_stages(tmp_path: Path):
    own = {"stages": ["Kiezen"], "touchpoints": {"demobus": ["proefrit"]}}
    taxonomy = load_taxonomy(written(tmp_path, own))
    assert taxonomy.touchpoints == (("demobus", ("proefrit",)),)
    talks = some_talks("Ik maakte twee proefritten voordat ik koos.")
    found = analyse(talks, taxonomy=taxonomy, encoder=encoder(), cache=CACHE)
    assert found.statements[0].touchpoints == ("demobus",)


def test_touchpoints_that_are_no_lists_of_words_are_refused(tmp_path: Path):
    with pytest.raises(BadStages, match="touchpoints"):
        load_taxonomy(written(tmp_path, {"stages": ["Kiezen"], "touchpoints": {"bus": "bus"}}))
