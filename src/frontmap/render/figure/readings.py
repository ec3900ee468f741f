"""What a figure says of each timeline on its date: the area, its band, its age, its change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from frontmap.analyse import gained_and_lost
from frontmap.model import Status
from frontmap.render.figure.memory import bands_km2

if TYPE_CHECKING:
    import datetime as dt

    from frontmap.analyse import Change
    from frontmap.dataset import Dataset
    from frontmap.model import Sector
    from frontmap.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Reading:
    """One timeline on the date of a figure.

    Parameters
    ----------
    line : Timeline
        What is read.
    sector : Sector
        Its sector.
    position : int
        Of the assessment in force; -1 before the first.
    date, since : datetime.date
        The date of the figure, and of the comparison where there is one.
    band_km2, band_before_km2 : float
        Half the width of the bands.
    before : int
        Position of the assessment in force on the day of the comparison; -1 where there is none.
    change : Change or None
        Since then.
    """

    line: Timeline
    sector: Sector
    position: int
    date: dt.date
    since: dt.date | None
    band_km2: float
    before: int
    band_before_km2: float
    change: Change | None

    @property
    def as_of(self) -> dt.date | None:
        """The date of the assessment in force."""
        return self.line.dates[self.position] if self.position >= 0 else None

    @property
    def age_days(self) -> int:
        """How old that assessment is."""
        return (self.date - self.as_of).days if self.as_of is not None else 0

    @property
    def area_km2(self) -> float | None:
        """The area in force."""
        return self.line.area_at(self.date)

    @property
    def area_before_km2(self) -> float | None:
        """The area in force on the day of the comparison."""
        return self.line.area_at(self.since) if self.since is not None else None

    @property
    def as_of_before(self) -> dt.date | None:
        """The date of the assessment then in force."""
        return self.line.dates[self.before] if self.before >= 0 else None

    @property
    def measured(self) -> bool:
        """True where this is the status that its sector measures."""
        return self.line.status == self.sector.status


def readings_on(dataset: Dataset, date: dt.date, since: dt.date | None) -> list[Reading]:
    """Return what every timeline says on a date, what is contested after what is held.

    Parameters
    ----------
    dataset : Dataset
        Any.
    date : datetime.date
        The day.
    since : datetime.date, optional
        The day to compare with.

    Returns
    -------
    list of Reading
        In the order of the data set's sectors.

    Examples
    --------
    >>> import datetime as dt, frontmap
    >>> dataset = frontmap.read()
    >>> found = readings_on(dataset, dt.date(2024, 11, 2), None)
    >>> [str(one.as_of) for one in found if one.sector.id == "kursk" and one.measured]
    ['2024-10-31']
    """
    lines = sorted(
        dataset.timelines, key=lambda line: (line.sector, line.status is Status.CONTESTED)
    )
    return [_reading(dataset, line, date, since) for line in lines]


def _reading(dataset: Dataset, line: Timeline, date: dt.date, since: dt.date | None) -> Reading:
    bands = bands_km2(dataset, line)
    position = line.position(date)
    before = line.position(since) if since is not None else -1
    return Reading(
        line=line,
        sector=dataset.sectors[line.sector],
        position=position,
        date=date,
        since=since,
        band_km2=float(bands.iloc[position]) if position >= 0 else float("nan"),
        before=before,
        band_before_km2=float(bands.iloc[before]) if before >= 0 else float("nan"),
        change=gained_and_lost(line, since, date) if since is not None else None,
    )
