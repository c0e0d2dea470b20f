"""report.pdf on A4 and map.pdf on A3: tagged (PDF/UA-1), fonts embedded, made by typst.

Texts reach the template as data, never as markup. Fonts come along, so that the same view
gives the same bytes on every computer.
"""

import json
from dataclasses import dataclass

from research.exporters.brief import brief
from research.exporters.glyphs import FONTS
from research.exporters.index import index
from research.exporters.pdf_data import Data, clean, map_data, report_data
from research.model import Analysis
from research.resources import TEMPLATES


@dataclass(frozen=True, slots=True)
class ReportPdf:
    """Writes report.pdf."""

    name: str = "report-pdf"
    filename: str = "report.pdf"
    media_type: str = "application/pdf"

    def export(self, analysis: Analysis) -> bytes:
        """Pain points, motivations, personas and how it was made, on A4."""
        return _compiled("report.typ", report_data(brief(index(analysis))))


@dataclass(frozen=True, slots=True)
class MapPdf:
    """Writes map.pdf."""

    name: str = "map-pdf"
    filename: str = "map.pdf"
    media_type: str = "application/pdf"

    def export(self, analysis: Analysis) -> bytes:
        """A journey map a page, on A3: everyone's, then each persona's."""
        return _compiled("map.typ", map_data(brief(index(analysis))))


def _compiled(template: str, data: Data) -> bytes:
    """The PDF of a template; no clock, no network and no file but the template and fonts."""
    import typst

    fonts = typst.Fonts(False, False, [str(FONTS)])  # neither the system's nor typst's own
    folder = TEMPLATES / "exports" / "pdf"
    parts = [(folder / name).read_text(encoding="utf-8") for name in ("common.typ", template)]
    made = typst.compile(
        "\n".join(parts).encode(),
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(clean(data))},
        pdf_standards="ua-1",
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made
