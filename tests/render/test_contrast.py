"""Text and signs stand out from their ground: WCAG 2.2, level AA, computed from the one table."""

import pytest

from frontmap.model import Status
from frontmap.render.style import THEMES

TEXT, SIGN = 4.5, 3.0


def luminance(colour):
    """Relative luminance of a colour, by WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour, ground, opacity):
    """Return a translucent colour as it looks on its ground."""
    pairs = zip(
        *([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (colour, ground)), strict=True
    )
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02X}" for a, b in pairs)


def test_the_formula_gives_the_known_ends():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
class TestTheme:
    @pytest.mark.parametrize("text", ["ink", "muted"])
    def test_text_on_surfaces(self, theme, text):
        assert contrast(getattr(theme, text), theme.paper) >= TEXT

    def test_names_on_the_ground(self, theme):
        for ground in (theme.land, theme.halo):
            assert contrast(theme.ink, ground) >= TEXT
            assert contrast(theme.country_label, ground) >= TEXT
            assert contrast(theme.oblast_label, ground) >= TEXT
        assert contrast(theme.water_label, theme.water) >= TEXT

    @pytest.mark.parametrize("status", list(Status), ids=str)
    def test_figures_in_the_colour_of_a_status(self, theme, status):
        assert contrast(theme.area(status).text, theme.paper) >= TEXT

    @pytest.mark.parametrize("status", list(Status), ids=str)
    def test_front_line_and_event_on_ground_that_is_held(self, theme, status):
        area = theme.area(status)
        ground = over(area.hue, theme.land, area.fill_opacity)
        assert contrast(theme.front.colour, ground) >= SIGN
        assert contrast(theme.event, ground) >= SIGN

    def test_the_play_button_and_the_thumb(self, theme):
        assert contrast(theme.accent, theme.paper) >= TEXT

    def test_the_rail(self, theme):
        assert contrast(over(theme.muted, theme.paper, 0.75), theme.paper) >= SIGN

    def test_the_ring_of_focus(self, theme):
        for ground in (theme.paper, theme.land, theme.water):
            assert contrast(theme.focus, ground) >= SIGN

    def test_the_edge_of_fields_and_buttons(self, theme):
        assert contrast(theme.edge, theme.paper) >= SIGN

    @pytest.mark.parametrize("line", ["state_border", "window", "previous_front", "launch"])
    def test_lines_that_the_legend_names(self, theme, line):
        style = getattr(theme, line)
        assert contrast(over(style.colour, theme.land, style.opacity), theme.land) >= SIGN
