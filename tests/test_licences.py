"""Every locked dependency may be used under terms that fit Apache-2.0."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

LOCKS = Path(__file__).resolve().parent.parent / "requirements"

# Copyleft of a whole program: never.
FORBIDDEN = re.compile(r"\bA?GPL|(?<!Lesser )(?<!Library or Lesser )General Public", re.IGNORECASE)
LESSER = re.compile(r"\bLGPL|Lesser General Public|\bMPL|Mozilla Public", re.IGNORECASE)
KNOWN = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|0BSD|HPND|Unlicense|CC0", re.IGNORECASE
)

# How the licence of MIT begins.
MIT = (
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software "
    "and associated documentation files"
)

# Copyleft of single files or of a library: allowed one by one, with the reason.
ALLOWED = {
    "psycopg": "LGPL; comes with dbos, unmodified, loaded at run time and only for PostgreSQL",
    "psycopg-binary": "LGPL; as psycopg",
    "certifi": "MPL; a list of certificates, unmodified",
    "hypothesis": "MPL; tests only, not part of what runs",
    "pathspec": "MPL; builds and checks only (hatchling, mypy), not part of what runs",
    "tqdm": "MPL in part; comes with the Hugging Face libraries, unmodified",
}


def locked() -> list[str]:
    """The names in the locks of what runs and what tests."""
    lines = [line for name in ("base", "test") for line in _lines(name)]
    return [line.partition("==")[0] for line in lines]


def _lines(name: str) -> list[str]:
    text = (LOCKS / f"{name}.lock").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def stated_licence(found: Distribution) -> str:
    """What a distribution says of its licence: the expression, else classifiers, else words,
    else the text that it brings along."""
    metadata = found.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = metadata.get_all("Classifier") or []
    stated = [c.rpartition("::")[2].strip() for c in classifiers if c.startswith("License ::")]
    stated = [s for s in stated if s != "OSI Approved"]
    words = metadata["License"][:200] if "License" in metadata else ""
    return "; ".join(stated) or words or _brought(found)


def _brought(found: Distribution) -> str:
    """`MIT` when the only text of a licence in a distribution is that of MIT."""
    files = [f for f in found.files or () if f.name.upper().startswith(("LICENSE", "LICENCE"))]
    texts = [" ".join(f.read_text(encoding="utf-8").split()) for f in files]
    return "MIT" if len(texts) == 1 and MIT in texts[0] else ""


def installed(name: str) -> Distribution:
    """A distribution of this environment; skips what this platform does without."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed on this platform")


@pytest.mark.parametrize("name", locked())
def test_a_locked_dependency_has_a_licence_that_fits(name: str) -> None:
    licence = stated_licence(installed(name))

    assert not FORBIDDEN.search(LESSER.sub("", licence)), licence
    assert name in ALLOWED or not LESSER.search(licence), licence
    assert KNOWN.search(licence) or name in ALLOWED, licence or "no licence stated"


def test_every_exception_is_still_needed() -> None:
    needed = {name for name in locked() if LESSER.search(stated_licence(installed(name)))}

    assert set(ALLOWED) == needed


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-or-later", "AGPL-3.0-only", "GNU General Public License v2 (GPLv2)"],
)
def test_strong_copyleft_would_be_noticed(licence: str) -> None:
    assert FORBIDDEN.search(LESSER.sub("", licence))
