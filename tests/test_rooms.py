"""The import rule: data flow down the list of rooms and never back."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PACKAGE = ROOT / "src" / "frontmap"
#: A module imports only from its own storey and from those above it.
STOREYS = (
    ("errors",),
    ("ellipsoid",),
    ("globe",),
    ("projection",),
    ("geodesy",),
    ("model",),
    ("language",),
    ("topology",),
    ("extents",),
    ("timeline",),
    ("dataset",),
    ("read",),
    ("analyse",),
    ("render",),
    ("export",),
    ("app", "cli"),
)
RANK = {room: rank for rank, rooms in enumerate(STOREYS) for room in rooms}
#: Heavy libraries, and the rooms that may use them.
HEAVY = {
    "streamlit": {"app"},
    "altair": {"app"},
    "folium": {"render"},
    "branca": {"render"},
    "matplotlib": {"render"},
    "pptx": {"export"},
    "pypdf": {"export"},
    "imageio_ffmpeg": {"export"},
    "xlsxwriter": {"export"},
    "pyarrow": {"export"},
    "typer": {"cli"},
    "rich": {"cli"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(source):
    """Yield the full name of everything that a source imports, wherever it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def faults(room, source):
    """Return what a source of a room imports against the rule."""
    found = []
    for name in imports(source):
        library, *inner = name.split(".")
        if library in HEAVY and room not in HEAVY[library]:
            found.append(name)
        if library != "frontmap":
            continue
        # The root re-exports the reading rooms, so only those below them may import it.
        needed = RANK[inner[0]] if inner and inner[0] in RANK else RANK["read"] + 0.5
        if needed > RANK[room]:
            found.append(name)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_come_from_above(path):
    assert room_of(path) in RANK, "a new room needs its storey"
    assert faults(room_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("model", "from frontmap.timeline import Timeline"),
        ("geodesy", "import frontmap"),
        ("timeline", "def f():\n    from frontmap.read import read"),
        ("read", "if TYPE_CHECKING:\n    import frontmap.analyse.change"),
        ("analyse", "from frontmap import render"),
        ("render", "import streamlit as st"),
        ("analyse", "from matplotlib import pyplot"),
    ],
)
def test_the_rule_finds_faults(room, source):
    assert faults(room, source)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("timeline", "from frontmap.model import Status"),
        ("app", "import streamlit\nfrom frontmap.render import style\nimport frontmap"),
        ("cli", "import typer\nfrom frontmap.app.serve import serve"),
    ],
)
def test_the_rule_lets_the_rest_pass(room, source):
    assert faults(room, source) == []


def test_rooms_are_nouns():
    names = {part.removesuffix(".py") for path in MODULES for part in path.parts}
    assert names.isdisjoint({"utils", "util", "common", "helpers", "helper", "misc"})


def test_import_is_light():
    heavy = ("streamlit", "altair", "folium", "branca", "matplotlib", "pptx", "xlsxwriter", "typer")
    code = f"import sys, frontmap; print(*(name for name in {heavy!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
