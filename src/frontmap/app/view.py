"""What the reader looks at: kept in the session, mirrored in the URL."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from frontmap.errors import DataError
from frontmap.language import LANGUAGES
from frontmap.render.style import THEMES
from frontmap.timeline import as_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from frontmap.dataset import Dataset

#: How a link says that nothing is compared; without the parameter it is the first date.
NO_BASELINE = "none"
_NUMBER = r"-?\d{1,3}(?:\.\d{1,8})?"
#: The map's layers that a reader may switch, and those that are on at first.
LAYERS = ("names", "events", "graticule", "oblasts")
USUAL_LAYERS = "names,events,oblasts"
_SHARE = re.compile(r"0(?:\.\d{1,3})?|1(?:\.0)?", re.ASCII)
_VIEW = re.compile(rf"({_NUMBER}),({_NUMBER}),({_NUMBER})", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """What the map and the tables show.

    Parameters
    ----------
    date : datetime.date
        Within the data set's span.
    baseline : datetime.date or None
        The date to compare with, within the span; ``None`` compares with nothing.
    sector : str
        A sector's id; empty for all of them.
    language : str
        A key of `frontmap.language.LANGUAGES`.
    theme : str
        A key of `frontmap.render.style.THEMES`, of the map.
    view : str
        Centre and zoom of the map as ``"lon,lat,zoom"``; empty where it fits the sector.
    layers : str
        Names of `LAYERS` that are shown, between commas; empty for the usual ones.
    swipe : str
        Where the two dates meet, as a share of the width; empty where they are not side by side.
    """

    date: dt.date
    baseline: dt.date | None
    sector: str = ""
    language: str = "en"
    theme: str = "light"
    view: str = ""
    layers: str = ""
    swipe: str = ""

    def as_query(self) -> dict[str, str]:
        """Return the view as the parameters of a link.

        Returns
        -------
        dict of str to str
            ISO dates; no sector when all are shown, no view when it fits the
            sector, no swipe without a second date.

        Examples
        --------
        >>> import datetime as dt
        >>> list(View(dt.date(2024, 12, 31), None, "kursk").as_query().items())[:3]
        [('date', '2024-12-31'), ('baseline', 'none'), ('sector', 'kursk')]
        """
        fields = asdict(self) | {"baseline": self.baseline or NO_BASELINE}
        if self.baseline is None:
            fields["swipe"] = ""
        return {name: str(value) for name, value in fields.items() if value}


def default_view(dataset: Dataset) -> View:
    """Return the view that a link without parameters opens: the end, against the beginning.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    View
        All sectors, in English, light.
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
        try:
            view = replace(view, **{name: _parsed(name, query[name], dataset)})
        except DataError:
            refused.append((name, query[name]))
    return view, refused


def _parsed(name: str, value: str, dataset: Dataset) -> Any:
    """Return the value of one parameter; refuse what the data set does not have."""
    if name == "baseline" and value == NO_BASELINE:
        return None
    if name in {"date", "baseline"}:
        day = as_date(value)
        first, last = dataset.span
        if first <= day <= last:
            return day
    elif {
        "language": value in LANGUAGES,
        "theme": value in THEMES,
        "sector": value in {"", *dataset.sectors},
        "view": not value or _is_view(value),
        "layers": set(value.split(",")) <= {"", *LAYERS},
        "swipe": not value or _SHARE.fullmatch(value) is not None,
    }[name]:
        return value
    raise DataError(f"no {name} {value!r}")


def _is_view(text: str) -> bool:
    found = _VIEW.fullmatch(text)
    if found is None:
        return False
    lon, lat, zoom = map(float, found.groups())
    return abs(lon) <= 180 and abs(lat) <= 85 and 0 <= zoom <= 20
