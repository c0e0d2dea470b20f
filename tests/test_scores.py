"""NPS and CSAT from survey columns: which are taken, what they give, and how sure they are."""

from math import sqrt
from pathlib import Path

import pytest

from research.metrics.scores import measure, net_promoter, scores_in, side, waves
from research.metrics.series import doubt, kpis_of_scores, months
from research.model import Score, Upload
from research.resources import CORPORA
from research.stages import DEFAULT_TAXONOMY, load_taxonomy

NPS = "Hoe waarschijnlijk is het dat u ons aanbeveelt? (0-10)"
CSAT = "How satisfied are you with the delivery?"
FIXTURES = Path(__file__).parent / "fixtures" / "in"


def survey(
    question: str, answers: list[str], *, date: str = "", name: str = "e.csv"
) -> list[Score]:
    """The scores of a survey with one closed question."""
    rows = [f"{date};{a};Het ging heel goed met mijn bestelling {i}" for i, a in enumerate(answers)]
    text = "\n".join([f"Tijdstempel;{question};Waarom geeft u dit cijfer?", *rows, ""])
    return list(scores_in(Upload(name, text.encode()), "0" * 16))


def test_the_surveys_of_the_bundled_studies_give_their_nps() -> None:
    path = CORPORA / "studies" / "thuishaven" / "files" / "enquete_na_aankoop.csv"
    (score,) = scores_in(Upload(path.name, path.read_bytes()), "0" * 16)
    assert (score.kind, len(score.answers)) == ("nps", 60)
    whole = measure(score, score.answers, "")
    assert sum(whole.counts) == whole.n == 60
    assert whole.value == pytest.approx(100 * (whole.counts[0] - whole.counts[2]) / 60)


@pytest.mark.parametrize(
    ("question", "answers", "kind"),
    [
        (NPS, ["1", "2", "3"], "nps"),
        ("How likely are you to recommend us?", ["3", "9", "10"], "nps"),
        ("NPS", ["6", "7", "0"], "nps"),
        ("Raadt u ons aan bij vrienden? 0 t/m 10", ["6 - misschien", "10 - zeker"], "nps"),
        ("How likely are you to recommend us?", ["3", "5", "4"], ""),
        ("How likely are you to recommend us? (1-5)", ["3", "5", "4"], ""),
        ("Would you recommend us? (1-10)", ["8", "9", "10"], ""),
        ("Rapportcijfer", ["8", "9", "10"], ""),
        (NPS, ["8", "9", "11"], ""),
        (CSAT, ["5", "4", "1"], "csat"),
        (CSAT, ["7", "4", "1"], "csat"),
        (CSAT + " (1-7)", ["3", "4", "1"], "csat"),
        (CSAT + " (1-10)", ["3", "4", "1"], ""),
        (CSAT, ["3", "2", "1"], ""),
        (CSAT, ["0", "4", "5"], ""),
        ("Hoe tevreden bent u?", ["Zeer tevreden", "tevreden", "Ontevreden"], "csat"),
        ("Bent u tevreden?", ["ja", "nee", "ja"], ""),
        ("Hoe vaak bestelt u?", ["5", "4", "1"], ""),
    ],
)
def test_only_what_is_surely_a_score_is_taken(question: str, answers: list[str], kind: str) -> None:
    assert [s.kind for s in survey(question, answers * 3)] == ([kind] if kind else [])


def test_an_nps_group_is_not_counted_beside_its_question() -> None:
    path = FIXTURES / "qualtrics.csv"
    scores = scores_in(Upload(path.name, path.read_bytes()), "0" * 16)
    assert all("GROUP" not in s.question for s in scores)


def test_promoters_passives_and_detractors_are_told_apart() -> None:
    (score,) = survey(NPS, [str(n) for n in range(11)])
    assert [side(score, n) for n in range(11)] == [-1] * 7 + [0, 0, 1, 1]
    whole = measure(score, score.answers, "")
    assert whole.counts == (2, 2, 7)
    assert whole.value == pytest.approx(100 * (2 - 7) / 11)


