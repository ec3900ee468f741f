"""What an atlas shows: every sector, and every date of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from frontmap.errors import DataError
from frontmap.language import LANGUAGES, message
from frontmap.timeline import as_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frontmap.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Chapter:
    """One sector of an atlas, or the whole front.

    Parameters
    ----------
    sector : str or None
        The sector's id; ``None`` for the whole front.
    title : str
        For its reader.
    dates : tuple of datetime.date
        A page each, ascending.
    """

    sector: str | None
    title: str
    dates: tuple[dt.date, ...]


def chapters(
    dataset: Dataset,
    *,
    dates: Sequence[str | dt.date] | None = None,
    every_days: int | None = None,
    sector: str | None = None,
    language: str = "en",
) -> list[Chapter]:
    """Return the chapters of an atlas: the whole front, then every sector.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    dates : sequence of str or datetime.date, optional
        The dates of every chapter.
    every_days : int, optional
        Dates so far apart, from the first assessment on; the day of the last one is among them.
        By default every chapter has the dates of its own assessments.
    sector : str, optional
        Only this sector.
    language : str
        ``"en"``, ``"ja"`` or ``"both"``: titles are in the leading one.

    Returns
    -------
    list of Chapter
        At least one, each with a date.

    Raises
    ------
    DataError
        If both kinds of dates are given, there is none, or one lies outside the assessments.
    NotFoundError
        If there is no such sector.

    Examples
    --------
    >>> import frontmap
    >>> found = chapters(frontmap.read(), every_days=31)
    >>> [one.title for one in found][:2], [str(day) for day in found[0].dates]
    (['The whole front', 'Chasiv Yar'], ['2024-09-30', '2024-10-31', '2024-12-01', '2024-12-31'])
    """
    if not dataset.timelines:
        raise DataError("the data set holds no extents: there is nothing to draw")
    own = sorted({line.sector for line in dataset.select(sector)})
    wanted: list[str | None] = [*own]
    if len(own) > 1:
        wanted = [None, *own]
    named = _named_dates(dataset, dates, every_days)
    tongue = language if language in LANGUAGES else "en"
    return [
        Chapter(
            one,
            message(tongue, "atlas.front")
            if one is None
            else dataset.sectors[one].name.text(tongue),
            named or _assessed(dataset, one),
        )
        for one in wanted
    ]


def _named_dates(
    dataset: Dataset, dates: Sequence[str | dt.date] | None, every_days: int | None
) -> tuple[dt.date, ...]:
    """Return the dates that were asked for; none where every chapter has its own."""
    first, last = dataset.span
    if dates is not None and every_days is not None:
        raise DataError("an atlas has either named dates or a regular step, not both")
    if every_days is not None:
        if every_days < 1:
            raise DataError(f"a step of {every_days} days: at least 1")
        steps = range(0, (last - first).days, every_days)
        return (*(first + dt.timedelta(days=step) for step in steps), last)
    if dates is None:
        return ()
    days = tuple(sorted({as_date(day) for day in dates}))
    if not days:
        raise DataError("no date is named")
    for day in days:
        if not first <= day <= last:
            raise DataError(f"{day} lies outside the assessments, {first} to {last}")
    return days


def _assessed(dataset: Dataset, sector: str | None) -> tuple[dt.date, ...]:
    return tuple(sorted({day for line in dataset.select(sector) for day in line.dates}))


def step_days(text: str) -> int:
    """Read a regular step.

    Parameters
    ----------
    text : str
        Days or weeks, such as ``7d`` or ``2w``.

    Returns
    -------
    int
        Days.

    Raises
    ------
    DataError
        If it is none.

    Examples
    --------
    >>> step_days("7d"), step_days("2w")
    (7, 14)
    """
    found = re.fullmatch(r"([1-9][0-9]{0,4})([dw])", text)
    if found is None:
        raise DataError(f"{text!r} is no step: write it as 7d or 2w")
    return int(found[1]) * (7 if found[2] == "w" else 1)
