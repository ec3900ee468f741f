"""The areas of a sector over time as rows of a chart's sheet: a step at each assessment."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from frontmap.analyse import band_km2

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from frontmap.dataset import Dataset
    from frontmap.model import Claim
    from frontmap.timeline import Timeline

#: A band stands at no more assessments than this; the last one always has its own.
_MOST_BANDS = 24

Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One timeline on the rows of a chart.

    Parameters
    ----------
    line : Timeline
        Which.
    areas_km2 : tuple of float or None
        By row; ``None`` before the first assessment.
    bands_km2 : tuple of float or None
        By row, where an assessment's band stands.
    """

    line: Timeline
    areas_km2: Values
    bands_km2: Values


@dataclass(frozen=True, slots=True)
class Steps:
    """The rows of a chart: a date stands twice where an area steps.

    Parameters
    ----------
    days : tuple of datetime.date
        By row, ascending.
    curves : tuple of Curve
        What the sector measures first.
    published_km2 : tuple of float or None
        By row: published figures.
    """

    days: tuple[dt.date, ...]
    curves: tuple[Curve, ...]
    published_km2: Values


def steps(dataset: Dataset, sector: str, until: dt.date) -> Steps | None:
    """Return the curves of a sector up to a day.

    Parameters
    ----------
    dataset : Dataset
        Any.
    sector : str
        A sector's id.
    until : datetime.date
        Nothing later is told.

    Returns
    -------
    Steps or None
        ``None`` where nothing is assessed by then.

    Examples
    --------
    >>> import datetime as dt, frontmap
    >>> found = steps(frontmap.read(), "kursk", dt.date(2024, 10, 15))
    >>> [day.isoformat()[5:] for day in found.days]
    ['09-30', '10-10', '10-10', '10-15']
    >>> [round(area) for area in found.curves[0].areas_km2]
    [742, 742, 702, 702]
    """
    measured = dataset.sectors[sector].status
    lines = [line for line in dataset.select(sector) if line.dates[0] <= until]
    if not lines:
        return None
    lines.sort(key=lambda line: line.status != measured)
    claims = [
        claim
        for claim in dataset.claims
        if (claim.metric, claim.sector, claim.status) == ("area_km2", sector, measured)
        and claim.date_end <= until
    ]
    rows = _rows(lines, claims, until)
    days = tuple(day for day, _ in rows)
    curves = tuple(_curve(dataset, line, rows) for line in lines)
    return Steps(days, curves, _published(claims, rows))


#: A day, and whether what is assessed on it holds already.
_Row = tuple["dt.date", bool]


def _rows(lines: Sequence[Timeline], claims: Sequence[Claim], until: dt.date) -> list[_Row]:
    """Return the rows: assessments, figures' days, the last day; before each step, too."""
    assessed = sorted({day for line in lines for day in line.dates if day <= until})
    rows = {(day, True) for day in assessed} | {(until, True)}
    rows |= {(day, False) for day in assessed if any(_steps_on(line, day) for line in lines)}
    rows |= {(claim.date_end, True) for claim in claims if claim.date_end >= assessed[0]}
    return sorted(rows)


def _steps_on(line: Timeline, day: dt.date) -> bool:
    """Tell whether an area changes on a day: one that does not has no upright line."""
    position = line.position(day)
    if position < 1 or line.dates[position] != day:
        return False
    before, after = line.areas().iloc[position - 1 : position + 1].round(3)
    return bool(before != after)


def _curve(dataset: Dataset, line: Timeline, rows: Sequence[_Row]) -> Curve:
    areas, bands = line.areas().to_numpy(), band_km2(dataset, line).to_numpy()
    known = line.position(rows[-1][0]) + 1
    step = math.ceil(known / _MOST_BANDS)
    banded = set(range(known - 1, -1, -step))
    heights: list[float | None] = []
    widths: list[float | None] = []
    for day, after in rows:
        position = line.position(day)
        new = position >= 0 and line.dates[position] == day
        shown = position - (new and not after)
        heights.append(round(float(areas[shown]), 3) if shown >= 0 else None)
        bears = new and after and position in banded and not math.isnan(bands[position])
        widths.append(round(float(bands[position]), 3) if bears else None)
    return Curve(line, tuple(heights), tuple(widths))


def _published(claims: Sequence[Claim], rows: Sequence[_Row]) -> Values:
    by_day = {claim.date_end: claim.value for claim in claims}
    return tuple(by_day.get(day) if after else None for day, after in rows)
