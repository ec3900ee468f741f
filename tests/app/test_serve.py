"""What is made beside the server, before the first reader asks."""

import pytest

from frontmap.app import store
from frontmap.app.serve import prepare
from frontmap.errors import DataError


@pytest.fixture
def layer(write_layer, feature):
    return write_layer(feature())


def test_preparing_makes_the_document(layer):
    prepare(store.key_of(layer)).join(60)
    assert "frontmapMount" in store.document_of(store.key_of(layer))[0]


def test_preparing_waits_for_its_turn(layer):
    said = []
    prepare(store.key_of(layer), after=lambda: said.append("first")).join(60)
    assert said == ["first"]


def test_a_broken_layer_is_told_to_whoever_asks_and_not_before(tmp_path):
    key = store.key_of(tmp_path / "nowhere")
    prepare(key).join(60)
    with pytest.raises(DataError, match="nowhere"):
        store.dataset_of(key)
