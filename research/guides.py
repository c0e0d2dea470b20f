"""The interview guide as text to print: its questions and what to go on with."""

from research.stages import load_taxonomy
from research.steps.guide import bundled_guide


def as_text(language: str) -> str:
    """The bundled guide in Dutch (`nl`) or English (`en`), as Markdown, by stage."""
    names = {stage.id: stage.name(language) for stage in load_taxonomy().stages}
    title = "Leidraad voor het interview" if language == "nl" else "Interview guide"
    lines = [f"# {title}"]
    stage = ""
    for number, question in enumerate(bundled_guide(), 1):
        if question.stage != stage:
            stage = question.stage
            lines += ["", f"## {names[stage]}", ""]
        lines.append(f"{number}. {question.text(language)}")
        lines += [f"   - {probe}" for probe in question.probes(language)]
    return "\n".join(lines)
