import re

import pytest

from frontmap.errors import NotFoundError
from frontmap.model import Status
from frontmap.render import style


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one, other):
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
@pytest.mark.parametrize("text", ["ink", "muted", "accent"])
def test_text_reads_on_paper_with_aa_contrast(theme, text):
    assert _contrast(getattr(theme, text), theme.paper) >= 4.5


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
def test_names_read_on_the_ground_with_aa_contrast(theme):
    assert _contrast(theme.country_label, theme.land) >= 4.5
    assert _contrast(theme.muted, theme.halo) >= 4.5  # the degrees at the frame's edges
    assert _contrast(theme.oblast_label, theme.land) >= 4.5
    assert _contrast(theme.water_label, theme.water) >= 4.5
    assert all(_contrast(theme.area(status).text, theme.paper) >= 4.5 for status in Status)


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
def test_front_line_is_the_strongest_line(theme):
    others = (theme.state_border, theme.oblast_border, theme.coast, theme.previous_front)
    assert all(theme.front.width > line.width for line in others)
    assert all(
        _contrast(theme.front.colour, theme.land) >= _contrast(line.colour, theme.land)
        for line in others
    )


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
def test_no_two_statuses_share_a_pattern(theme):
    directions = [theme.area(status).hatch.direction for status in Status]
    assert len(set(directions)) == len(directions)


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
def test_gained_is_denser_than_lost(theme):
    assert theme.gained.spacing < theme.lost.spacing


def test_themes_name_the_same_values():
    light, dark = style.as_json().values()
    assert list(light) == list(dark)


def test_css_has_one_block_a_theme_and_every_status():
    css = style.as_css_variables()
    assert re.findall(r'data-theme="(\w+)"', css) == ["light", "dark"]
    assert css.count("--fm-contested:") == 2


def test_an_unknown_theme_is_refused():
    with pytest.raises(NotFoundError, match="sepia"):
        style.theme_named("sepia")


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
def test_graticule_is_quieter_than_borders_and_fronts(theme):
    def strength(line):
        return line.width * line.opacity * _contrast(line.colour, theme.land)

    assert strength(theme.graticule) < strength(theme.state_border)
    assert strength(theme.graticule) < strength(theme.front) / 4
