"""The words of the program, in English and Japanese: a catalogue of messages, no branches.

Every key stands in ``en.json`` and ``ja.json``; a test holds them equal. Dates and numbers are
written here, so that a map, a chart and a table say them in the same way.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from frontmap.errors import NotFoundError

if TYPE_CHECKING:
    import datetime as dt

#: The languages of the catalogue, by their code, named in themselves.
LANGUAGES = {"en": "English", "ja": "日本語"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return every message of a language.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.

    Returns
    -------
    dict of str to str
        Message by key; values to fill in stand in braces.

    Raises
    ------
    NotFoundError
        If there is no such language.

    Examples
    --------
    >>> catalogue("ja")["status.contested"]
    '係争中'
    """
    if language not in LANGUAGES:
        raise NotFoundError(f"no language {language!r}; there is {', '.join(LANGUAGES)}")
    text = resources.files(__name__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    messages: dict[str, str] = json.loads(text)
    return messages


def message(language: str, key: str, **values: object) -> str:
    """Return one message with its values filled in.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.
    key : str
        A key of the catalogue.
    **values
        What the message asks for by name.

    Returns
    -------
    str
        The text.

    Raises
    ------
    NotFoundError
        If the catalogue has no such key.

    Examples
    --------
    >>> message("en", "status.ukrainian_held")
    'Ukrainian-held'
    """
    try:
        return catalogue(language)[key].format(**values)
    except KeyError as error:
        raise NotFoundError(f"no message {key!r} in {language!r} ({error})") from None


def format_date(language: str, date: dt.date) -> str:
    """Write a date as its readers do.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.
    date : datetime.date
        Any day.

    Returns
    -------
    str
        ``21 Nov 2024`` or ``2024年11月21日``.

    Examples
    --------
    >>> import datetime as dt
    >>> day = dt.date(2024, 11, 21)
    >>> format_date("en", day), format_date("ja", day)
    ('21 Nov 2024', '2024年11月21日')
    """
    return message(
        language, "date", day=date.day, month=date.month, name=_MONTHS[date.month - 1],
        year=date.year,
    )  # fmt: skip


def format_area_km2(area_km2: float, band_km2: float | None = None) -> str:
    """Write an area with its unit and its band.

    Parameters
    ----------
    area_km2 : float
        Square kilometres.
    band_km2 : float, optional
        Half the width of the band; NaN where it is not known.

    Returns
    -------
    str
        Whole square kilometres, a comma between thousands.

    Examples
    --------
    >>> format_area_km2(740.2, 34.6), format_area_km2(2511.6)
    ('740 ± 35 km²', '2,512 km²')
    """
    unknown = band_km2 is None or math.isnan(band_km2)
    band = "" if unknown else f" ± {band_km2:,.0f}"
    return f"{area_km2:,.0f}{band} km²"


def format_change_km2(change_km2: float) -> str:
    """Write a change of area with its sign, its unit and a true minus.

    Parameters
    ----------
    change_km2 : float
        Square kilometres, positive where the area grew.

    Returns
    -------
    str
        Whole square kilometres.

    Examples
    --------
    >>> format_change_km2(-220.4), format_change_km2(18.0), format_change_km2(0.2)
    ('−220 km²', '+18 km²', '±0 km²')
    """
    rounded = round(change_km2)
    sign = "±" if rounded == 0 else "+" if rounded > 0 else "−"
    return f"{sign}{abs(rounded):,} km²"
