"""What a slide of a date tells: three key figures, and what changed since the date before."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from frontmap.analyse import fixed_lines_of, front_lines
from frontmap.export.deck.dates import is_in
from frontmap.geodesy import length_km
from frontmap.language import format_area_km2, format_change_km2
from frontmap.model import Status
from frontmap.render.figure.figures import short_since
from frontmap.render.figure.readings import readings_on
from frontmap.render.figure.words import GAP, near_date, span_text

if TYPE_CHECKING:
    from frontmap.dataset import Dataset
    from frontmap.model import Event
    from frontmap.render.figure.readings import Reading
    from frontmap.render.figure.words import Words

#: So many figures stand on a slide.
KEY_FIGURES = 3
#: The first slide has no date before: it tells the events of so many days.
RECENT_DAYS = 31


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number with what it is, and how far it holds.

    Parameters
    ----------
    label, value, note : str
        Above the number, the number with its unit, below it.
    status : Status, optional
        Whose hue the label bears.
    """

    label: str
    value: str
    note: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of a date.

    Parameters
    ----------
    dataset : Dataset
        Where it is from.
    words : Words
        The languages.
    date : datetime.date
        The day.
    before, baseline : datetime.date, optional
        The date of the slide before, and a day to compare all slides with.
    sector : str, optional
        A sector's id; by default all of them.
    """

    dataset: Dataset
    words: Words
    date: dt.date
    before: dt.date | None = None
    baseline: dt.date | None = None
    sector: str | None = None

    @property
    def since(self) -> dt.date | None:
        """The day that the map compares with."""
        return self.before if self.baseline is None else self.baseline

    def readings(self, since: dt.date | None) -> list[Reading]:
        """Return what the timelines say, compared with a day.

        Parameters
        ----------
        since : datetime.date, optional
            The day.

        Returns
        -------
        list of Reading
            Of the sector, what it measures first.
        """
        found = readings_on(self.dataset, self.date, since)
        own = [one for one in found if self.sector in {None, one.sector.id}]
        return sorted(own, key=lambda one: not one.measured)

    def key_figures(self) -> list[KeyFigure]:
        """Return the key figures.

        Returns
        -------
        list of KeyFigure
            Three, or fewer where less is known; of all sectors those that changed most.

        Examples
        --------
        >>> import datetime as dt, frontmap
        >>> from frontmap.render.figure.words import words_in
        >>> day = dt.date(2024, 11, 21)
        >>> story = Story(frontmap.read(), words_in("en"), day, dt.date(2024, 9, 30), None, "kursk")
        >>> [figure.value for figure in story.key_figures()]
        ['567 ± 85 km²', '−175 km²', '194 ± 166 km²']
        """
        own = [one for one in self.readings(self.before) if one.as_of is not None]
        if not own:
            return [self._unknown(one) for one in self.readings(None)[:1]]
        if self.sector is None:
            return [self._card(one) for one in self._by_change(own)[:KEY_FIGURES]]
        figures = [self._area(one) for one in own[:1]]
        figures += [self._change(one) for one in own[:1] if self.before is not None]
        if self.baseline is not None and self.baseline != self.before:
            figures += [
                self._change(one)
                for one in self.readings(self.baseline)[:1]
                if one.as_of is not None and one.before != own[0].before
            ]
        figures += [self._area(one) for one in own[1:]]
        figures += [figure for one in own[:1] for figure in self._line(one)]
        return figures[:KEY_FIGURES]

    def others(self) -> list[str]:
        """Return the sectors that have no key figure, each on a line.

        Returns
        -------
        list of str
            Empty where the story is of one sector.
        """
        if self.sector is not None:
            return []
        own = [one for one in self.readings(self.before) if one.as_of is not None]
        lines = []
        for one in self._by_change(own)[KEY_FIGURES:]:
            parts = [_area_text(one), _change_text(one) or ""]
            name = GAP.join(self.words.text(one.sector.name))
            lines.append(f"{name}: {', '.join(part for part in parts if part)}")
        return lines

    def events(self) -> list[Event]:
        """Return the events since the date before, those with a place first, then the latest.

        Returns
        -------
        list of Event
            Up to the date; on the first slide those of the days just before it. With a sector,
            those in its window, and those without a place of their own.
        """
        since = self.before or self.date - dt.timedelta(days=RECENT_DAYS)
        found = [
            event
            for event in self.dataset.events
            if since < event.date <= self.date
            and (self.sector is None or event.geometry is None or self._is_own(event))
        ]
        latest = sorted(found, key=lambda event: event.date, reverse=True)
        return sorted(latest, key=lambda event: not self._is_own(event))

    def event_lines(self, event: Event) -> list[str]:
        """Return an event in each language.

        Parameters
        ----------
        event : Event
            Any.

        Returns
        -------
        list of str
            Its date and its title; the date once.
        """
        first = self.words.languages[0]
        day = span_text(first, event.date, event.date_end, self.date)
        title, *others = self.words.text(event.title)
        return [f"{day}{GAP}{title}", *others]

    def _is_own(self, event: Event) -> bool:
        if self.sector is None:
            return event.geometry is not None
        return is_in(self.dataset, self.sector, event)

    def _by_change(self, readings: list[Reading]) -> list[Reading]:
        measured = [one for one in readings if one.measured]
        return sorted(
            measured, key=lambda one: (-abs(_net_km2(one) or 0.0), -(one.area_km2 or 0.0))
        )

    def _name(self, one: Reading) -> str:
        """Return the status of a timeline, with its source where there are several."""
        contested = one.line.status is Status.CONTESTED and not one.measured
        key = "figure.contested" if contested else f"status.{one.line.status}"
        rivals = [
            line
            for line in self.dataset.timelines
            if (line.sector, line.status) == (one.line.sector, one.line.status)
        ]
        name = self.words.line(key)
        return f"{name} ({one.line.source})" if len(rivals) > 1 else name

    def _as_of(self, one: Reading) -> str:
        return self.words.line("figure.as_of", as_of=one.as_of)

    def _area(self, one: Reading) -> KeyFigure:
        return KeyFigure(self._name(one), _area_text(one), self._as_of(one), one.line.status)

    def _unknown(self, one: Reading) -> KeyFigure:
        return KeyFigure(self._name(one), "–", self.words.line("figure.unknown"), one.line.status)

    def _change(self, one: Reading) -> KeyFigure:
        later = one.since is not None and one.since > one.date
        relation = "against" if later else "since"
        label = self.words.line(f"figure.{relation}", since=one.since)
        text = _change_text(one)
        if text is None or one.change is None:
            return KeyFigure(label, "–", self.words.line("figure.no_comparison"))
        if one.position == one.before:
            return KeyFigure(label, text, self.words.line("deck.no_newer"))
        gained, lost = one.change.gained_km2, one.change.lost_km2
        shares = {"gained": f"{gained:,.0f}", "lost": f"{lost:,.0f}"}
        return KeyFigure(label, text, self.words.line(f"map.sides_{relation}", **shares))

    def _line(self, one: Reading) -> list[KeyFigure]:
        """Return how sure the line is, and how long."""
        error_m = one.line.errors_m[one.position]
        fixed = fixed_lines_of(self.dataset, one.line)
        front_km = length_km(front_lines(one.line.extents[one.position].geometry, fixed))
        length = KeyFigure(
            self.words.line("deck.front"), f"{float(front_km):,.0f} km", self._as_of(one)
        )
        if math.isnan(error_m):
            return [length]
        label, note = self.words.line("map.card.error"), self.words.line("deck.error")
        return [KeyFigure(label, f"± {error_m:,.0f} m", note), length]

    def _card(self, one: Reading) -> KeyFigure:
        """Return the figure of a sector among others."""
        first, several = self.words.languages[0], len(self.words.languages) > 1
        name = GAP.join(self.words.text(one.sector.name))
        label = name if several else f"{name} · {self._name(one)}"
        text = _change_text(one)
        if text is None or one.since is None or one.as_of is None:
            return KeyFigure(label, _area_text(one), self._as_of(one), one.line.status)
        since = short_since(first, one.since, one.date)
        as_of = self.words.say("app.as_of", date=near_date(first, one.as_of, one.date))[0]
        note = f"{text} {since} · {as_of}"
        return KeyFigure(label, _area_text(one), note, one.line.status)


def _area_text(one: Reading) -> str:
    return format_area_km2(one.area_km2 or 0.0, one.band_km2)


def _net_km2(one: Reading) -> float | None:
    if one.area_km2 is None or one.area_before_km2 is None:
        return None
    return one.area_km2 - one.area_before_km2


def _change_text(one: Reading) -> str | None:
    net_km2 = _net_km2(one)
    return None if net_km2 is None else format_change_km2(net_km2)
