"""Measures as pages show them: with their name in both languages, and where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from research import kpis
from research.metrics import known
from research.model import Kpi, Score, StageTaxonomy
from research.store import Store


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a stage, what it is called, and the question and address of a score."""

    kpi: Kpi
    name_nl: str
    name_en: str
    question: str
    url: str

    @property
    def stage(self) -> str:
        """The stage it belongs to; empty when it has none."""
        return self.kpi.stage

    def name(self, language: str) -> str:
        """What it is called in a language (`nl`, or anything else for English)."""
        return self.name_nl if language == "nl" else self.name_en


def measures(store: Store, study_id: str, taxonomy: StageTaxonomy) -> tuple[Measure, ...]:
    """The measures of a study, stage by stage; those without a stage come last."""
    scores = {s.id: s for s in kpis.scores_of_study(store, study_id)}
    found = kpis.kpis_of_study(store, study_id, taxonomy)
    return tuple(_measure(kpi, study_id, scores) for kpi in found)


def _measure(kpi: Kpi, study_id: str, scores: Mapping[str, Score]) -> Measure:
    metric = known.every().get(kpi.known)
    score = scores.get(kpi.score)
    return Measure(
        kpi=kpi,
        name_nl=metric.name_nl if metric else kpi.name,
        name_en=metric.name_en if metric else kpi.name,
        question=score.question if score else "",
        url=f"/studies/{quote(study_id, safe='')}/scores/{kpi.score}" if score else "",
    )
