"""report.html: the whole study in one file that needs nothing else."""

import re
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from research.exporters.index import index
from research.exporters.provenance import provenance
from research.exporters.report import report
from research.figures import across, shade
from research.model import Analysis
from research.resources import TEMPLATES

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class ReportHtml:
    """Writes report.html."""

    name: str = "report-html"
    filename: str = "report.html"
    media_type: str = "text/html; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """One page without scripts; every text of a file is escaped."""
        page = report(index(analysis))
        template = _environment().get_template("report.html")
        text = template.render(
            page=page,
            _=page.found.words,
            shade=shade,
            across=across,
            provenance=provenance(page.found),
        )
        return _CONTROL.sub("\ufffd", text).encode("utf-8", "replace")


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "exports"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
