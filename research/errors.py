"""The family of errors, each saying what the user can do.

KlantbeeldError
├── BadUpload            one file cannot be used; the others go on
│   ├── EmptyFile
│   ├── UnknownFormat
│   ├── BrokenFile
│   └── TooLarge
├── NothingToAnalyse     no participant said anything in what was given
├── NoEvidence           a claim was made without a statement behind it
├── BadStages            the stage file is not a stage taxonomy
├── BadCodebook          the file is not a codebook
├── BadEncoder           the chosen encoder cannot be loaded
├── BadEndpoint          the second coder's address or model is not usable
├── CoderFailed          the second coder did not answer, or not as asked
├── PushFailed           a board elsewhere did not take a map
├── KeyLost              the key of what is encrypted is gone, or another
├── NotFound             a study, source, theme or statement does not exist
├── Conflict             the thing exists already or is busy
└── Cancelled            the user stopped the run
"""


class KlantbeeldError(Exception):
    """Anything that went wrong and that a user can act upon."""


class BadUpload(KlantbeeldError):
    """One file cannot be used; `name` is the file, `reason` what to do about it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class EmptyFile(BadUpload):
    """The file has no bytes or no words."""


class UnknownFormat(BadUpload):
    """No reader recognises the file."""


class BrokenFile(BadUpload):
    """The file claims a format that its contents do not keep."""


class TooLarge(BadUpload):
    """The file is larger than the limit, as it is or once unpacked."""


class NothingToAnalyse(KlantbeeldError):
    """No file held a word of a participant."""


class NoEvidence(KlantbeeldError):
    """A claim without evidence: a mistake in the code, never shown as a result."""


class BadStages(KlantbeeldError):
    """The stage file is not a stage taxonomy."""


class BadCodebook(KlantbeeldError):
    """The file is not a codebook."""


class BadEncoder(KlantbeeldError):
    """The chosen encoder cannot be loaded."""


class BadEndpoint(KlantbeeldError):
    """The second coder's address or model is not usable."""


class CoderFailed(KlantbeeldError):
    """The second coder did not answer, or not as it was asked."""


class PushFailed(KlantbeeldError):
    """A board elsewhere did not take what was to be put on it."""


class KeyLost(KlantbeeldError):
    """The key that originals are encrypted with is gone, or is another."""


class NotFound(KlantbeeldError):
    """A study, source, theme, persona or statement that does not exist."""


class Conflict(KlantbeeldError):
    """The thing exists already, or is busy."""


class Cancelled(KlantbeeldError):
    """The user stopped the run."""
