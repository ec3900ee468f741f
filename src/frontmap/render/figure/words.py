"""The words of a figure in one language or in both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from frontmap.errors import NotFoundError
from frontmap.language import LANGUAGES, catalogue, format_date, message
from frontmap.model import LocalText

#: What a figure can be written in: a language, or both at once.
TONGUES: dict[str, tuple[str, ...]] = {"en": ("en",), "ja": ("ja",), "both": ("en", "ja")}
#: Stands between two languages on one line.
GAP = "\u2002"


@dataclass(frozen=True, slots=True)
class Words:
    """The languages of a figure, the leading one first.

    Examples
    --------
    >>> Words(("en", "ja")).say("status.contested")
    ('Contested', '係争中')
    """

    languages: tuple[str, ...]

    def say(self, key: str, **values: object) -> tuple[str, ...]:
        """Return a message in each language, once where they are the same.

        Parameters
        ----------
        key : str
            Of the catalogue.
        **values
            Dates and texts in several languages are written as each language does.

        Returns
        -------
        tuple of str
            One or two texts.
        """
        texts = [
            message(
                language, key, **{name: _said(language, value) for name, value in values.items()}
            )
            for language in self.languages
        ]
        return tuple(dict.fromkeys(texts))

    def text(self, content: LocalText) -> tuple[str, ...]:
        """Return a text of the data in each language.

        Parameters
        ----------
        content : LocalText
            Any.

        Returns
        -------
        tuple of str
            One or two texts.
        """
        return tuple(dict.fromkeys(content.text(language) for language in self.languages))

    def line(self, key: str, **values: object) -> str:
        """Return a message in all languages on one line.

        Parameters
        ----------
        key : str
            Of the catalogue.
        **values
            See `say`.

        Returns
        -------
        str
            One line.
        """
        return GAP.join(self.say(key, **values))

    def knows(self, key: str) -> bool:
        """Tell whether there is such a message.

        Parameters
        ----------
        key : str
            Perhaps of the catalogue.

        Returns
        -------
        bool
            True where it is.
        """
        return key in catalogue(self.languages[0])


def words_in(language: str) -> Words:
    """Return the words of a language.

    Parameters
    ----------
    language : str
        ``"en"``, ``"ja"`` or ``"both"``.

    Returns
    -------
    Words
        Of that language, or of both.

    Raises
    ------
    NotFoundError
        If there is no such language.

    Examples
    --------
    >>> words_in("ja").line("status.contested")
    '係争中'
    """
    if language not in TONGUES:
        raise NotFoundError(f"no language {language!r}; there is {', '.join([*LANGUAGES, 'both'])}")
    return Words(TONGUES[language])


def short_date(language: str, day: dt.date) -> str:
    """Write a date without its year.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.
    day : datetime.date
        Any day.

    Returns
    -------
    str
        ``21 Nov`` or ``11月21日``.

    Examples
    --------
    >>> short_date("en", dt.date(2024, 11, 21)), short_date("ja", dt.date(2024, 11, 21))
    ('21 Nov', '11月21日')
    """
    months = message(language, "map.months").split()
    return message(language, "map.date_short", day=day.day, month=months[day.month - 1])


def near_date(language: str, day: dt.date, other: dt.date) -> str:
    """Write a date beside another one: without its year where that is the same.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.
    day, other : datetime.date
        What is written, and what stands near it.

    Returns
    -------
    str
        The date.

    Examples
    --------
    >>> near_date("en", dt.date(2024, 1, 1), dt.date(2025, 2, 1))
    '1 Jan 2024'
    """
    return short_date(language, day) if day.year == other.year else format_date(language, day)


def span_text(language: str, first: dt.date, last: dt.date | None, near: dt.date) -> str:
    """Write the dates of what happened on a day or over several.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.
    first : datetime.date
        The first day.
    last : datetime.date or None
        The last day, where there are several.
    near : datetime.date
        A date that stands near: its year is not written again.

    Returns
    -------
    str
        One date or two.

    Examples
    --------
    >>> span_text("en", dt.date(2024, 9, 30), dt.date(2024, 12, 31), dt.date(2024, 10, 2))
    '30 Sep to 31 Dec'
    """
    begin = near_date(language, first, near)
    if last is None or last == first:
        return begin
    return message(language, "deck.period", first=begin, last=near_date(language, last, near))


def _said(language: str, value: object) -> object:
    if isinstance(value, dt.date):
        return format_date(language, value)
    if isinstance(value, LocalText):
        return value.text(language)
    return value
