"""The closed vocabularies of the model: kinds, roles, channels, strengths, statuses."""

from typing import Literal

Kind = Literal["pain", "motivation", "praise", "context", "none"]
Role = Literal["participant", "interviewer", "unknown"]
Channel = Literal["interview", "survey", "review", "ticket"]
PersonaStatus = Literal["draft", "in review", "changes asked", "accepted"]
ClaimStatus = Literal["draft", "changes asked", "accepted", "left out"]
Strength = Literal["strong", "emerging", "anecdotal", "assumption"]
# What a second coder may do: nothing, give a second opinion, or label in our place.
CoderMode = Literal["off", "opinion", "labels"]
CODER_MODES: tuple[CoderMode, ...] = ("off", "opinion", "labels")
Attributes = tuple[tuple[str, str], ...]
PERSONA_STATUSES: tuple[PersonaStatus, ...] = ("draft", "in review", "changes asked", "accepted")
CLAIM_STATUSES: tuple[ClaimStatus, ...] = ("draft", "changes asked", "accepted", "left out")
ROLES: tuple[Role, ...] = ("participant", "interviewer", "unknown")
BY_HAND = "people"  # the method of a persona that people put together
KINDS: tuple[Kind, ...] = ("pain", "motivation", "praise", "context", "none")