def test_satisfaction_is_the_share_of_the_two_highest_boxes() -> None:
    (five,) = survey(CSAT, ["1", "2", "3", "4", "5"])
    assert measure(five, five.answers, "").value == pytest.approx(40)
    (seven,) = survey(CSAT, ["1", "2", "3", "4", "5", "6", "7", "7"])
    assert measure(seven, seven.answers, "").counts == (3, 2, 3)


def test_the_interval_is_the_published_one() -> None:
    """The variance of the scores after adding 3 answers, as Rocks (2016) gives it."""
    value, low, high = net_promoter(10, 5, 36)
    up, down, of = 10.75 / 39, 5.75 / 39, 39
    spread = 1.959963984540054 * sqrt((up + down - (up - down) ** 2) / of)
    assert value == pytest.approx(100 * 5 / 36)
    assert (low, high) == pytest.approx((100 * (up - down - spread), 100 * (up - down + spread)))


@pytest.mark.parametrize(
    ("up", "down", "n"), [(1, 0, 1), (0, 1, 1), (40, 0, 40), (0, 0, 5), (3, 3, 6)]
)
def test_an_interval_holds_its_score_and_never_shrinks_to_nothing(
    up: int, down: int, n: int
) -> None:
    value, low, high = net_promoter(up, down, n)
    assert -100 <= low <= value <= high <= 100
    assert high - low > 1


def test_who_answered_twice_in_a_month_counts_once() -> None:
    text = f"respondent;Tijdstempel;{NPS};Waarom?\n" + "".join(
        f"{who};2026-01-{day:02};{n};Om deze reden {day}\n"
        for day, (who, n) in enumerate([("R1", 9), ("R2", 3), ("R1", 2)], start=1)
    )
    (score,) = scores_in(Upload("e.csv", text.encode()), "0" * 16)
    assert sorted(a.value for a in score.answers) == [2, 3]


def test_months_are_waves_only_when_both_have_thirty_answers() -> None:
    def by_month(january: int, february: int) -> Score:
        rows = [f"2026-01-{i % 28 + 1:02};9;Reden {i}" for i in range(january)]
        rows += [f"2026-02-{i % 28 + 1:02};3;Reden b {i}" for i in range(february)]
        text = "\n".join([f"Tijdstempel;{NPS};Waarom?", *rows, ""])
        return scores_in(Upload("e.csv", text.encode()), "0" * 16)[0]

    many = by_month(40, 30)
    assert [(m.period, m.value) for m, _ in waves([many])] == [("2026-01", 100), ("2026-02", -100)]
    few = by_month(40, 29)
    assert [m.period for m, _ in waves([few])] == ["2026-01-01/2026-02-28"]
    assert [m.n for m in months(few)] == [40, 29]
    (kpi,) = kpis_of_scores([many], DEFAULT_TAXONOMY)
    assert (kpi.value, kpi.previous, kpi.previous_period, kpi.doubt) == (-100, 100, "2026-01", "")


def test_the_same_question_in_two_files_is_two_waves_in_order_of_time() -> None:
    late = survey(NPS, ["9"] * 20 + ["5"] * 20, date="2026-05-03", name="a.csv")
    early = survey(NPS, ["9"] * 18 + ["5"] * 20, date="2025-05-03", name="b.csv")
    (kpi,) = kpis_of_scores([*late, *early], DEFAULT_TAXONOMY)
    assert (kpi.source, kpi.period, kpi.previous_period) == ("a.csv", "2026-05", "2025-05")
    assert (kpi.n, kpi.doubt) == (40, "overlap")
    assert kpis_of_scores([*early, *late], DEFAULT_TAXONOMY) == (kpi,)


def test_a_few_answers_are_said_to_be_few() -> None:
    (score,) = survey(NPS, ["9"] * 29)
    (kpi,) = kpis_of_scores([score], load_taxonomy("three-stages"))
    assert (kpi.doubt, kpi.stage, kpi.n) == ("few", "after", 29)
    (enough,) = survey(NPS, ["9"] * 30)
    assert doubt(measure(enough, enough.answers, ""), None) == ""
