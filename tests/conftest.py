"""What several tests need: the shipped data, the reference folder, layers made on the spot."""

import json
import os
import shutil
from pathlib import Path

import pytest

import frontmap

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def dataset():
    """The shipped layers."""
    return frontmap.read()


@pytest.fixture(scope="session")
def shared():
    """The folder of facts and reference data that stands beside a development checkout."""
    if not SHARED.is_dir():
        pytest.skip("the reference folder ../shared is absent")
    return SHARED


@pytest.fixture(scope="session")
def program():
    """Find a program of the system: without it a test skips, but not where everything must run."""

    def find(name, package):
        found = shutil.which(name)
        if found is None:
            message = f"no {name} on this machine: install the system's package {package}"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)
        return found

    return find


@pytest.fixture(scope="session")
def feature():
    """Make a sound feature; name a property to change it, give ``...`` to leave it out."""
    sound = {
        "sector": "north",
        "status": "russian_held",
        "valid_from": "2024-09-30",
        "source": "map-a",
        "method": "imported",
        "positional_error_m": 250,
    }
    square = [[[36, 48], [37, 48], [37, 49], [36, 49], [36, 48]]]

    def make(rings=square, *, kind="Polygon", geometry=None, **properties):
        kept = {name: value for name, value in {**sound, **properties}.items() if value is not ...}
        geometry = geometry or {"type": kind, "coordinates": rings}
        return {"type": "Feature", "properties": kept, "geometry": geometry}

    return make


@pytest.fixture(scope="session")
def collection():
    """Write features as the text of a GeoJSON file."""

    def text(*features):
        return json.dumps({"type": "FeatureCollection", "features": list(features)})

    return text


@pytest.fixture
def write_layer(tmp_path, collection):
    """Write features to a GeoJSON file and return its path."""

    def write(*features, name="layer.geojson"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(collection(*features), encoding="utf-8")
        return path

    return write
