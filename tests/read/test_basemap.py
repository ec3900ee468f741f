"""The ground and the places on it."""

import shutil

import pytest

from frontmap import DataError
from frontmap.read import SHIPPED
from frontmap.read.basemap import read_basemap

LAYERS = ("land", "state_borders", "coast", "lakes", "oblasts", "labels")


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SHIPPED / "basemap", tmp_path / "basemap")
    return tmp_path / "basemap"


def refused(folder):
    with pytest.raises(DataError) as caught:
        read_basemap(folder)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_no_folder_no_ground(tmp_path):
    assert read_basemap(tmp_path / "basemap") == (None, ())


def test_shipped(dataset):
    for name in LAYERS:
        layer = getattr(dataset.basemap, name)
        assert len(layer)
        assert layer.crs.to_epsg() == 4326
    importance = [(place.rank, -place.population) for place in dataset.places]
    assert importance == sorted(importance)


@pytest.mark.parametrize("name", [*LAYERS, "places"])
def test_every_layer_is_needed(folder, name):
    (folder / f"{name}.geojson").unlink()
    assert refused(folder).startswith(str(folder / f"{name}.geojson"))


@pytest.mark.parametrize("name", ["land", "places"])
def test_a_broken_layer_is_named(folder, name):
    (folder / f"{name}.geojson").write_text("not a layer", encoding="utf-8")
    assert refused(folder).startswith(str(folder / f"{name}.geojson"))


@pytest.mark.parametrize("column", ["place_id", "name_ja", "population", "rank", "country"])
def test_a_missing_column_is_named(folder, column):
    path = folder / "places.geojson"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f'"{column}"', '"x"'), encoding="utf-8"
    )
    said = refused(folder)
    assert said.startswith(str(path))
    assert column in said


def test_names_survive_as_they_are(folder):
    path = folder / "places.geojson"
    name = "<img src=x onerror=alert(1)>{{ x }}"
    path.write_text(path.read_text(encoding="utf-8").replace("Moscow", name), encoding="utf-8")
    assert name in {place.name.en for place in read_basemap(folder)[1]}
