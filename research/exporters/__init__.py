"""The exporters: one file each, in the order in which they are offered."""

from research.contracts import Exporter
from research.exporters.analysis_json import AnalysisJson
from research.exporters.pain_points_csv import PainPointsCsv
from research.exporters.pain_points_json import PainPointsJson
from research.exporters.pain_points_md import PainPointsMd
from research.exporters.pain_points_xlsx import PainPointsXlsx
from research.exporters.pdf import MapPdf, ReportPdf
from research.exporters.personas_md import PersonasMd
from research.exporters.report_html import ReportHtml
from research.exporters.themes_csv import ThemesCsv

# What `klantbeeld analyse` and `demo` write: small, and enough to begin with.
BASIC: tuple[Exporter, ...] = (
    AnalysisJson(),
    ReportHtml(),
    PainPointsCsv(),
    ThemesCsv(),
    PersonasMd(),
)
EXPORTERS: tuple[Exporter, ...] = (
    *BASIC,
    PainPointsXlsx(),
    PainPointsJson(),
    PainPointsMd(),
    ReportPdf(),
    MapPdf(),
)

__all__ = ["BASIC", "EXPORTERS"]
