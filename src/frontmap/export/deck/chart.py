"""A chart that PowerPoint draws and its reader can edit, with its own sheet of numbers.

A line on an axis of dates: where a date stands twice, both programs draw an upright step.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

from frontmap.export.deck.slide import PT_PER_IN, Line, describe, height_pt, plain, write_box
from frontmap.export.deck.template import Area
from frontmap.language import format_area_km2
from frontmap.model import Status
from frontmap.render.figure.words import GAP
from frontmap.render.style import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide

    from frontmap.dataset import Dataset
    from frontmap.export.deck.curve import Curve, Steps
    from frontmap.render.figure.words import Words

#: About so many dates are written along an axis.
_TICKS = 5
#: Dates along the axis by language: of a short span, and of more than a year.
_DATES = {"en": ("d mmm", "mmm yyyy"), "ja": ('m"月"d"日"', 'yyyy"年"m"月"')}
_TITLE_PT, _TEXT_PT, _AXIS_PT = 14, 11, 10


def paint_curve(
    slide: Slide, area: Area, dataset: Dataset, sector: str, found: Steps, words: Words
) -> None:
    """Put the chart of a sector on a slide.

    Parameters
    ----------
    slide : Slide
        Any.
    area : Area
        Where.
    dataset : Dataset
        Names the sector.
    sector : str
        Its id.
    found : Steps
        Its curves.
    words : Words
        The languages.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Emu

    name = GAP.join(words.text(dataset.sectors[sector].name))
    columns, heading = _columns(found, words), _heading(name, found, words)
    head, plot = _parts(area, heading)
    write_box(slide, name, head, heading)
    data = CategoryChartData(number_format="#,##0.0")
    data.categories = list(found.days)
    drawn = len(found.curves) + any(found.published_km2)
    for head_text, values in columns[:drawn]:
        data.add_series(head_text, values)
    drawing = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *map(Emu, plot.emu), data)
    chart: Any = drawing.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(found.days, columns, words))
    _style(chart, found, words)
    described = [name, *(_reading(curve, found, words) for curve in found.curves)]
    describe(drawing, f"{words.say('deck.chart')[0]}: {name}", ". ".join(described))


def _parts(area: Area, heading: list[Line]) -> tuple[Area, Area]:
    """Return where the heading stands, and the chart below it."""
    high = height_pt(heading, area.width * PT_PER_IN) / PT_PER_IN + 0.05
    left, top, width, height = area
    return Area(left, top, width, high), Area(left, top + high, width, height - high)


def _columns(found: Steps, words: Words) -> list[tuple[str, tuple[float | None, ...]]]:
    """Return the columns of the sheet after the dates: what is drawn, then the bands."""
    columns = [(f"{_status(curve, words)} (km²)", curve.areas_km2) for curve in found.curves]
    if any(found.published_km2):
        columns.append((f"{words.line('deck.published')} (km²)", found.published_km2))
    band = words.line("column.band_km2")
    return columns + [
        (f"{_status(curve, words)}: {band}", curve.bands_km2) for curve in found.curves
    ]


def _status(curve: Curve, words: Words) -> str:
    return plain(f"{words.line(f'status.{curve.line.status}')} · {curve.line.source}")


def _sheet(
    days: Sequence[dt.date],
    columns: Sequence[tuple[str, tuple[float | None, ...]]],
    words: Words,
) -> bytes:
    """Return the workbook behind a chart, without a clock and without formulas."""
    import xlsxwriter

    stream = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, {**safe, "in_memory": True})
    book.set_properties({"created": dt.datetime.combine(days[-1], dt.time())})
    page = book.add_worksheet("Sheet1")
    day_form = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    number_form = book.add_format({"num_format": "#,##0.0"})
    page.write_string(0, 0, words.line("column.date"))
    page.set_column(0, 0, 12)
    for row, day in enumerate(days, start=1):
        page.write_datetime(row, 0, dt.datetime.combine(day, dt.time()), day_form)
    for column, (name, values) in enumerate(columns, start=1):
        page.write_string(0, column, name)
        page.set_column(column, column, max(12, len(name)))
        for row, value in enumerate(values, start=1):
            if value is not None:
                page.write_number(row, column, value, number_form)
    book.close()
    return stream.getvalue()


def _style(chart: Any, found: Steps, words: Words) -> None:
    """Draw the lines in the hues of their holders, the bands, and quiet axes."""
    from pptx.util import Pt

    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(_AXIS_PT)
    series = list(chart.plots[0].series)
    bands = len(series) + 1
    sources = [curve.line.source for curve in found.curves]
    for number, curve in enumerate(found.curves):
        hue = _hue(curve)
        rival = sources[number] != sources[0]
        _line(series[number], hue, dashed=rival)
        _error_bars(series[number], hue, curve.bands_km2, bands + number)
    if len(series) > len(found.curves):
        _diamonds(series[-1])
    _axes(chart, found, words.languages[0])


