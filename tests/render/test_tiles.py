import pytest

from frontmap.errors import DataError
from frontmap.render.tiles import tile_source


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("http://127.0.0.1:8080/{z}/{y}/{x}", "http://127.0.0.1:8080"),
        ("https://a-b.tiles.example/t?z={z}&x={x}&y={y}&key=k", "https://a-b.tiles.example"),
    ],
)
def test_a_template_names_one_origin(url, origin):
    assert tile_source(url, "").origin == origin
    assert tile_source(url, "").url == url


def test_credit_is_the_host_where_none_is_given():
    url = "https://tiles.example:81/{z}/{x}/{y}.png"
    assert tile_source(url, " ").attribution == "tiles.example:81"
    assert tile_source(url, "\u00a9 <b>Someone</b>").attribution == "\u00a9 <b>Someone</b>"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("tiles.example/{z}/{x}/{y}.png", "no http"),
        ("ftp://tiles.example/{z}/{x}/{y}.png", "no http"),
        ("javascript:alert(1)//{z}/{x}/{y}", "no http"),
        ("https:///{z}/{x}/{y}.png", "no plain host"),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", "no plain host"),
        ("https://tiles.example; script-src */{z}/{x}/{y}.png", "no plain host"),
        ("https://tiles.example'/{z}/{x}/{y}.png", "no plain host"),
        ("https://me:secret@tiles.example/{z}/{x}/{y}.png", "no plain host"),
        ("https://*/{z}/{x}/{y}.png", "no plain host"),
        ("https://tiles.example:port/{z}/{x}/{y}.png", "no address"),
        ("https://[::1/{z}/{x}/{y}.png", "no address"),
        ("https://tiles.example/map.png", "lacks {z}, {x}, {y}"),
        ("https://tiles.example/{z}/{x}/{y}{r}.png", "has {r}"),
    ],
)
def test_what_is_no_template_is_refused_in_one_line(url, says):
    with pytest.raises(DataError) as refused:
        tile_source(url)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
