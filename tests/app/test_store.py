"""What the page shows is read and made once."""

import base64
import io
import json
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import frontmap
from frontmap.app import store
from frontmap.app.view import LAYERS, USUAL_LAYERS, View, default_view, view_of


@pytest.fixture
def layer(write_layer, feature):
    return write_layer(feature())


def test_a_document_is_made_once_and_named_by_its_content(layer):
    key = store.key_of(layer)
    text, name = store.document_of(key)
    assert store.document_of(key)[0] is text
    assert name != store.document_of("")[1]


def test_what_was_read_already_is_not_read_again(layer, monkeypatch):
    store.keep(layer, frontmap.read(layer))
    monkeypatch.setattr(frontmap, "read", lambda _: pytest.fail("read again"))
    assert list(store.dataset_of(store.key_of(layer)).sectors) == ["north"]


def test_a_view_comes_back_from_its_own_link(dataset):
    first, last = dataset.span
    for view in (
        default_view(dataset),
        View(last, None, "kursk", "ja", "dark", "35.2,51.1,9.5"),
        View(first, last, view="-3.5,0,0"),
        View(last, first, layers="names,graticule", swipe="0.25"),
    ):
        assert view_of(view.as_query(), dataset) == (view, [])


def test_a_swipe_needs_two_dates(dataset):
    _, last = dataset.span
    assert "swipe" not in View(last, None, swipe="0.25").as_query()


@pytest.mark.parametrize(
    "text", ["1,2", "181,0,3", "0,86,3", "0,0,21", "0,0,-1", "a,b,c", "1,2,3;"]
)
def test_a_view_that_is_none_is_refused(dataset, text):
    assert view_of({"view": text}, dataset) == (default_view(dataset), [("view", text)])


@pytest.mark.parametrize(
    ("name", "text"), [("layers", "names,roads"), ("swipe", "1.5"), ("swipe", "nan")]
)
def test_a_layer_or_share_that_is_none_is_refused(dataset, name, text):
    assert view_of({name: text}, dataset) == (default_view(dataset), [(name, text)])


def test_the_layers_are_those_of_the_page():
    script = (resources.files("frontmap.render") / "static" / "layers.js").read_text()
    assert f"LAYERS = {json.dumps(list(LAYERS))}" in script
    assert f'FIRST = "{USUAL_LAYERS}"' in script


def test_the_face_has_the_letters_of_every_text_and_of_the_path(dataset):
    path = Path("/鷹")
    source, *_ = dataset.sources.values()
    event, claim = (
        replace(one[0], source_ref=ref)
        for one, ref in (
            (dataset.events, "龍"),
            (dataset.claims, "驤"),
        )
    )
    source = replace(source, publisher="鳳", licence="凰", attribution="麒")
    store.keep(path, replace(dataset, sources={"a": source}, events=(event,), claims=(claim,)))
    woff = base64.b64decode(store.face_of(store.key_of(path)))
    kept = set(map(chr, TTFont(io.BytesIO(woff)).getBestCmap()))
    assert kept >= set("鷹龍驤鳳凰麒前線") | {one for one in event.title.ja if one > "\u2e80"}
