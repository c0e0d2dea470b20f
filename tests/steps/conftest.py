"""The bundled studies, each analysed once for all tests."""

import pytest

from research.model import Analysis
from tests.steps.studies import NAMES, analysed


@pytest.fixture(scope="session", params=NAMES)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    """A bundled study, analysed."""
    return analysed(str(request.param))


@pytest.fixture(scope="session")
def dutch() -> Analysis:
    """The bundled Dutch study, analysed."""
    return analysed("thuishaven")


@pytest.fixture(scope="session")
def english() -> Analysis:
    """The bundled English study, analysed."""
    return analysed("planwerk")
