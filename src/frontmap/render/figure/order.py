"""What a figure is asked to show, parsed once; and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from frontmap.errors import DataError
from frontmap.language import format_area_km2
from frontmap.render.credits import credit_line
from frontmap.render.figure.events import events_on
from frontmap.render.figure.figures import age_line
from frontmap.render.figure.page import Page, page_named
from frontmap.render.figure.readings import Reading, readings_on
from frontmap.render.figure.words import Words, words_in
from frontmap.render.style import Theme, theme_named
from frontmap.timeline import as_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from typing import Unpack

    from frontmap.dataset import Dataset
    from frontmap.model import Sector


class Choice(TypedDict, total=False):
    """What a figure can be asked to show; see `frontmap.render.figure.figure`."""

    date: str | dt.date | None
    sector: str | None
    baseline: str | dt.date | None
    language: str
    size: str
    theme: str


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for, every part of it known to exist."""

    dataset: Dataset
    day: dt.date
    since: dt.date | None
    sector: Sector | None
    words: Words
    page: Page
    theme: Theme

    def readings(self) -> list[Reading]:
        """Return what every timeline says on the day.

        Returns
        -------
        list of Reading
            Of all sectors: neighbours are drawn too.
        """
        return readings_on(self.dataset, self.day, self.since)

    def own(self, readings: list[Reading]) -> list[Reading]:
        """Return the readings that the figure is about.

        Parameters
        ----------
        readings : list of Reading
            Of all sectors.

        Returns
        -------
        list of Reading
            Those of the sector asked for.
        """
        if self.sector is None:
            return readings
        return [one for one in readings if one.sector.id == self.sector.id]

    def title(self) -> tuple[str, ...]:
        """Return the title in each language.

        Returns
        -------
        tuple of str
            One or two lines.
        """
        if self.sector is None:
            return self.words.say("figure.title_all", date=self.day)
        return self.words.say("figure.title", sector=self.sector.name, date=self.day)

    def subtitle(self, own: list[Reading]) -> list[str]:
        """Return how old the assessments are, and with what day they are compared.

        Parameters
        ----------
        own : list of Reading
            What the figure is about.

        Returns
        -------
        list of str
            One line a language.
        """
        ages = age_line(own, self.words, self.day)
        if self.since is None:
            return list(ages)
        compared = self.words.say("figure.compared", since=self.since)
        return [" · ".join(pair) for pair in zip(ages, compared, strict=True)]


def order_of(
    dataset: Dataset,
    *,
    date: str | dt.date | None = None,
    sector: str | None = None,
    baseline: str | dt.date | None = None,
    language: str = "en",
    size: str = "slide",
    theme: str = "light",
) -> Order:
    """Parse what a figure is asked to show.

    Parameters
    ----------
    dataset, date, sector, baseline, language, size, theme
        See `frontmap.render.figure.figure`.

    Returns
    -------
    Order
        Every part of it known to exist.

    Raises
    ------
    NotFoundError
        If there is no such sector, language, size or theme.
    DataError
        If a date is none, or there is nothing to draw.

    Examples
    --------
    >>> import frontmap
    >>> order_of(frontmap.read(), sector="kursk", date="2024-11-02").title()
    ('Kursk: the front on 2 Nov 2024',)
    """
    if not dataset.timelines:
        raise DataError("the data set holds no extents: there is nothing to draw")
    if sector is not None:
        dataset.select(sector)
    return Order(
        dataset,
        dataset.span[1] if date is None else as_date(date),
        None if baseline is None else as_date(baseline),
        None if sector is None else dataset.sectors[sector],
        words_in(language),
        page_named(size),
        theme_named(theme),
    )


@dataclass(frozen=True, slots=True)
class Caption:
    """A figure in words: for its file, for those who cannot see it, for notes beside it."""

    title: str
    subtitle: str
    figures: tuple[str, ...]
    sources: str

    @property
    def text(self) -> str:
        """All but the sources, as sentences."""
        return ". ".join((self.title, self.subtitle, *self.figures)) + "."


def caption(dataset: Dataset, **choice: Unpack[Choice]) -> Caption:
    """Return a figure in words.

    Parameters
    ----------
    dataset : Dataset
        What it shows.
    **choice
        See `frontmap.render.figure.figure`.

    Returns
    -------
    Caption
        In the language, or in the leading one of two.

    Raises
    ------
    FrontmapError
        As for the figure.

    Examples
    --------
    >>> import frontmap
    >>> caption(frontmap.read(), sector="toretsk").figures
    ('Toretsk, Russian-held: 413 ± 26 km², as of 31 Dec 2024',)
    """
    order = order_of(dataset, **choice)
    words = Words(order.words.languages[:1])
    own = order.own(order.readings())
    figures = tuple(
        words.say(
            "figure.reading",
            sector=one.sector.name,
            status=words.say(f"status.{one.line.status}")[0],
            area=format_area_km2(one.area_km2, one.band_km2),
            as_of=one.as_of,
        )[0]
        for one in own
        if one.area_km2 is not None
    )
    sources = sources_line(dataset, [order.day], words.languages[0])
    return Caption(order.title()[0], order.subtitle(own)[0], figures, sources)


def sources_line(dataset: Dataset, days: Iterable[dt.date], language: str) -> str:
    """Return whom pictures of some days are owed to.

    Parameters
    ----------
    dataset : Dataset
        What they show.
    days : iterable of datetime.date
        Their dates.
    language : str
        In which a source is said to state no licence.

    Returns
    -------
    str
        The ground, the extents, and the events that are shown on any of the days.
    """
    told = {event.id: event for day in days for event, _ in events_on(dataset, day)}
    return credit_line(dataset, told.values(), language)
