"""The figures of a composition: areas with their bands and dates, and what changed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from frontmap.language import format_area_km2, format_change_km2, message
from frontmap.model import Status
from frontmap.render.figure.column import Cell, Row
from frontmap.render.figure.words import near_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from frontmap.render.figure.readings import Reading
    from frontmap.render.figure.words import Words
    from frontmap.render.style import Theme


def age_line(readings: Sequence[Reading], words: Words, day: dt.date) -> tuple[str, ...]:
    """Return what is said of how old the assessments are.

    Parameters
    ----------
    readings : sequence of Reading
        Those that the figure is about.
    words : Words
        The languages.
    day : datetime.date
        The date of the figure.

    Returns
    -------
    tuple of str
        One text a language.
    """
    known = [one for one in readings if one.as_of is not None]
    if not known:
        first = min(one.line.dates[0] for one in readings)
        return words.say("figure.none_yet", date=day, first=first)
    dates = [one.as_of for one in known if one.as_of is not None]
    ages = [one.age_days for one in known]
    if max(ages) == 0:
        return words.say("figure.today")
    if len(set(dates)) > 1:
        return words.say(
            "figure.range", first=min(dates), last=max(dates), least=min(ages), most=max(ages)
        )
    key = "figure.one_day" if ages[0] == 1 else "figure.aged"
    return words.say(key, as_of=dates[0], days=ages[0])


def sector_rows(readings: Sequence[Reading], words: Words, theme: Theme, scale: float) -> list[Row]:
    """Return the figures of one sector.

    Parameters
    ----------
    readings : sequence of Reading
        Its timelines.
    words : Words
        The languages.
    theme : Theme
        Colours.
    scale : float
        Of the page.

    Returns
    -------
    list of Row
        From the top: what the sector measures first.
    """
    rows: list[Row] = []
    for number, one in enumerate(sorted(readings, key=lambda one: not one.measured)):
        if number:
            rows += _beside(one, words, theme, scale)
        else:
            rows += _leading(one, words, theme, scale)
    shown = [one for one in readings if one.as_of and not math.isnan(one.band_km2)]
    errors_m = sorted({one.line.errors_m[one.position] for one in shown})
    known = [f"{error:,.0f}" for error in errors_m if not math.isnan(error)]
    if known:
        notes = words.say("figure.band", errors_m=" / ".join(known))
        size = 6.8 * scale
        rows += [
            Row((Cell(note),), size, theme.muted, before=0 if number else size)
            for number, note in enumerate(notes)
        ]
    return rows


def _leading(one: Reading, words: Words, theme: Theme, scale: float) -> list[Row]:
    body = 9.0 * scale
    name = words.line(f"status.{one.line.status}")
    heading = Row((Cell(name),), body * 1.1, theme.area(one.line.status).text, "bold")
    if one.as_of is None or one.area_km2 is None:
        unknown = words.say("figure.unknown")
        return [heading, *(Row((Cell(text),), body, theme.ink) for text in unknown)]
    return [
        heading,
        Row((Cell(format_area_km2(one.area_km2, one.band_km2)),), 19.0 * scale, theme.ink, "bold"),
        Row((Cell(words.line("figure.as_of", as_of=one.as_of)),), body, theme.muted),
        *_change_rows(one, words, theme, scale),
    ]


def _beside(one: Reading, words: Words, theme: Theme, scale: float) -> list[Row]:
    """Return the rows of what a sector shows without measuring it."""
    size = 8.2 * scale
    contested = one.line.status is Status.CONTESTED
    name = words.line("figure.contested" if contested else f"status.{one.line.status}")
    area = (
        words.line("figure.unknown")
        if one.area_km2 is None
        else format_area_km2(one.area_km2, one.band_km2)
    )
    return [
        Row((Cell(name),), size, theme.area(one.line.status).text, "bold", before=size * 0.7),
        Row((Cell(area),), size, theme.ink),
    ]


def _change_rows(one: Reading, words: Words, theme: Theme, scale: float) -> list[Row]:
    """Return the rows of what changed; the areas with their bands stand on both sides of it."""
    if one.since is None:
        return []
    body = 9.0 * scale
    later = one.since > one.date
    heading = words.line("figure.against" if later else "figure.since", since=one.since)
    rows = [Row((Cell(heading),), body, theme.ink, "bold", before=body * 0.9, rule=theme.rule)]
    if one.change is None or one.area_before_km2 is None or one.area_km2 is None:
        unknown = words.say("figure.no_comparison")
        return [*rows, *(Row((Cell(text),), body, theme.ink) for text in unknown)]
    gained, lost = "figure.gained", "figure.lost"
    if later:
        gained, lost = "figure.legend.gained_against", "figure.legend.lost_against"
    values = {
        "figure.net": format_change_km2(one.area_km2 - one.area_before_km2),
        gained: format_area_km2(one.change.gained_km2),
        lost: format_area_km2(one.change.lost_km2),
        "figure.then": format_area_km2(one.area_before_km2, one.band_before_km2),
    }
    return rows + [
        Row(
            (Cell(words.line(key)), Cell(value, 1.0, "right")),
            body,
            theme.ink if key == "figure.net" else theme.muted,
            "bold" if key == "figure.net" else "regular",
        )
        for key, value in values.items()
    ]


def front_rows(readings: Sequence[Reading], words: Words, theme: Theme, scale: float) -> list[Row]:
    """Return the figures of all sectors as a table.

    Parameters
    ----------
    readings : sequence of Reading
        Of all sectors.
    words : Words
        The languages.
    theme : Theme
        Colours.
    scale : float
        Of the page.

    Returns
    -------
    list of Row
        One a sector, with what it measures; under a heading.
    """
    both = len(words.languages) > 1
    size, small = (8.4 if both else 9.4) * scale, 7.4 * scale
    since = next((one.since for one in readings), None)
    at = 0.74 if since is not None else 1.0
    heading = [Cell(words.line("figure.areas")), Cell("km²", at, "right")]
    if since is not None:
        first = words.languages[0]
        day = next(one.date for one in readings)
        heading.append(Cell(short_since(first, since, day), 1.0, "right"))
    rows = [Row(tuple(heading), small, theme.muted)]
    for one in readings:
        if not one.measured:
            continue
        rows += _front_row(one, words, theme, size, at)
    banded = any(one.measured and not math.isnan(one.band_km2) for one in readings)
    notes = words.say("figure.band_all") if banded else ()
    rows += [
        Row((Cell(note),), 6.8 * scale, theme.muted, before=0 if number else 7 * scale)
        for number, note in enumerate(notes)
    ]
    return rows


def short_since(language: str, since: dt.date, day: dt.date) -> str:
    """Return the heading of a column of changes.

    Parameters
    ----------
    language : str
        One of them.
    since, day : datetime.date
        The day of the comparison, and that of the figure.

    Returns
    -------
    str
        Without the year where both have the same.

    Examples
    --------
    >>> import datetime as dt
    >>> short_since("en", dt.date(2024, 9, 30), dt.date(2024, 12, 31))
    'since 30 Sep'
    >>> short_since("en", dt.date(2025, 1, 31), dt.date(2024, 12, 31))
    'against 31 Jan 2025'
    """
    key = "map.since" if since <= day else "map.against"
    return message(language, key, date=near_date(language, since, day))


def _front_row(one: Reading, words: Words, theme: Theme, size: float, at: float) -> list[Row]:
    first, *others = words.text(one.sector.name)
    cells = [Cell(first)]
    if one.area_km2 is None:
        cells.append(Cell("–", at, "right"))
    else:
        area = format_area_km2(one.area_km2, one.band_km2).removesuffix(" km²")
        cells.append(Cell(area, at, "right"))
    if one.since is not None:
        before, now = one.area_before_km2, one.area_km2
        change = (
            "–"
            if before is None or now is None
            else format_change_km2(now - before).removesuffix(" km²")
        )
        cells.append(Cell(change, 1.0, "right"))
    key = str(one.line.status)
    row = Row(tuple(cells), size, theme.ink, before=size * 0.3, rule=theme.rule, key=key)
    small = size * 0.78
    return [
        row,
        *(Row((Cell(text, 0.0),), small, theme.muted, indent=2.9 * size) for text in others),
    ]
