"""One table of colours, patterns and line widths for maps, figures, charts and legends.

Hues are those of Okabe and Ito (2008), which stay apart for colour-blind readers; every status
also has a pattern of its own, so that no meaning rests on hue alone. Lengths are CSS pixels.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from frontmap.errors import NotFoundError
from frontmap.model import Status

ThemeName = Literal["light", "dark"]

#: Okabe-Ito hues.
BLUE, VERMILION = "#0072B2", "#D55E00"
#: System fonts alone: nothing is loaded, and Japanese has a face of its own.
FONT_STACK = (
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", '
    '"Liberation Sans", Arial, "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP", '
    '"Noto Sans JP", "frontmap Japanese", sans-serif'
)


@dataclass(frozen=True, slots=True)
class Hatch:
    """Parallel lines over an area.

    Parameters
    ----------
    direction : str
        ``"up"`` rises to the right, ``"down"`` falls to the right, ``"both"`` crosses,
        ``"level"`` is level.
    spacing, width : float
        Distance between lines and their width, in pixels.
    opacity : float
        0 to 1.
    """

    direction: Literal["up", "down", "both", "level"]
    spacing: float
    width: float
    opacity: float


@dataclass(frozen=True, slots=True)
class AreaStyle:
    """How the area of one status is filled; ``second`` is the other hue of a two-way hatch."""

    hue: str
    text: str
    fill_opacity: float
    hatch: Hatch
    second: str = ""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line: colour, width in pixels, dashes (on, off, ...), opacity."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that changes between light and dark."""

    name: ThemeName
    # The ground.
    outside: str
    land: str
    water: str
    # Text and surfaces.
    ink: str
    muted: str
    halo: str
    paper: str
    rule: str
    edge: str
    accent: str
    focus: str
    country_label: str
    oblast_label: str
    water_label: str
    # Lines of the map.
    coast: LineStyle
    state_border: LineStyle
    oblast_border: LineStyle
    graticule: LineStyle
    window: LineStyle
    front: LineStyle
    front_casing: LineStyle
    fixed_edge: LineStyle
    previous_front: LineStyle
    launch: LineStyle
    range_circle: LineStyle
    # Areas by status, and what changed since a baseline.
    ukrainian_held: AreaStyle
    russian_held: AreaStyle
    contested: AreaStyle
    unstated: AreaStyle
    gained: Hatch
    lost: Hatch
    event: str

    def area(self, status: Status) -> AreaStyle:
        """Return how a status is filled.

        Parameters
        ----------
        status : Status
            Who holds the ground.

        Returns
        -------
        AreaStyle
            Its hue and pattern.

        Examples
        --------
        >>> LIGHT.area(Status.UKRAINIAN_HELD).hue
        '#0072B2'
        """
        by_status = {
            Status.UKRAINIAN_HELD: self.ukrainian_held,
            Status.RUSSIAN_HELD: self.russian_held,
            Status.CONTESTED: self.contested,
            Status.UNSTATED: self.unstated,
        }
        return by_status[status]


_GAINED = Hatch("up", 4.5, 1.9, 0.85)
_LOST = Hatch("down", 8.0, 1.3, 0.8)

LIGHT = Theme(
    name="light",
    outside="#E9E7E1",
    land="#F3F1EC",
    water="#D9E4EA",
    ink="#1F2328",
    muted="#595F66",
    halo="#FBFAF7",
    paper="#FFFFFF",
    rule="#D8D5CD",
    edge="#868A8E",
    accent="#1F2328",
    focus="#0B57D0",
    country_label="#65686B",
    oblast_label="#6A6B65",
    water_label="#3F6479",
    coast=LineStyle("#9DB2BF", 0.6),
    state_border=LineStyle("#74777A", 1.5),
    oblast_border=LineStyle("#A9A79F", 0.8, (4.0, 3.0)),
    graticule=LineStyle("#6E7F8A", 0.7, (), 0.45),
    window=LineStyle("#6F6C66", 0.9, (1.5, 3.0)),
    front=LineStyle("#1F2328", 2.6),
    front_casing=LineStyle("#FFFFFF", 5.0, (), 0.85),
    fixed_edge=LineStyle("#1F2328", 0.7, (), 0.35),
    previous_front=LineStyle("#1F2328", 1.3, (5.0, 3.5)),
    launch=LineStyle("#3A3F45", 1.3, (), 0.9),
    range_circle=LineStyle("#3A3F45", 1.1, (5.0, 5.0), 0.8),
    ukrainian_held=AreaStyle(BLUE, "#005A8E", 0.26, Hatch("down", 7.0, 0.9, 0.28)),
    russian_held=AreaStyle(VERMILION, "#A84700", 0.24, Hatch("up", 7.0, 0.9, 0.28)),
    unstated=AreaStyle("#6F6A5E", "#56524A", 0.22, Hatch("level", 6.0, 0.8, 0.3)),
    contested=AreaStyle("#6B6670", "#55515A", 0.10, Hatch("both", 8.0, 1.1, 0.75), "#6B6670"),
    gained=_GAINED,
    lost=_LOST,
    event="#1F2328",
)

