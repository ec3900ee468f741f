"""A figure as a file: the format's own, and not the user's settings."""

import io
import re
import subprocess
import sys
import zlib
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from PIL import Image

from frontmap.errors import NotFoundError
from frontmap.render.figure import figure, picture

FACTS = {
    "title": "Kursk: the front on 2 Nov 2024",
    "description": "Kursk, Ukrainian-held: 600 ± 90 km²",
    "date": "2024-11-02",
    "sources": "© OpenStreetMap contributors",
    "hash": "sha256:00ff",
    "program": "frontmap 0",
    "language": "en",
    "command": "frontmap snapshot -o a.png",
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(shipped):
    return figure(shipped, sector="kursk", date="2024-11-02", size="square", language="both")


def test_png_has_its_size_its_resolution_and_its_facts(drawn):
    image = Image.open(io.BytesIO(picture(drawn, "png", dpi=60, metadata=FACTS)))
    assert image.size == (450, 450)
    assert image.info["dpi"] == pytest.approx((60, 60), abs=0.1)
    assert image.info["Title"] == FACTS["title"]
    assert image.info["Description"] == FACTS["description"]
    assert image.info["Command"] == FACTS["command"]
    assert image.info["Hash"] == FACTS["hash"]
    assert image.info["Software"] == "frontmap 0"
    assert not any("time" in name.lower() for name in image.info)


def test_svg_keeps_text_as_text_and_names_the_face(drawn):
    tree = ET.fromstring(picture(drawn, "svg", metadata=FACTS))  # noqa: S314
    texts = {one.text: one.get("style") for one in tree.iter(f"{SVG}text")}
    assert "Source Sans Pro" in texts["Sudzha"]
    assert "IPAexGothic" in texts["スジャ"]
    assert "text-anchor: end" in texts["Sudzha"]
    assert not list(tree.iter(f"{SVG}image"))
    said = "".join(one.text or "" for one in tree.iter() if one.tag != f"{SVG}style")
    assert all(
        FACTS[name] in said for name in ("title", "description", "command", "hash", "sources")
    )
    assert "2026" not in said


def test_pdf_embeds_true_type_letters_and_has_no_clock(drawn):
    content = picture(drawn, "pdf", metadata=FACTS)
    assert b"/CIDFontType2" in content or b"/TrueType" in content
    assert b"/Type3" not in content
    assert b"CreationDate" not in content
    assert b"/Subtype /Image" not in content
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    page = max((inflated(one) for one in streams), key=lambda text: text.count(b" Tf"))
    assert page.count(b" Tf") > 30


def inflated(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("format_", ["png", "svg", "pdf"])
def test_a_user_s_settings_change_nothing_and_stay(shipped, format_):
    def made():
        return picture(figure(shipped, sector="kursk", size="square"), format_, dpi=40)

    plain = made()
    theirs = {
        "font.size": 40, "svg.fonttype": "path", "pdf.fonttype": 3, "lines.linewidth": 9,
        "text.color": "red", "font.sans-serif": ["Comic Sans"], "figure.facecolor": "green",
        "lines.antialiased": False, "patch.antialiased": False, "savefig.dpi": 30,
        "axes.facecolor": "blue", "path.simplify": True, "lines.dash_capstyle": "round",
        "lines.scale_dashes": True,
    }  # fmt: skip
    with mpl.rc_context(theirs):
        assert made() == plain
        assert mpl.rcParams["svg.fonttype"] == "path"


def test_an_unknown_format_is_refused(drawn):
    with pytest.raises(NotFoundError, match="no format 'gif'; there is png, svg, pdf"):
        picture(drawn, "gif")


def test_pyplot_is_not_loaded():
    code = (
        "import sys, frontmap\n"
        "from frontmap.render.figure import figure, picture\n"
        "picture(figure(frontmap.read(), size='square'), 'png', dpi=20)\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
