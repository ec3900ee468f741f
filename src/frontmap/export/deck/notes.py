"""The speaker's notes: every number of a slide with where it comes from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import frontmap
from frontmap.language import format_area_km2, format_change_km2

if TYPE_CHECKING:
    from frontmap.dataset import Dataset
    from frontmap.export.deck.story import Story
    from frontmap.model import Event
    from frontmap.render.figure.readings import Reading
    from frontmap.render.figure.words import Words


def map_notes(story: Story, *again: str, circled: frozenset[str] = frozenset()) -> list[str]:
    """Return the notes of the slide of a date.

    Parameters
    ----------
    story : Story
        What the slide tells.
    *again : str
        The commands that make it again.
    circled : frozenset of str
        The ids of the events whose range is drawn: of no other a circle is spoken of.

    Returns
    -------
    list of str
        Lines in each language in turn; the provenance last.
    """
    lines: list[str] = []
    for words in each(story.words):
        lines += [_reading(one, words) for one in story.readings(story.before) if one.as_of]
        lines += _changes(story, words)
        for event in sorted(story.events(), key=lambda event: event.date):
            lines.append(_event(event, words, circled=event.id in circled))
        lines += _sources(story, words)
    return [*lines, *provenance(story.dataset, story.words, *again)]


def each(words: Words) -> list[Words]:
    """Return the languages one by one.

    Parameters
    ----------
    words : Words
        One or two.

    Returns
    -------
    list of Words
        Of one language each.

    Examples
    --------
    >>> from frontmap.render.figure.words import words_in
    >>> [one.languages for one in each(words_in("both"))]
    [('en',), ('ja',)]
    """
    return [type(words)((language,)) for language in words.languages]


def _event(event: Event, words: Words, *, circled: bool) -> str:
    day = words.say("deck.day", date=event.date)[0]
    if event.date_end not in {None, event.date}:
        day = words.say("deck.period", first=event.date, last=event.date_end)[0]
    title, summary = words.text(event.title)[0], words.text(event.summary)[0]
    said = [title, summary]
    if circled and event.range_km:
        said += words.say("map.card.circle", km=f"{event.range_km:g}")
    told = ". ".join(text.rstrip(".。") for text in said if text)
    return f"{day}: {told}. [{event.source_ref or event.source}]"


def _reading(one: Reading, words: Words) -> str:
    line = one.line
    said = words.say(
        "figure.reading",
        sector=one.sector.name,
        status=words.say(f"status.{line.status}")[0],
        area=format_area_km2(one.area_km2 or 0.0, one.band_km2),
        as_of=one.as_of,
    )[0]
    error_m = line.errors_m[one.position]
    error = words.say("deck.unstated")[0] if math.isnan(error_m) else f"± {error_m:,.0f} m"
    facts = (
        f"{words.say('column.method')[0]}: {words.say(f'method.{line.methods[one.position]}')[0]}",
        f"{words.say('map.card.error')[0]}: {error}",
        f"{words.say('column.source')[0]}: {line.source}",
    )
    return f"{said}. {'; '.join(facts)}"


def _changes(story: Story, words: Words) -> list[str]:
    """Return what changed since the date before, and since the baseline."""
    lines = []
    for since in dict.fromkeys((story.before, story.baseline)):
        if since is None:
            continue
        for one in story.readings(since):
            if one.change is None or one.area_km2 is None or one.area_before_km2 is None:
                continue
            relation = "since" if since <= one.date else "against"
            net = format_change_km2(one.area_km2 - one.area_before_km2)
            sides = words.say(
                f"map.sides_{relation}",
                gained=f"{one.change.gained_km2:,.0f}",
                lost=f"{one.change.lost_km2:,.0f}",
            )[0]
            name = words.text(one.sector.name)[0]
            status = words.say(f"status.{one.line.status}")[0]
            start = words.say(f"figure.{relation}", since=since)[0]
            lines.append(f"{start}: {name}, {status}: {net} ({sides})")
    return lines


def _sources(story: Story, words: Words) -> list[str]:
    named = {one.line.source for one in story.readings(None)}
    named |= {event.source for event in story.events()}
    lines = []
    for name in sorted(named):
        source = story.dataset.sources.get(name)
        if source is None:
            lines.append(words.say("map.unlisted", id=name)[0])
        else:
            parts = (words.text(source.title)[0], source.publisher, source.licence, source.url)
            lines.append(f"{name}: {' · '.join(part for part in parts if part)}")
    return lines


def provenance(dataset: Dataset, words: Words, *again: str) -> list[str]:
    """Return how areas are measured, from which data, and how to make a slide again.

    Parameters
    ----------
    dataset : Dataset
        Where the numbers come from.
    words : Words
        The languages.
    *again : str
        Commands.

    Returns
    -------
    list of str
        What it is, a colon, the text.
    """
    method = [
        f"{one.say(f'table.about.{key}')[0]}: {one.say(f'table.{key}')[0]}"
        for one in each(words)
        for key in ("method", "holds", "band")
    ]
    facts = {
        "data": f"SHA-256 {dataset.hash}",
        "program": f"frontmap {frontmap.__version__}",
        "command": " · ".join(again),
    }
    return method + [f"{words.say(f'table.about.{key}')[0]}: {text}" for key, text in facts.items()]