DARK = Theme(
    name="dark",
    outside="#15181B",
    land="#23272B",
    water="#161F26",
    ink="#ECEAE4",
    muted="#A9AEB4",
    halo="#1B1E21",
    paper="#1B1F23",
    rule="#3A4046",
    edge="#7C838A",
    accent="#ECEAE4",
    focus="#8AB4F8",
    country_label="#9BA1A6",
    oblast_label="#959BA0",
    water_label="#6F93AA",
    coast=LineStyle("#3F5360", 0.6),
    state_border=LineStyle("#8E9499", 1.5),
    oblast_border=LineStyle("#50565C", 0.8, (4.0, 3.0)),
    graticule=LineStyle("#8FA3B0", 0.7, (), 0.35),
    window=LineStyle("#8C8F92", 0.9, (1.5, 3.0)),
    front=LineStyle("#F4F2EC", 2.6),
    front_casing=LineStyle("#0E1012", 5.0, (), 0.8),
    fixed_edge=LineStyle("#F4F2EC", 0.7, (), 0.35),
    previous_front=LineStyle("#F4F2EC", 1.3, (5.0, 3.5)),
    launch=LineStyle("#D5D3CD", 1.3, (), 0.9),
    range_circle=LineStyle("#D5D3CD", 1.1, (5.0, 5.0), 0.8),
    ukrainian_held=AreaStyle("#3D9BD6", "#7CC0EA", 0.34, Hatch("down", 7.0, 0.9, 0.4)),
    russian_held=AreaStyle("#E8772A", "#F5A266", 0.32, Hatch("up", 7.0, 0.9, 0.4)),
    unstated=AreaStyle("#A8A394", "#BDB8AA", 0.26, Hatch("level", 6.0, 0.8, 0.4)),
    contested=AreaStyle("#B3AEB8", "#C4BFC9", 0.10, Hatch("both", 8.0, 1.1, 0.7), "#B3AEB8"),
    gained=_GAINED,
    lost=_LOST,
    event="#F4F2EC",
)

#: The themes by name.
THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_named(name: str) -> Theme:
    """Return a theme.

    Parameters
    ----------
    name : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    Theme
        The one of that name.

    Raises
    ------
    NotFoundError
        If there is none.

    Examples
    --------
    >>> theme_named("dark").name
    'dark'
    """
    try:
        return THEMES[name]
    except KeyError:
        raise NotFoundError(f"no theme {name!r}; there is {', '.join(THEMES)}") from None


def as_json() -> dict[str, dict[str, Any]]:
    """Return every theme as plain values, for a page that draws on canvas.

    Returns
    -------
    dict
        By theme, then by the names of the table's columns.

    Examples
    --------
    >>> as_json()["light"]["land"]
    '#F3F1EC'
    """
    return {name: asdict(theme) for name, theme in THEMES.items()}


def as_css_variables() -> str:
    """Return the colours of text and surfaces as CSS custom properties, one block a theme.

    Returns
    -------
    str
        ``.fm-map[data-theme="light"] { --fm-ink: ...; }`` and so on.

    Examples
    --------
    >>> "--fm-ink: #1F2328;" in as_css_variables()
    True
    """
    names = ("ink", "muted", "halo", "paper", "rule", "edge", "accent", "focus", "outside")
    blocks = []
    for theme in THEMES.values():
        pairs = {name: str(getattr(theme, name)) for name in names}
        for status in Status:
            pairs[status.value.replace("_", "-")] = theme.area(status).text
        body = "".join(f" --fm-{name}: {value};" for name, value in pairs.items())
        blocks.append(f'.fm-map[data-theme="{theme.name}"] {{{body} }}')
    return f".fm, .fm-map {{ --fm-font: {FONT_STACK}; }}\n" + "\n".join(blocks) + "\n"
