"""How QGIS draws the layers: its own style documents (QML), made from the one table of styles.

QGIS takes the default style of a layer from the table ``layer_styles`` of a GeoPackage. Pixels of
our table are CSS pixels; QGIS gets millimetres. The temporal controller finds its fields here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from frontmap.language import catalogue, message
from frontmap.model import Status
from frontmap.render.style import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from frontmap.render.style import Hatch, LineStyle

_MM_PER_PIXEL = 25.4 / 96
_ANGLES = {"up": (45,), "down": (135,), "both": (45, 135), "level": (0,)}
#: For so many days an event stays on the map, as on the page.
EVENT_DAYS = 7
#: An event's sign and its turn in degrees by its kind; every other kind is a circle.
_SIGNS = {"strike": ("diamond", 0), "withdrawal": ("triangle", 180), "participation": ("square", 0)}
#: How QGIS tells time: an instant in a field, or a start and an end in two.
_INSTANT, _START_AND_END = 1, 2


def styles(language: str, kinds: Sequence[str]) -> dict[str, str]:
    """Return the style of every layer that QGIS draws.

    Parameters
    ----------
    language : str
        Of the legend and of the places' names.
    kinds : sequence of str
        The kinds of events that there are.

    Returns
    -------
    dict of str to str
        A QML document by the layer's name.

    Examples
    --------
    >>> documents = styles("en", ["strike"])
    >>> sorted(documents)
    ['control', 'event_lines', 'events', 'front', 'places', 'sectors']
    >>> 'startField="valid_from"' in documents["control"]
    True
    """
    lasting = _temporal(_START_AND_END, startField="valid_from", endField="valid_to")
    brief = _temporal(_INSTANT, startField="date", durationUnit="d", fixedDuration=EVENT_DAYS)
    name = {"en": "name_en", "ja": "name_ja"}[language]
    return {
        "control": _document(lasting, _areas(language)),
        "front": _document(lasting, _single(_line(LIGHT.front_casing), _line(LIGHT.front))),
        "event_lines": _document(brief, _single(_line(LIGHT.launch))),
        "events": _document(brief, _signs(language, kinds)),
        "places": _document(None, _single(_marker("circle", 0, 1.6, LIGHT.muted)), _names(name)),
        "sectors": _document(None, _single(_line(LIGHT.window), kind="fill")),
    }


def _document(
    temporal: ET.Element | None, renderer: ET.Element, labels: ET.Element | None = None
) -> str:
    root = ET.Element(
        "qgis",
        version="3.22.0",
        styleCategories="Symbology|Labeling|Temporal",
        labelsEnabled=str(int(labels is not None)),
    )
    root.extend(part for part in (temporal, renderer, labels) if part is not None)
    kind = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return kind + ET.tostring(root, encoding="unicode")


def _temporal(mode: int, **fields: object) -> ET.Element:
    """Return how features follow the temporal controller; an end is the first day without."""
    fields = {"enabled": 1, "mode": mode, "limitMode": 0, "accumulate": 0, **fields}
    return ET.Element("temporal", {name: str(value) for name, value in fields.items()})


def _areas(language: str) -> ET.Element:
    """Return the hue and the pattern of every status."""
    symbols = {}
    for status in Status:
        style = LIGHT.area(status)
        hues = [style.hue, style.second or style.hue]
        fill = {"color": _colour(style.hue, style.fill_opacity), "outline_style": "no"}
        patterns = [
            _hatch(angle, style.hatch, hue)
            for angle, hue in zip(_ANGLES[style.hatch.direction], hues, strict=False)
        ]
        label = message(language, f"status.{status}")
        symbols[status.value] = (label, [_layer("SimpleFill", fill), *patterns])
    return _categories("status", symbols, "fill")


def _signs(language: str, kinds: Sequence[str]) -> ET.Element:
    symbols = {}
    for kind in kinds:
        sign, turn = _SIGNS.get(kind, ("circle", 0))
        layers = [_marker(sign, turn, 3.4, LIGHT.event)]
        symbols[kind] = (catalogue(language).get(f"map.kind.{kind}", kind), layers)
    symbols[""] = ("", [_marker("circle", 0, 3.0, LIGHT.event)])  # every other kind
    return _categories("kind", symbols, "marker")


def _categories(
    field: str, symbols: Mapping[str, tuple[str, list[ET.Element]]], kind: str
) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="categorizedSymbol", attr=field)
    listed = ET.SubElement(renderer, "categories")
    drawn = ET.SubElement(renderer, "symbols")
    for number, (value, (label, layers)) in enumerate(symbols.items()):
        ET.SubElement(
            listed, "category", symbol=str(number), value=value, label=label, render="true"
        )
        drawn.append(_symbol(str(number), kind, layers))
    return renderer


def _single(*layers: ET.Element, kind: str = "") -> ET.Element:
    renderer = ET.Element("renderer-v2", type="singleSymbol")
    kinds = {"SimpleLine": "line", "SimpleMarker": "marker"}
    symbol = _symbol("0", kind or kinds[layers[0].attrib["class"]], list(layers))
    ET.SubElement(renderer, "symbols").append(symbol)
    return renderer


def _symbol(name: str, kind: str, layers: list[ET.Element]) -> ET.Element:
    symbol = ET.Element("symbol", name=name, type=kind, alpha="1", clip_to_extent="1")
    for number, layer in enumerate(layers):
        for inner in layer.findall("symbol"):
            inner.set("name", f"@{name}@{number}")
        symbol.append(layer)
    return symbol


def _layer(kind: str, properties: Mapping[str, object]) -> ET.Element:
    layer = ET.Element("layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    options = ET.SubElement(layer, "Option", type="Map")
    for name, value in properties.items():
        ET.SubElement(options, "Option", type="QString", name=name, value=str(value))
    return layer


def _hatch(angle: int, hatch: Hatch, hue: str) -> ET.Element:
    distance = {"angle": angle, "distance": _mm(hatch.spacing), "distance_unit": "MM"}
    layer = _layer("LinePatternFill", distance)
    pen = {"line_color": _colour(hue, hatch.opacity), "line_width": _mm(hatch.width)}
    line = _layer("SimpleLine", {**pen, "line_width_unit": "MM"})
    layer.append(_symbol("", "line", [line]))
    return layer


def _line(style: LineStyle) -> ET.Element:
    dashes = ";".join(str(_mm(length)) for length in style.dash)
    plain = {
        "line_color": _colour(style.colour, style.opacity),
        "line_width": _mm(style.width),
        "line_width_unit": "MM",
        "capstyle": "flat" if dashes else "round",
        "joinstyle": "round",
    }
    dashed = {"use_custom_dash": 1, "customdash": dashes, "customdash_unit": "MM"}
    return _layer("SimpleLine", {**plain, **dashed} if dashes else plain)


def _marker(sign: str, turn: int, size_mm: float, colour: str) -> ET.Element:
    return _layer(
        "SimpleMarker",
        {
            "name": sign,
            "angle": turn,
            "size": size_mm,
            "size_unit": "MM",
            "color": _colour(colour),
            "outline_color": _colour(LIGHT.halo),
            "outline_width": 0.4,
            "outline_width_unit": "MM",
            "joinstyle": "round",
        },
    )


def _names(field: str) -> ET.Element:
    """Return labels: larger and placed earlier the more important the place."""
    labels = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labels, "settings")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=f'coalesce(nullif("{field}", \'\'), "name_en")',
        isExpression="1",
        fontSize="8",
        fontSizeUnit="Point",
        textColor=_colour(LIGHT.ink),
    )
    ET.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=_colour(LIGHT.halo),
    )
    ET.SubElement(settings, "placement", placement="0", dist="1", distUnits="MM", priority="5")
    ET.SubElement(settings, "rendering", obstacle="1", drawLabels="1")
    data = ET.SubElement(ET.SubElement(settings, "dd_properties"), "Option", type="Map")
    ET.SubElement(data, "Option", name="name", type="QString", value="")
    each = ET.SubElement(data, "Option", name="properties", type="Map")
    for name, expression in {
        "Size": 'case when "rank" <= 1 then 11 when "rank" <= 3 then 9 else 8 end',
        "Priority": '10 - "rank"',
    }.items():
        one = ET.SubElement(each, "Option", name=name, type="Map")
        ET.SubElement(one, "Option", name="active", type="bool", value="true")
        ET.SubElement(one, "Option", name="expression", type="QString", value=expression)
        ET.SubElement(one, "Option", name="type", type="int", value="3")
    ET.SubElement(data, "Option", name="type", type="QString", value="collection")
    return labels


def _mm(pixels: float) -> float:
    return round(pixels * _MM_PER_PIXEL, 4)


def _colour(hexadecimal: str, opacity: float = 1.0) -> str:
    red, green, blue = bytes.fromhex(hexadecimal.removeprefix("#"))
    return f"{red},{green},{blue},{round(opacity * 255)}"
