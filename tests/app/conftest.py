"""The page as Streamlit runs it, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from frontmap.app.map_component import UP

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fresh_app() -> AppTest:
    """Return the page in a session that has just begun."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


@pytest.fixture
def app(fresh_app: AppTest) -> AppTest:
    """Return the page in a session whose map has drawn itself."""
    fresh_app.session_state[UP] = True
    return fresh_app
