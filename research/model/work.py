"""Studies, what people decided in them, and runs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from research.model.inputs import Speaker
from research.model.journey import StageTaxonomy


@dataclass(frozen=True, slots=True)
class Study:
    """One research project."""

    id: str
    name: str
    language: str
    created: datetime
    taxonomy: StageTaxonomy | None = None
    encoder: str = ""


DecisionAction = Literal[
    "set-role",
    "rename-theme",
    "merge-themes",
    "split-theme",
    "hide-theme",
    "pin-theme",
    "set-theme-kind",
    "set-dial",
    "rename-persona",
    "persona-status",
    "merge-personas",
    "split-persona",
    "move-person",
    "lock-persona",
    "renew-persona",
    "keep-persona",
    "claim-status",
    "edit-claim",
    "add-assumption",
    "set-summary",
    "comment",
    "settle-comment",
    "set-kind",
    "set-stage",
    "set-valence",
    "set-theme",
    "set-score",
    "set-columns",
    "set-owner",
    "set-progress",
    "set-effort",
    "set-change",
    "set-header",
    "set-cell",
    "set-weight",
    "set-personal",
    "set-not-personal",
    "undo",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided; points at statement ids, which survive re-runs.

    `set-role`: target is `source/voice`, value the role. `undo`: target is the id of
    the decision that no longer stands. `set-kind`, `set-stage` and `set-valence`: target is
    the statement's id, value the label (stage `unknown`: it cannot be told).
    `set-theme`: target is the statement's id, value the theme's id at that time or empty
    for no theme, `anchors` the theme's statements. `merge-themes`: the theme of id value
    goes into the target, `anchors` are the statements of both. `split-theme`: `anchors` are
    the statements that become a theme of their own, value its name, target where they were.
    `set-dial`: value how many turns fewer (below nought) or more themes.
    `set-owner`, `set-progress`, `set-effort`, `set-change`: what a team plans about a pain
    (target and anchors are its theme's): who, how far, how much work, what is wanted.
    `set-header` (target `persona/scenario` or `persona/goal`, persona empty for everyone) and
    `set-cell` (target `persona/row/stage` of a service blueprint): what a team writes on a map,
    `anchors` the persona's people. `set-weight`: target is a stage, value how much it counts.
    `set-personal` (a text is personal, wherever it stands) and `set-not-personal` (it is not;
    empty: nothing of its kind is): target is the kind, value the text, encrypted.
    `pin-theme`: the theme stays, value its name. `set-theme-kind`: value `pain` or
    `motivation`. `set-score`: target is the id of a survey question's score, value the stage
    where it is shown or `-` to leave it out. `set-columns`: target is the fingerprint of a
    survey's columns, value their roles as JSON. Others: `target` is the theme or persona id at
    that time, `anchors` its statements or participants.

    `persona-status` and `lock-persona` (value `locked` or `open`): `content` is the persona as
    it was, when it was accepted or locked. `renew-persona`: it follows the software again.
    `keep-persona`: the changes whose mark is value are not wanted. `merge-personas`: the
    persona of id value goes into the target, `anchors` are the people of both.
    `split-persona`: `anchors` are the people who become a persona of their own, value its
    name. `move-person`: target is the participant, value the persona's id or empty for none,
    `anchors` its people. `claim-status`, `edit-claim`: target is `persona/claim`, value the
    status (`left out`: not on the card) or the wording, `anchors` the claim's statements.
    `set-summary`: value is the summary that people want, empty for the software's; target is
    the persona, or `persona/mark/maker` of a second coder's words, which stand while the mark
    fits. `add-assumption`: target is `persona/kind`, value what is assumed. `comment`: target is a
    persona or `persona/claim`; `settle-comment`: target is the comment's decision.
    """

    id: int
    action: DecisionAction
    target: str
    value: str
    anchors: tuple[str, ...]
    by: str
    at: datetime
    content: str = ""


RunStatus = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Run:
    """A record of one background job."""

    id: str
    study: str
    status: RunStatus
    step: str
    done: int
    total: int
    message: str
    started: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one uploaded file: accepted with what was found, or refused."""

    name: str
    accepted: bool
    source: str = ""
    reader: str = ""
    passages: int = 0
    voices: tuple[Speaker, ...] = ()
    set_aside: int = 0
    notes: tuple[str, ...] = ()
    reason: str = ""
    duplicate_of: str = ""
    fields: tuple[str, ...] = field(default=())
