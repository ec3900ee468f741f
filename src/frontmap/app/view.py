"""What the reader looks at: kept in the session, mirrored in the URL."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from frontmap.errors import DataError
from frontmap.language import LANGUAGES
from frontmap.timeline import as_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from frontmap.timeline import Dataset


@dataclass(frozen=True, slots=True)
class View:
    """A date, a date to compare with, a sector and a language.

    Parameters
    ----------
    date, baseline : datetime.date
        Within the data set's span.
    sector : str
        A sector's id; empty for all of them.
    language : str
        A key of `frontmap.language.LANGUAGES`.
    """

    date: dt.date
    baseline: dt.date
    sector: str = ""
    language: str = "en"

    def as_query(self) -> dict[str, str]:
        """Return the view as the parameters of a link.

        Returns
        -------
        dict of str to str
            ISO dates; no sector when all are shown.

        Examples
        --------
        >>> import datetime as dt
        >>> View(dt.date(2024, 12, 31), dt.date(2024, 9, 30), "kursk").as_query()["date"]
        '2024-12-31'
        """
        return {name: str(value) for name, value in asdict(self).items() if value}


def default_view(dataset: Dataset) -> View:
    """Return the view that a link without parameters opens: the end, against the beginning.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    View
        All sectors, in English.
    """
    first, last = dataset.span
    return View(date=last, baseline=first)


def view_of(query: Mapping[str, str], dataset: Dataset) -> tuple[View, list[tuple[str, str]]]:
    """Read a view from the parameters of a link.

    Parameters
    ----------
    query : mapping of str to str
        As of a URL; unknown names are ignored.
    dataset : Dataset
        Says which dates and sectors there are.

    Returns
    -------
    view : View
        With the default where the link says nothing sensible.
    refused : list of (name, value)
        What it asked for in vain.

    Examples
    --------
    >>> import frontmap
    >>> view, refused = view_of({"date": "2024-11-05", "sector": "nowhere"}, frontmap.read())
    >>> view.date.isoformat(), refused
    ('2024-11-05', [('sector', 'nowhere')])
    """
    view, refused = default_view(dataset), []
    for name in asdict(view):
        if name not in query:
            continue
        value = _parsed(name, query[name], dataset)
        if value is None:
            refused.append((name, query[name]))
        else:
            view = replace(view, **{name: value})
    return view, refused


def _parsed(name: str, value: str, dataset: Dataset) -> Any:
    """Return the value of one parameter, or ``None`` when the data set has no such thing."""
    if name == "language":
        return value if value in LANGUAGES else None
    if name == "sector":
        return value if value in dataset.sectors else None
    try:
        day = as_date(value)
    except DataError:
        return None
    first, last = dataset.span
    return day if first <= day <= last else None
