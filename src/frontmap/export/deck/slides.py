"""The slides of a presentation, in their order."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

import frontmap
from frontmap.export.deck.brief import brief_of
from frontmap.export.deck.chart import paint_curve
from frontmap.export.deck.notes import map_notes, provenance
from frontmap.export.deck.package import packed
from frontmap.export.deck.slide import (
    PT_PER_IN,
    Line,
    describe,
    drop_empty,
    fitted,
    height_pt,
    paint_feet,
    paint_notes,
    write,
)
from frontmap.export.deck.story import RECENT_DAYS
from frontmap.export.deck.tables import claims, paint_table, sources
from frontmap.export.deck.template import (
    CHANGES,
    CHANGES_ID,
    CONTENT,
    FIGURES,
    FIGURES_ID,
    MAP,
    OPENING,
    PAGE,
    PICTURE_ID,
    SUBTITLE_ID,
    TEXT,
    TEXT_ID,
    TITLE,
    Area,
    empty_deck,
)
from frontmap.export.snapshot import command_for
from frontmap.render.credits import fact_credits
from frontmap.render.figure import plate
from frontmap.render.figure.words import GAP
from frontmap.render.style import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pptx.presentation import Presentation
    from pptx.slide import Slide

    from frontmap.dataset import Dataset
    from frontmap.export.deck import DeckChoice
    from frontmap.export.deck.brief import Brief
    from frontmap.export.deck.curve import Steps
    from frontmap.export.deck.story import Story
    from frontmap.export.deck.tables import Sheet
    from frontmap.render.figure.words import Words

#: So many curves stand on a slide, in rows of at most three.
_MOST_CURVES, _IN_A_ROW = 6, 3
_GAP_IN = 0.3


def deck_bytes(
    dataset: Dataset,
    choice: DeckChoice,
    command: str,
    origin: str = "",
    progress: Callable[[int, int], object] | None = None,
) -> bytes:
    """Return a presentation as a file.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    choice : DeckChoice
        See `frontmap.export.deck.save_deck`.
    command : str
        What makes it again.
    origin : str
        Where the data set was read from; by default the shipped layers.
    progress : callable, optional
        Called with the slides made so far, and their number.

    Returns
    -------
    bytes
        The same every time.
    """
    brief = brief_of(dataset, choice, command, origin)
    deck = empty_deck()
    makers: list[Callable[[], None]] = [partial(_opening, deck, brief)]
    makers += [partial(_dated, deck, brief, story) for story in brief.stories()]
    curves = brief.curves()
    for first in range(0, len(curves), _MOST_CURVES):
        makers.append(partial(_curves, deck, brief, curves[first : first + _MOST_CURVES]))
    published = claims(dataset, brief.words, brief.dates[-1], brief.sector)
    makers += [partial(_table, deck, brief, "claims", sheet) for sheet in published.pages()]
    listed = sources(dataset, brief.words, brief.sources())
    makers += [partial(_table, deck, brief, "sources", sheet) for sheet in listed.pages()]
    makers.append(partial(_method, deck, brief))
    for number, make in enumerate(makers, start=1):
        make()
        if progress is not None:
            progress(number, len(makers))
    return packed(
        deck,
        dataset.span[1],
        title=f"{brief.title()[0]}, {brief.period()[0]}",
        author=f"frontmap {frontmap.__version__}",
        subject=brief.credits(),
        keywords=f"sha256:{dataset.hash}",
        comments=command,
        language="ja-JP" if brief.language == "ja" else "en-GB",
    )


def _place(slide: Slide, index: int) -> Any:
    return next(one for one in slide.placeholders if one.placeholder_format.idx == index)


def _head(slide: Slide, title: tuple[str, ...], subtitle: str = "") -> None:
    """Write title and subtitle; a second language is smaller."""
    first, *others = title
    lines = [Line(first, 26 if not others else 22, bold=True)]
    lines += [Line(other, 14, bold=True) for other in others]
    write(slide.shapes.title.text_frame, fitted(lines, TITLE))
    if subtitle:
        area = Area(TITLE.left, 0, TITLE.width, 0.34)
        write(_place(slide, SUBTITLE_ID).text_frame, fitted([Line(subtitle, 13, muted=True)], area))


def _opening(deck: Presentation, brief: Brief) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[OPENING])
    lines = []
    for number, (title, period) in enumerate(zip(brief.title(), brief.period(), strict=True)):
        size = 22 if number else 40
        lines += [Line(title, size, bold=True), Line(period, size * 0.7)]
    write(slide.shapes.title.text_frame, fitted(lines, Area(0, 0, 11.5, 1.7)))
    lines = [Line(text, 18, muted=True, before=4) for text in brief.opening()]
    write(_place(slide, SUBTITLE_ID).text_frame, fitted(lines, Area(0, 0, 11.5, 2.6)))
    paint_feet(slide, brief.foot())
    paint_notes(slide, provenance(brief.dataset, brief.words, brief.command))


def _dated(deck: Presentation, brief: Brief, story: Story) -> None:
    """Make the slide of a date."""
    slide = deck.slides.add_slide(deck.slide_layouts[MAP])
    drawn = plate(
        brief.dataset, date=story.date, sector=brief.sector, baseline=story.since,
        language=brief.language,
    )  # fmt: skip
    _head(slide, drawn.title, GAP.join(drawn.subtitle))
    picture = _place(slide, PICTURE_ID).insert_picture(io.BytesIO(drawn.png))
    figures = story.key_figures()
    said = [f"{figure.label}: {figure.value}, {figure.note}" for figure in figures]
    describe(picture, drawn.title[0], ". ".join((drawn.title[0], drawn.subtitle[0], *said)))
    lines = []
    for figure in figures:
        hue = LIGHT.area(figure.status).text if figure.status is not None else ""
        lines.append(Line(figure.label, 12, bold=True, colour=hue, before=11))
        lines.append(Line(figure.value, 24, bold=True))
        lines.append(Line(figure.note, 11, muted=True))
    write(_place(slide, FIGURES_ID).text_frame, fitted(lines, FIGURES))
    write(_place(slide, CHANGES_ID).text_frame, _changes(story))
    told = fact_credits(brief.dataset, drawn.events, brief.words.languages[0])
    paint_feet(slide, brief.foot(*told, drawn.projection))
    drop_empty(slide)
    again = command_for(
        f"{story.date}.png", origin=brief.origin, date=story.date, sector=brief.sector,
        baseline=story.since, language=brief.language,
    )  # fmt: skip
    paint_notes(slide, map_notes(story, again, brief.command, circled=drawn.circled))


def _changes(story: Story) -> list[Line]:
    """Return what changed since the date before, as much as there is room for."""
    words = story.words
    heading = "deck.changed" if story.before is not None else "deck.so_far"
    said = words.say(heading, date=story.before or story.date, days=RECENT_DAYS)
    first, *others = said
    head = [Line(first, 12, bold=True), *(Line(text, 10, muted=True) for text in others)]
    head += [Line(text, 11, before=3) for text in story.others()]
    events = story.events()
    for kept in range(len(events), -1, -1):
        found = [*head, *_event_lines(story, kept)]
        if height_pt(found, CHANGES.width * PT_PER_IN) <= CHANGES.height * PT_PER_IN:
            break
    if not events and not story.others():
        if story.before is None:
            return []
        found.append(Line(words.line("deck.quiet"), 11, muted=True, before=3))
    return fitted(found, CHANGES)


def _event_lines(story: Story, kept: int) -> list[Line]:
    """Return the events that come first, in order of date, and how many others there are."""
    events = story.events()
    lines = []
    for event in sorted(events[:kept], key=lambda event: event.date):
        first, *others = story.event_lines(event)
        lines.append(Line(first, 11, before=3))
        lines += [Line(text, 9.5, muted=True) for text in others]
    left = len(events) - kept
    more = story.words.line("deck.more", count=left)
    return [*lines, *([Line(more, 10, muted=True, before=3)] if left else [])]


def _curves(deck: Presentation, brief: Brief, part: list[tuple[str, Steps]]) -> None:
    """Make a slide with the curves of some sectors."""
    slide = deck.slides.add_slide(deck.slide_layouts[PAGE])
    _head(slide, brief.words.say("deck.chart"), _chart_note(part, brief.words))
    across = min(len(part), _IN_A_ROW)
    down = -(-len(part) // _IN_A_ROW)
    width = (CONTENT.width - _GAP_IN * (across - 1)) / across
    height = (CONTENT.height - _GAP_IN * (down - 1)) / down
    for number, (sector, found) in enumerate(part):
        row, column = divmod(number, across)
        area = Area(
            CONTENT.left + column * (width + _GAP_IN),
            CONTENT.top + row * (height + _GAP_IN),
            width,
            height,
        )
        paint_curve(slide, area, brief.dataset, sector, found, brief.words)
    paint_feet(slide, brief.foot())
    paint_notes(slide, provenance(brief.dataset, brief.words, brief.command))


def _chart_note(part: list[tuple[str, Steps]], words: Words) -> str:
    """Say how to read the charts of a slide, and of no sign that none of them has."""
    shown = [found for _, found in part]
    keys = {
        "deck.chart_note": True,
        "deck.chart_bars": any(any(one.bands_km2) for found in shown for one in found.curves),
        "deck.chart_diamonds": any(any(found.published_km2) for found in shown),
    }
    said = [words.say(key) for key, there in keys.items() if there]
    between = words.say("deck.semicolon")
    return GAP.join(
        mark.join(texts) for mark, texts in zip(between, zip(*said, strict=True), strict=True)
    )


def _table(deck: Presentation, brief: Brief, kind: str, sheet: Sheet) -> None:
    """Make a slide with a table, or with a part of one."""
    slide = deck.slides.add_slide(deck.slide_layouts[PAGE])
    title = brief.words.say(f"deck.{kind}")
    _head(slide, title, brief.words.line(f"deck.{kind}_note"))
    paint_table(slide, sheet, title[0])
    paint_feet(slide, brief.foot())
    notes = []
    if kind == "sources":
        used = brief.sources()
        for source in (one for one in brief.dataset.sources.values() if one.id in used):
            said = (source.attribution, source.note)
            notes.append(f"{source.id}: {' · '.join(text for text in said if text)}")
    paint_notes(slide, [*notes, *provenance(brief.dataset, brief.words, brief.command)])


def _method(deck: Presentation, brief: Brief) -> None:
    """Make the slide that says how everything was measured."""
    slide = deck.slides.add_slide(deck.slide_layouts[TEXT])
    _head(slide, brief.words.say("deck.method"))
    texts = provenance(brief.dataset, brief.words, brief.command)
    lines = [Line(text, 15, before=8) for text in texts]
    write(_place(slide, TEXT_ID).text_frame, fitted(lines, CONTENT))
    paint_feet(slide, brief.foot())
    drop_empty(slide)
    paint_notes(slide, texts)
