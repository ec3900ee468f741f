"""Pictures against stored ones.

To store them anew, after looking at them: ``FRONTMAP_STORE_BASELINES=1 pytest`` with this file.
"""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from frontmap.render.figure import figure, picture

FOLDER = Path(__file__).parents[2] / "baselines"
#: Root mean square of the difference, of 255: what another build of the same letters may change.
TOLERANCE = 5.0
DPI = 54
PICTURES = {
    "front_slide": {"date": "2024-11-22", "baseline": "2024-09-30"},
    "kursk_a4_both": {"sector": "kursk", "date": "2024-11-26", "baseline": "2024-09-30",
                      "language": "both", "size": "a4"},
    "vuhledar_slide_ja_dark": {"sector": "vuhledar", "language": "ja", "theme": "dark",
                               "baseline": "2024-09-30"},
    "toretsk_square": {"sector": "toretsk", "date": "2024-09-01", "size": "square"},
    "pokrovsk_a4_landscape": {"sector": "pokrovsk", "size": "a4-landscape"},
}  # fmt: skip


def pixels(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), dtype=float)


def rms(one, other):
    return float(np.sqrt(((one - other) ** 2).mean())) if one.shape == other.shape else 255.0


def drawn(dataset, name, **other):
    return picture(figure(dataset, **{**PICTURES[name], **other}), "png", dpi=DPI)


@pytest.mark.parametrize("name", PICTURES)
def test_it_looks_as_it_did(shipped, name):
    file = FOLDER / f"{name}.png"
    content = drawn(shipped, name)
    if os.environ.get("FRONTMAP_STORE_BASELINES"):
        file.write_bytes(content)
    assert file.is_file(), f"{file} is absent: FRONTMAP_STORE_BASELINES=1 pytest {__file__}"
    assert rms(pixels(content), pixels(file.read_bytes())) < TOLERANCE


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("vuhledar_slide_ja_dark", {"date": "2024-11-20"}),
        ("pokrovsk_a4_landscape", {"baseline": "2024-09-30"}),
        ("kursk_a4_both", {"sector": "toretsk"}),
    ],
)
def test_the_tolerance_sees_another_picture(shipped, name, other):
    stored = pixels((FOLDER / f"{name}.png").read_bytes())
    assert rms(pixels(drawn(shipped, name, **other)), stored) > TOLERANCE


def test_all_together_are_small():
    files = sorted(FOLDER.glob("*.png"))
    assert [file.stem for file in files] == sorted(PICTURES)
    assert sum(file.stat().st_size for file in files) < 1_000_000
