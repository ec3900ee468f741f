"""The rows of every table: what was assessed, what it measures, and how long it held."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from frontmap.analyse import band_km2
from frontmap.errors import DataError
from frontmap.timeline import as_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from frontmap.dataset import Dataset
    from frontmap.timeline import Timeline

#: Areas are written to a millionth of a square kilometre: a square metre.
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a data set is wanted.

    Parameters
    ----------
    date : datetime.date, optional
        Only what is in force on this day; by default every assessment.
    sector, status : str, optional
        Only these; by default all.
    baseline : datetime.date, optional
        The day to compare with.
    """

    date: dt.date | None = None
    sector: str | None = None
    status: str | None = None
    baseline: dt.date | None = None

    @classmethod
    def of(
        cls,
        date: str | dt.date | None = None,
        sector: str | None = None,
        status: str | None = None,
        baseline: str | dt.date | None = None,
    ) -> Selection:
        """Return a selection by days that may be ISO 8601 texts.

        Parameters
        ----------
        date, baseline : str or datetime.date, optional
            Days.
        sector, status : str, optional
            Names.

        Returns
        -------
        Selection
            With its days parsed.

        Examples
        --------
        >>> Selection.of("2024-11-21").date
        datetime.date(2024, 11, 21)
        """
        days = [None if day is None else as_date(day) for day in (date, baseline)]
        return cls(days[0], sector, status, days[1])


@dataclass(frozen=True, slots=True)
class Assessment:
    """One extent as a row: areas in square kilometres, ``None`` where nothing is known.

    Parameters
    ----------
    timeline : Timeline
        Whose extent it is.
    position : int
        Which of them.
    area_km2, band_km2 : float
        The area, and half the width of its band.
    net_change_km2, gained_km2, lost_km2 : float, optional
        Against the extent in force on the baseline.
    """

    timeline: Timeline
    position: int
    area_km2: float
    band_km2: float | None
    net_change_km2: float | None = None
    gained_km2: float | None = None
    lost_km2: float | None = None

    @property
    def valid_from(self) -> dt.date:
        """The date of the assessment."""
        return self.timeline.dates[self.position]

    @property
    def valid_to(self) -> dt.date | None:
        """The date of the next assessment, from which this one no longer holds."""
        later = self.timeline.dates[self.position + 1 : self.position + 2]
        return later[0] if later else None

    @property
    def positional_error_m(self) -> float | None:
        """How far the line may lie from the true one."""
        return _known(self.timeline.errors_m[self.position])

    def measures(self, *, compared: bool) -> dict[str, float | None]:
        """Return the numbers of the row by their names, units included.

        Parameters
        ----------
        compared : bool
            With the change since the baseline.

        Returns
        -------
        dict
            In the order of the columns.
        """
        plain = {
            "area_km2": self.area_km2,
            "band_km2": self.band_km2,
            "positional_error_m": self.positional_error_m,
        }
        change = {
            "net_change_km2": self.net_change_km2,
            "gained_km2": self.gained_km2,
            "lost_km2": self.lost_km2,
        }
        return {**plain, **change} if compared else plain


def assessments(dataset: Dataset, selection: Selection) -> tuple[Assessment, ...]:
    """Return the rows of a selection.

    Parameters
    ----------
    dataset : Dataset
        Where to look.
    selection : Selection
        What is wanted.

    Returns
    -------
    tuple of Assessment
        By sector, status, source and date; at least one.

    Raises
    ------
    FrontmapError
        If a name is not there, or nothing is assessed on or before a day.

    Examples
    --------
    >>> import frontmap
    >>> rows = assessments(frontmap.read(), Selection.of("2024-10-04", "toretsk"))
    >>> [row.valid_from.isoformat() for row in rows]
    ['2024-09-30']
    """
    lines = dataset.select(selection.sector, selection.status)
    for day in filter(None, (selection.date, selection.baseline)):
        if all(line.position(day) < 0 for line in lines):
            first = min(line.dates[0] for line in lines)
            raise DataError(f"nothing is assessed on or before {day}; the first is {first}")
    return tuple(row for line in lines for row in _rows(dataset, line, selection))


def _rows(dataset: Dataset, line: Timeline, selection: Selection) -> Iterator[Assessment]:
    positions = np.arange(len(line.dates))
    if selection.date is not None:
        positions = positions[positions == line.position(selection.date)]
    if not len(positions):
        return
    areas = line.areas().to_numpy()
    bands = band_km2(dataset, line).to_numpy()
    base = -1 if selection.baseline is None else line.position(selection.baseline)
    change = None if base < 0 else line.topology.changes(base, positions)
    for number, position in enumerate(positions.tolist()):
        row = Assessment(line, position, _rounded(areas[position]), _known(bands[position]))
        if change is None:
            yield row
            continue
        yield Assessment(
            *(row.timeline, row.position, row.area_km2, row.band_km2),
            net_change_km2=_rounded(areas[position] - areas[base]),
            gained_km2=_rounded(change.gained_km2[number]),
            lost_km2=_rounded(change.lost_km2[number]),
        )


def _rounded(value: float) -> float:
    return round(float(value), _DECIMALS) + 0.0  # no negative zero


def _known(value: float) -> float | None:
    return None if math.isnan(value) else _rounded(value)
