"""Exports into maps, boards, mind maps, research software and work tools: one file each."""

from research.contracts import Exporter
from research.exporters.maps.canvas import Canvas
from research.exporters.maps.drawio import DrawIo
from research.exporters.maps.excalidraw import Excalidraw
from research.exporters.maps.graphml import GraphMl
from research.exporters.maps.grid_files import GridHtml, GridTsv, GridXlsx
from research.exporters.maps.lucid import Lucid
from research.exporters.maps.mermaid import MermaidJourney, MermaidMindmap, MermaidTimeline
from research.exporters.maps.outlines import FreeMind, Opml
from research.exporters.maps.pictures import MapPng, MapSvg, Pictures
from research.exporters.maps.plantuml import PlantUml
from research.exporters.maps.qdc import Qdc
from research.exporters.maps.qdpx import Qdpx
from research.exporters.maps.taguette import TaguetteCodebook, TaguetteHighlights
from research.exporters.maps.work_items import GitLabCsv, JiraCsv, LinearCsv

MAP_EXPORTERS: tuple[Exporter, ...] = (
    MapSvg(),
    MapPng(),
    Pictures(),
    GridTsv(),
    GridXlsx(),
    GridHtml(),
    DrawIo(),
    Lucid(),
    Excalidraw(),
    Canvas(),
    MermaidJourney(),
    MermaidMindmap(),
    MermaidTimeline(),
    PlantUml(),
    GraphMl(),
    Opml(),
    FreeMind(),
    Qdc(),
    Qdpx(),
    TaguetteCodebook(),
    TaguetteHighlights(),
    LinearCsv(),
    JiraCsv(),
    GitLabCsv(),
)

__all__ = ["MAP_EXPORTERS"]
