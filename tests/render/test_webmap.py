import base64
import hashlib
import re
from html.parser import HTMLParser

import folium
import pytest

from frontmap.errors import DataError, NotFoundError
from frontmap.render.offline import as_script_json, leaflet
from frontmap.render.payload import unpacked
from frontmap.render.webmap import (
    EXTRA_MODULES,
    MODULES,
    FrontLayer,
    page,
    script,
    static,
    web_map,
)

TILES = "https://tiles.example:8443/{z}/{x}/{y}.png?key=a&b=c"


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def _elements(document):
    parser = _Elements()
    parser.feed(document)
    return parser.found


@pytest.fixture(scope="session")
def document(shipped):
    return page(shipped)


def test_page_names_no_address(document):
    for tag, attributes in _elements(document):
        assert not {"src", "href", "action", "style"} & set(attributes), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")]
    assert "url(" not in document.replace("url(#default#VML)", "")
    assert "sourceMappingURL" not in document


def test_page_fits_its_budget(document):
    assert len(document.encode()) <= 600_000


def test_same_data_gives_the_same_bytes(shipped, document):
    assert page(shipped) == document


def test_policy_allows_the_page_s_own_code_and_nothing_else(document):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', document)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    for kind in ("script", "style"):
        bodies = re.findall(rf"<{kind}(?:>| >)(.*?)</{kind}>", document, re.DOTALL)
        assert bodies
        for body in bodies:
            digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_policy_comes_before_everything_that_it_governs(document):
    tags = [tag for tag, _ in _elements(document)]
    assert tags[:3] == ["html", "head", "meta"]


def test_texts_from_data_are_only_in_the_packed_document(small, hostile):
    document = page(small)
    packed = re.search(r'<script type="text/plain" id="\w+">([^<]*)</script>', document)[1]
    assert unpacked(packed)["sectors"][0]["name"][0] == hostile
    assert "alert(1)" not in document.replace(packed, "")


def test_title_and_language_follow(small):
    document = page(small, language="ja")
    assert '<html lang="ja">' in document
    assert "<title>前線地図</title>" in document


def test_options_reach_the_page(small):
    document = page(small, date="2024-10-05", baseline="2024-10-01", sector="here", controls=False)
    options = re.search(r"frontmapMount\(\w+, \"\w+\", ({.*})\);", document)[1]
    assert '"date": "2024-10-05"' in options
    assert '"baseline": "2024-10-01"' in options
    assert '"controls": false' in options


def test_a_date_outside_the_span_is_kept_within(small):
    assert '"date": "2024-10-11"' in page(small, date="2031-01-01")


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"sector": "nowhere"}, NotFoundError, "nowhere"),
        ({"language": "fr"}, NotFoundError, "fr"),
        ({"theme": "sepia"}, NotFoundError, "sepia"),
        ({"date": "yesterday"}, DataError, "yesterday"),
        ({"baseline": "2024-13-01"}, DataError, "2024-13-01"),
        ({"tiles": "https://tiles.example/{z}/{x}.png"}, DataError, r"lacks \{y\}"),
        ({"tiles_attribution": "Someone"}, DataError, "no address of tiles"),
    ],
)
def test_a_wrong_option_is_refused(small, options, error, says):
    with pytest.raises(error, match=says):
        web_map(small, **options)


def test_tiles_come_only_when_asked_for(small, document):
    assert "tileLayer(source" not in document
    assert '"tiles"' not in re.search(r"frontmapMount\(\w+, .*\);", document)[0]
    assert "img-src data:;" in document
    tiled = page(small, tiles=TILES, tiles_attribution="© Someone")
    assert "tileLayer(source" in tiled
    assert "img-src data: https://tiles.example:8443;" in tiled
    assert "connect-src" not in re.search(r'Policy" content="([^"]*)"', tiled)[1]


def test_credit_of_tiles_is_never_markup(small, hostile):
    tiled = page(small, tiles=TILES, tiles_attribution=hostile)
    assert not [tag for tag, _ in _elements(tiled) if tag == "img"]
    assert hostile not in tiled
    assert "{{ x }} \\u003c/script\\u003e" in tiled


def test_policy_still_names_every_script_of_a_page_with_tiles(small):
    tiled = page(small, tiles=TILES)
    policy = re.search(r'Policy" content="([^"]*)"', tiled)[1]
    bodies = re.findall(r"<script>(.*?)</script>", tiled, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(body.encode()).digest()) for body in bodies]
    assert all(digest.decode() in policy for digest in digests)


def test_web_map_is_a_folium_map_that_shows_in_a_notebook(small):
    made = web_map(small)
    assert isinstance(made, folium.Map)
    folium.Marker([48.5, 37.5]).add_to(made)
    html = made._repr_html_()
    assert "frontmapMount" in html
    assert "cdn.jsdelivr" not in html


def test_layer_composes_with_any_folium_map(small):
    made = folium.Map()
    FrontLayer(small, {"language": "en"}).add_to(made)
    document = made.get_root().render()
    assert "leaflet@" in document
    assert document.index("leaflet@") < document.index("globalThis.frontmapMount")
    assert "frontmapMount(map_" in document


def test_folium_s_own_links_stay_as_they_were(small):
    web_map(small).get_root().render()
    assert folium.Map.default_js


def test_two_maps_have_names_of_their_own(small):
    assert web_map(small).get_name() != web_map(small).get_name()


def test_every_module_is_joined_once_and_after_what_it_uses():
    for place, name in enumerate(MODULES):
        text = static(f"{name}.js")
        uses = re.findall(r'from "\./(\w+)\.js"', text)
        assert set(uses) <= set(MODULES[:place]), name
        assert text.count("\n") < 300
    assert set(re.findall(r'from "\./(\w+)\.js"', static("tiles.js"))) <= set(MODULES[:-1])
    for code in (script(), script(*EXTRA_MODULES)):
        assert "import " not in re.sub(r"//.*|\"[^\"]*\"", "", code)


def test_no_markup_is_made_from_text():
    for name in [*MODULES, *EXTRA_MODULES, "host"]:
        text = static(f"{name}.js")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert word not in text, (name, word)


@pytest.mark.parametrize("name", ["leaflet.js", "leaflet.css"])
def test_leaflet_is_whole_and_asks_for_no_file(name):
    text = leaflet(name)
    assert len(text) > 10_000
    assert "images/" not in text.replace('"images/"', "") or name.endswith(".js")


def test_script_json_cannot_end_a_script():
    text = as_script_json({"a": "</script><!-- & \u2028\u2029"})
    assert not set("<>&\u2028\u2029") & set(text)
