"""What a presentation is asked to show, parsed once; and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import frontmap
from frontmap.export.deck.curve import steps
from frontmap.export.deck.dates import slide_dates
from frontmap.export.deck.notes import each
from frontmap.export.deck.story import Story
from frontmap.read.basemap import GROUND_SOURCES
from frontmap.render.credits import attribution
from frontmap.render.figure.events import events_on
from frontmap.render.figure.words import words_in
from frontmap.timeline import as_date

if TYPE_CHECKING:
    import datetime as dt

    from frontmap.dataset import Dataset
    from frontmap.export.deck import DeckChoice
    from frontmap.export.deck.curve import Steps
    from frontmap.render.figure.words import Words


@dataclass(frozen=True, slots=True)
class Brief:
    """What a presentation is asked to show, every part of it known to exist.

    Parameters
    ----------
    dataset : Dataset
        Where it is from.
    words : Words
        The languages.
    dates : tuple of datetime.date
        Those that have a slide.
    sector : str, optional
        By default all of them.
    baseline : datetime.date, optional
        A day to compare with.
    language : str
        As it was asked for.
    command : str
        What makes the presentation again.
    origin : str
        Where the data set was read from; empty for the shipped layers.
    """

    dataset: Dataset
    words: Words
    dates: tuple[dt.date, ...]
    sector: str | None
    baseline: dt.date | None
    language: str
    command: str
    origin: str = ""

    def stories(self) -> list[Story]:
        """Return what is told of each date.

        Returns
        -------
        list of Story
            In order of date.
        """
        befores = (None, *self.dates)
        return [
            Story(self.dataset, self.words, day, before, self.baseline, self.sector)
            for before, day in zip(befores, self.dates, strict=False)
        ]

    def sectors(self) -> list[str]:
        """Return the sectors that are shown.

        Returns
        -------
        list of str
            In the order of the data set's timelines.
        """
        return list(dict.fromkeys(line.sector for line in self.dataset.select(self.sector)))

    def curves(self) -> list[tuple[str, Steps]]:
        """Return the sectors that have a curve by the last date.

        Returns
        -------
        list of tuple
            Their ids and curves.
        """
        found = [(id_, steps(self.dataset, id_, self.dates[-1])) for id_ in self.sectors()]
        return [(id_, curve) for id_, curve in found if curve is not None]

    def credits(self) -> str:
        """Return the line of sources.

        Returns
        -------
        str
            Of the ground and of the extents shown.
        """
        lines = self.dataset.select(self.sector)
        shown = replace(self.dataset, timelines=lines)
        return " · ".join(attribution(shown, self.words.languages[0]))

    def sources(self) -> set[str]:
        """Return the sources that the presentation uses.

        Returns
        -------
        set of str
            The ids of those of the ground, the extents, the events and the published figures.
        """
        dataset, used = self.dataset, set[str]()
        if dataset.basemap is not None:
            used |= set(GROUND_SOURCES)
        used |= {"frontmap-places"} if dataset.places else set()
        used |= {line.source for line in dataset.select(self.sector)}
        used |= {event.source for story in self.stories() for event in story.events()}
        used |= {event.source for day in self.dates for event, _ in events_on(dataset, day)}
        return used | {
            claim.source
            for claim in dataset.claims
            if claim.date_end <= self.dates[-1] and self.sector in {None, claim.sector}
        }

    def title(self) -> tuple[str, ...]:
        """Return what the presentation is called, in each language.

        Returns
        -------
        tuple of str
            One or two texts.
        """
        if self.sector is None:
            return self.words.say("deck.title")
        return self.words.say("deck.title_sector", sector=self.dataset.sectors[self.sector].name)

    def period(self) -> tuple[str, ...]:
        """Return the dates that it spans, in each language.

        Returns
        -------
        tuple of str
            One or two texts.
        """
        first, last = self.dates[0], self.dates[-1]
        if first == last:
            return self.words.say("deck.day", date=last)
        return self.words.say("deck.period", first=first, last=last)

    def opening(self) -> list[str]:
        """Return what stands under its title.

        Returns
        -------
        list of str
            All of one language, then all of the other.
        """
        return [text for words in each(self.words) for text in self._opening(words)]

    def _opening(self, words: Words) -> list[str]:
        dataset = self.dataset
        shown = [dataset.sectors[id_] for id_ in self.sectors()]
        if self.sector is None:
            names = words.say("deck.comma")[0].join(words.text(one.name)[0] for one in shown)
            told = [words.say("deck.sectors", names=names)[0]]
        else:
            told = [text for one in shown for text in words.text(one.description) if text]
        days = [day for line in dataset.select(self.sector) for day in line.dates]
        known = [day for day in days if day <= self.dates[-1]]
        told += [words.say("deck.latest", date=max(known))[0]] if known else []
        if self.baseline is not None:
            told.append(words.say("deck.baseline", date=self.baseline)[0])
        return told

    def foot(self, *more: str) -> str:
        """Return the line at the foot of a slide.

        Parameters
        ----------
        *more : str
            What a slide adds to the sources.

        Returns
        -------
        str
            Sources, the data's hash, the program.
        """
        data = self.words.say("figure.data", hash=self.dataset.hash[:8])[0]
        return " · ".join((self.credits(), *more, data, f"frontmap {frontmap.__version__}"))


def brief_of(dataset: Dataset, choice: DeckChoice, command: str, origin: str = "") -> Brief:
    """Parse what a presentation is asked to show.

    Parameters
    ----------
    dataset : Dataset
        Where it is from.
    choice : DeckChoice
        See `frontmap.export.deck.save_deck`.
    command, origin : str
        See `Brief`.

    Returns
    -------
    Brief
        Every part of it known to exist.

    Raises
    ------
    FrontmapError
        If a date, a step, a sector or a language is not known.

    Examples
    --------
    >>> import frontmap
    >>> brief_of(frontmap.read(), {"sector": "kursk", "every": "30d"}, "").period()
    ('30 Sep 2024 to 31 Dec 2024',)
    """
    language, sector = choice.get("language", "en"), choice.get("sector")
    baseline = choice.get("baseline")
    dates = slide_dates(
        dataset,
        dates=choice.get("dates", ()),
        every=choice.get("every"),
        events=choice.get("events", False),
        sector=sector,
    )
    since = None if baseline is None else as_date(baseline)
    return Brief(dataset, words_in(language), dates, sector, since, language, command, origin)
