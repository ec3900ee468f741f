"""The dates of a deck: named one by one, at even steps, or those of events."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import shapely

from frontmap.errors import DataError
from frontmap.export.atlas.plan import step_days
from frontmap.timeline import as_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from frontmap.dataset import Dataset
    from frontmap.model import Event

#: More slides than this are a mistake more often than a wish.
MOST_DATES = 120


def slide_dates(
    dataset: Dataset,
    *,
    dates: Iterable[str | dt.date] = (),
    every: str | None = None,
    events: bool = False,
    sector: str | None = None,
) -> tuple[dt.date, ...]:
    """Return the dates that have a slide.

    Parameters
    ----------
    dataset : Dataset
        What is shown.
    dates : iterable of str or datetime.date
        Named one by one, in any order.
    every : str, optional
        A step such as ``"7d"`` or ``"2w"`` from the first assessment on; the day of the last one
        is among them.
    events : bool
        The dates of events; with a sector, of those that happened in its window.
    sector : str, optional
        A sector's id; by default all of them.

    Returns
    -------
    tuple of datetime.date
        Ascending, each once; the last assessment's where nothing is asked for.

    Raises
    ------
    FrontmapError
        If more than one way is asked for, or there is no such date, step, event or sector.

    Examples
    --------
    >>> import frontmap
    >>> found = slide_dates(frontmap.read(), every="6w")
    >>> [day.isoformat() for day in found]
    ['2024-09-30', '2024-11-11', '2024-12-23', '2024-12-31']
    """
    named = sorted({as_date(day) for day in dates})
    if sum((bool(named), every is not None, events)) > 1:
        raise DataError("dates, a step and events: ask for one of them")
    lines = dataset.select(sector)
    first = min(line.dates[0] for line in lines)
    last = max(line.dates[-1] for line in lines)
    if every is not None:
        named = _stepped(first, last, step_days(every))
    elif events:
        named = _of_events(dataset, first, last, sector)
    found = tuple(named) or (last,)
    if len(found) > MOST_DATES:
        raise DataError(f"{len(found)} dates: a deck has {MOST_DATES} at most; take a longer step")
    return found


def _stepped(first: dt.date, last: dt.date, days: int) -> list[dt.date]:
    """Return dates at even steps from the first assessment on, and the last one's."""
    steps = range(0, (last - first).days, days)
    return [*(first + dt.timedelta(days=step) for step in steps), last]


def _of_events(
    dataset: Dataset, first: dt.date, last: dt.date, sector: str | None
) -> list[dt.date]:
    found = sorted(
        {
            event.date
            for event in dataset.events
            if first <= event.date <= last and (sector is None or is_in(dataset, sector, event))
        }
    )
    if not found:
        where = "" if sector is None else f" in the window of {sector}"
        raise DataError(f"no event{where} from {first} to {last}")
    return found


def is_in(dataset: Dataset, sector: str, event: Event) -> bool:
    """Tell whether an event happened in the window of a sector.

    Parameters
    ----------
    dataset : Dataset
        Knows the sector.
    sector : str
        Its id.
    event : Event
        Any.

    Returns
    -------
    bool
        False where an event has no place of its own.

    Examples
    --------
    >>> import frontmap
    >>> dataset = frontmap.read()
    >>> [str(event.date) for event in dataset.events if is_in(dataset, "vuhledar", event)]
    ['2023-02-01', '2024-10-01']
    """
    if event.geometry is None:
        return False
    return bool(shapely.box(*dataset.sectors[sector].window).intersects(event.geometry))
