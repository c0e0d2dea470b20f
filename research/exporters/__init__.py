"""The exporters: one file each, in the order in which they are offered."""

from research.contracts import Exporter
from research.exporters.analysis_json import AnalysisJson
from research.exporters.maps import MAP_EXPORTERS
from research.exporters.pain_points_csv import PainPointsCsv
from research.exporters.personas_md import PersonasMd
from research.exporters.report_html import ReportHtml
from research.exporters.themes_csv import ThemesCsv

EXPORTERS: tuple[Exporter, ...] = (
    AnalysisJson(),
    ReportHtml(),
    PainPointsCsv(),
    ThemesCsv(),
    PersonasMd(),
    *MAP_EXPORTERS,
)

__all__ = ["EXPORTERS"]
