"""Extents over time.

A timeline is a step function: an extent holds from its date until the next assessment. Before the
first assessment nothing is known, and `Timeline.at` says so with ``None``.
"""

from __future__ import annotations

import bisect
import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from frontmap.errors import DataError
from frontmap.extents import StoredExtents
from frontmap.topology import build

if TYPE_CHECKING:
    from frontmap.model import Extent, Method, Status
    from frontmap.topology import Topology


def as_date(value: str | dt.date) -> dt.date:
    """Read a date.

    Parameters
    ----------
    value : str or datetime.date
        ISO 8601 (``YYYY-MM-DD``) when it is a text.

    Returns
    -------
    datetime.date
        The day, without a time.

    Raises
    ------
    DataError
        If the text is no such date.

    Examples
    --------
    >>> as_date("2024-09-30")
    datetime.date(2024, 9, 30)
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    day: dt.date | None
    try:
        day = dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != value:  # ISO 8601 has other forms; one is enough
        raise DataError(f"{value!r} is no date: write it as YYYY-MM-DD")
    return day


@dataclass(frozen=True)
class Timeline:
    """The extents of one sector, status and source, in order of date.

    Parameters
    ----------
    sector : str
        The sector's id.
    status : Status
        Who holds the ground.
    source : str
        The source's id.
    extents : tuple of Extent, or StoredExtents
        Strictly ascending in ``valid_from``.

    Raises
    ------
    DataError
        If there is no extent, or two share a date.

    Examples
    --------
    >>> import frontmap
    >>> kursk = frontmap.read().timeline("kursk")
    >>> kursk.at("2024-10-04").valid_from.isoformat()
    '2024-09-30'
    """

    sector: str
    status: Status
    source: str
    extents: tuple[Extent, ...] | StoredExtents

    def __post_init__(self) -> None:
        """Check the order of the dates."""
        if not self.extents:
            raise DataError(f"the timeline {self.sector}/{self.status} holds no extent")
        for earlier, later in pairwise(self.dates):
            if earlier >= later:
                raise DataError(
                    f"{self.sector}/{self.status}/{self.source}: two extents for "
                    f"{later}, or out of order; keep one a date"
                )

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates of the assessments, ascending."""
        if isinstance(self.extents, StoredExtents):
            return self.extents.dates
        return tuple(extent.valid_from for extent in self.extents)

    @cached_property
    def methods(self) -> tuple[Method, ...]:
        """How each outline came to be."""
        if isinstance(self.extents, StoredExtents):
            return self.extents.methods
        return tuple(extent.method for extent in self.extents)

    @cached_property
    def errors_m(self) -> tuple[float, ...]:
        """The positional error of each assessment in metres; NaN where nobody stated one."""
        if isinstance(self.extents, StoredExtents):
            return self.extents.errors_m
        return tuple(extent.positional_error_m for extent in self.extents)

    @cached_property
    def topology(self) -> Topology:
        """The distinct edges of all extents, with the dates for which each exists."""
        if isinstance(self.extents, StoredExtents):
            return self.extents.topology
        return build(self.dates, [extent.geometry for extent in self.extents], valid=True)

    @cached_property
    def _areas_km2(self) -> tuple[float, ...]:
        return tuple(self.topology.areas_km2().tolist())

    def position(self, date: str | dt.date) -> int:
        """Return which assessment is in force on a date.

        Parameters
        ----------
        date : str or datetime.date
            Any day.

        Returns
        -------
        int
            Position in ``dates``, or -1 before the first.

        Examples
        --------
        >>> import frontmap
        >>> frontmap.read().timeline("kursk").position("2024-10-04")
        0
        """
        return bisect.bisect_right(self.dates, as_date(date)) - 1

    def at(self, date: str | dt.date) -> Extent | None:
        """Return the extent in force on a date.

        Parameters
        ----------
        date : str or datetime.date
            Any day.

        Returns
        -------
        Extent or None
            The latest assessment on or before that day; ``None`` before the first.
        """
        position = self.position(date)
        return self.extents[position] if position >= 0 else None

    def areas(self) -> pd.Series[float]:
        """Return the area at each assessment.

        Returns
        -------
        Series
            Square kilometres, named ``area_km2``, indexed by date.

        Examples
        --------
        >>> import frontmap
        >>> int(frontmap.read().timeline("kursk").areas().iloc[[0, -1]].round(-1).sum())
        1260
        """
        index = pd.DatetimeIndex(self.dates, name="date")
        return pd.Series(self._areas_km2, index=index, name="area_km2")

    def area_at(self, date: str | dt.date) -> float | None:
        """Return the area in force on a date.

        Parameters
        ----------
        date : str or datetime.date
            Any day.

        Returns
        -------
        float or None
            Square kilometres; ``None`` before the first assessment.
        """
        position = self.position(date)
        return self._areas_km2[position] if position >= 0 else None
