"""The data set: sectors, timelines, events, claims and sources, and what they were read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from frontmap.errors import NotFoundError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from frontmap.model import Basemap, Claim, Event, Figure, Place, Repair, Sector, Source
    from frontmap.timeline import Timeline

#: The columns of the table that `Dataset.areas` returns, in their order.
AREA_COLUMNS = ("sector", "status", "date", "area_km2", "positional_error_m", "method", "source")


@dataclass(frozen=True)
class Dataset:
    """Sectors, timelines, events, claims and sources, and the hash of what they were read from.

    Parameters
    ----------
    timelines : tuple of Timeline
        Ordered by sector, status and source.
    sectors, sources : mapping from id
        What the timelines refer to.
    events, claims, series, places : tuple
        In order of date, or of rank.
    basemap : Basemap, optional
        The ground.
    hashes : mapping of str to str
        The SHA-256 of every file that was read, by its name.
    repairs : tuple of Repair
        What was mended on the way in.
    """

    timelines: tuple[Timeline, ...]
    sectors: Mapping[str, Sector] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    series: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()
    basemap: Basemap | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of all the files that the data set was read from, names included."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    @cached_property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last date of any assessment."""
        dates = [date for timeline in self.timelines for date in timeline.dates]
        return min(dates), max(dates)

    def timeline(
        self, sector: str, status: str | None = None, source: str | None = None
    ) -> Timeline:
        """Return the timeline of a sector.

        Parameters
        ----------
        sector : str
            The sector's id.
        status : str, optional
            By default the status that the sector measures.
        source : str, optional
            Needed when several sources assess the same.

        Returns
        -------
        Timeline
            The one that fits.

        Raises
        ------
        NotFoundError
            If none fits, or several do.
        """
        if status is None and sector in self.sectors:
            status = self.sectors[sector].status
        found = self.select(sector, status, source)
        if len(found) > 1:
            names = ", ".join(f"{line.status}/{line.source}" for line in found)
            raise NotFoundError(f"{sector} has several timelines ({names}): name one of them")
        return found[0]

    def select(
        self, sector: str | None = None, status: str | None = None, source: str | None = None
    ) -> tuple[Timeline, ...]:
        """Return the timelines that fit, at least one.

        Parameters
        ----------
        sector, status, source : str, optional
            What to keep; by default everything.

        Returns
        -------
        tuple of Timeline
            In the order of the data set.

        Raises
        ------
        NotFoundError
            If a name is not in the data set, or no timeline fits all of them.
        """
        wanted = {"sector": sector, "status": status, "source": source}
        for kind, name in wanted.items():
            self._check_known(kind, name, {getattr(line, kind) for line in self.timelines})
        found = tuple(
            line
            for line in self.timelines
            if all(name is None or getattr(line, kind) == name for kind, name in wanted.items())
        )
        if not found:
            named = ", ".join(f"{kind} {name}" for kind, name in wanted.items() if name)
            raise NotFoundError(f"no timeline with {named}")
        return found

    @staticmethod
    def _check_known(kind: str, name: str | None, known: Iterable[str]) -> None:
        names = sorted(str(value) for value in known)
        if name is not None and name not in names:
            raise NotFoundError(f"no {kind} {name!r} here; there is {', '.join(names) or 'none'}")

    def areas(self, sector: str | None = None, status: str | None = None) -> pd.DataFrame:
        """Return the area of every extent as a table.

        Parameters
        ----------
        sector, status : str, optional
            What to keep; by default everything.

        Returns
        -------
        DataFrame
            The columns of `AREA_COLUMNS`; dates as ISO texts, areas in square kilometres.

        Examples
        --------
        >>> import frontmap
        >>> frontmap.read().areas("kursk", "ukrainian_held").columns[:4].tolist()
        ['sector', 'status', 'date', 'area_km2']
        """
        rows = [
            (
                line.sector,
                str(line.status),
                date.isoformat(),
                area,
                error_m,
                str(method),
                line.source,
            )
            for line in self.select(sector, status)
            for date, area, error_m, method in zip(
                line.dates, line.areas(), line.errors_m, line.methods, strict=True
            )
        ]
        return pd.DataFrame(rows, columns=list(AREA_COLUMNS))