def _hue(curve: Curve) -> str:
    style = LIGHT.area(curve.line.status)
    return style.text if curve.line.status is Status.CONTESTED else style.hue


def _line(series: Any, hue: str, *, dashed: bool) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE_DASH_STYLE
    from pptx.util import Pt

    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    line = series.format.line
    line.width = Pt(2.25)
    line.color.rgb = _rgb(hue)
    if dashed:
        line.dash_style = MSO_LINE_DASH_STYLE.DASH


def _diamonds(series: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.DIAMOND, 9
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(LIGHT.ink)
    series.marker.format.line.fill.background()


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour[1:])


def _error_bars(series: Any, hue: str, bands: Sequence[float | None], column: int) -> None:
    """Draw the bands; the library has no word for them."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    known = {row: band for row, band in enumerate(bands) if band is not None}
    if not known:
        return
    letter = _letters(column)
    points = "".join(f'<c:pt idx="{row}"><c:v>{band}</c:v></c:pt>' for row, band in known.items())
    widths = (
        f"<c:numRef><c:f>Sheet1!${letter}$2:${letter}${len(bands) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(bands)}"/>{points}'
        "</c:numCache></c:numRef>"
    )
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="0"/><c:plus>{widths}</c:plus>'
        f'<c:minus>{widths}</c:minus><c:spPr><a:ln w="9525"><a:solidFill>'
        f'<a:srgbClr val="{hue[1:]}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    series._element.find(f"{{{bars.nsmap['c']}}}cat").addprevious(bars)  # noqa: SLF001


def _letters(column: int) -> str:
    """Return the name of a column, counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _axes(chart: Any, found: Steps, language: str) -> None:
    from lxml import etree
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.util import Pt

    values, dates = chart.value_axis, chart.category_axis
    days = (found.days[-1] - found.days[0]).days
    values.minimum_scale, values.maximum_scale = 0, _ceiling(found)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "#,##0", False
    values.major_gridlines.format.line.color.rgb = _rgb(LIGHT.rule)
    values.major_gridlines.format.line.width = Pt(0.75)
    values.format.line.fill.background()
    values.major_tick_mark = XL_TICK_MARK.NONE
    long = days > 366
    dates.tick_labels.number_format = _DATES[language][long]
    dates.tick_labels.number_format_is_linked = False
    dates.format.line.color.rgb = _rgb(LIGHT.muted)
    dates.major_tick_mark = XL_TICK_MARK.OUTSIDE
    axis: Any = dates._element  # noqa: SLF001 - the library knows no steps of dates
    unit = "months" if days > 60 else "days"
    count = max(1, math.ceil(days / (30 if days > 60 else 1) / _TICKS))
    space = axis.nsmap["c"]
    for name, value in (("majorUnit", str(count)), ("majorTimeUnit", unit)):
        etree.SubElement(axis, f"{{{space}}}{name}").set("val", value)


def _ceiling(found: Steps) -> float:
    """Return a round number that no band passes."""
    highest = max(
        (area or 0.0) + (band or 0.0)
        for curve in found.curves
        for area, band in zip(curve.areas_km2, curve.bands_km2, strict=True)
    )
    highest = max(highest, 1.0, *(value or 0.0 for value in found.published_km2))
    step = 10 ** math.floor(math.log10(highest))
    return next(
        float(part * step)
        for part in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
        if part * step >= highest
    )


def _heading(name: str, found: Steps, words: Words) -> list[Line]:
    """Return the name of the sector and what its curves say last, in their hues."""
    lines = [Line(name, _TITLE_PT, bold=True)]
    for curve in found.curves:
        colour = LIGHT.area(curve.line.status).text
        lines.append(Line(_last(curve, found, words), _TEXT_PT, colour=colour))
    return lines


def _last(curve: Curve, found: Steps, words: Words) -> str:
    """Return what a curve says on the last day."""
    status = words.line(f"status.{curve.line.status}")
    return f"{status} {_area(curve)}, {words.say('figure.as_of', as_of=_assessed(curve, found))[0]}"


def _reading(curve: Curve, found: Steps, words: Words) -> str:
    first = next(number for number, area in enumerate(curve.areas_km2) if area is not None)
    area = format_area_km2(curve.areas_km2[first] or 0.0, curve.bands_km2[first])
    begin = words.say("figure.as_of", as_of=curve.line.dates[0])[0]
    status = words.say(f"status.{curve.line.status}")[0]
    return f"{status} {area}, {begin}; {_last(curve, found, words)}"


def _area(curve: Curve) -> str:
    band = next((band for band in reversed(curve.bands_km2) if band is not None), None)
    return format_area_km2(curve.areas_km2[-1] or 0.0, band)


def _assessed(curve: Curve, found: Steps) -> dt.date:
    return curve.line.dates[curve.line.position(found.days[-1])]
