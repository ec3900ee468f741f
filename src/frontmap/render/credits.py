"""The lines of credit that a map owes to its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontmap.language import message
from frontmap.read.basemap import GROUND_SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from frontmap.dataset import Dataset
    from frontmap.model import Event, Source


def attribution(dataset: Dataset, language: str = "en") -> list[str]:
    """Return the lines of credit that the map must show.

    Parameters
    ----------
    dataset : Dataset
        Any.
    language : str
        In which a source is said to state no licence.

    Returns
    -------
    list of str
        The attributions of the sources whose geometry is drawn, each once: the ground's first,
        then those of the extents; one that the data set does not describe by its id. Sources of
        facts stand on the cards that tell the facts.
    """
    return [*stated_credits(dataset), *(_bare(id_, language) for id_ in undescribed(dataset))]


def fact_credits(dataset: Dataset, events: Iterable[Event], language: str = "en") -> list[str]:
    """Return the lines of credit of events.

    Parameters
    ----------
    dataset : Dataset
        Names the sources.
    events : iterable of Event
        Those that are told.
    language : str
        In which a source is said to state no licence.

    Returns
    -------
    list of str
        Each once, in the order of the sources' ids.
    """
    lines = []
    for id_ in sorted({event.source for event in events} - {""}):
        source = dataset.sources.get(id_)
        own = _bare(id_, language) if source is None else source.attribution or source.title.en
        lines.append(own)
    return list(dict.fromkeys(lines))


def credit_line(dataset: Dataset, events: Iterable[Event], language: str = "en") -> str:
    """Return all that a picture owes, on one line.

    Parameters
    ----------
    dataset : Dataset
        What is drawn.
    events : iterable of Event
        Those that are told.
    language : str
        In which a source is said to state no licence.

    Returns
    -------
    str
        The ground, the extents, the events; each credit once.

    Examples
    --------
    >>> import frontmap
    >>> credit_line(frontmap.read(), []).split(" · ")[0]
    '© OpenStreetMap contributors (ODbL-1.0)'
    """
    lines = attribution(dataset, language) + fact_credits(dataset, events, language)
    return " · ".join(dict.fromkeys(lines))


def stated_credits(dataset: Dataset) -> list[str]:
    """Return the lines of credit of the sources that are drawn and that the data set describes.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    list of str
        Each once: the ground's first, then those of the extents.

    Examples
    --------
    >>> import frontmap
    >>> stated_credits(frontmap.read())[0]
    '© OpenStreetMap contributors (ODbL-1.0)'
    """
    ground = GROUND_SOURCES if dataset.basemap is not None else ()
    order = [*ground, *sorted(_drawn(dataset))]
    lines = [_credit(dataset.sources[id_]) for id_ in order if id_ in dataset.sources]
    return list(dict.fromkeys(line for line in lines if line))


def undescribed(dataset: Dataset) -> list[str]:
    """Return the ids of sources that are drawn and that nobody describes.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    list of str
        In order.

    Examples
    --------
    >>> import frontmap
    >>> undescribed(frontmap.read())
    []
    """
    return sorted(_drawn(dataset) - set(dataset.sources) - {""})


def _drawn(dataset: Dataset) -> set[str]:
    return {line.source for line in dataset.timelines}


def _bare(id_: str, language: str) -> str:
    return message(language, "map.unlisted", id=id_)


def _credit(source: Source) -> str:
    credit = source.attribution or source.publisher or source.title.en
    known = source.licence and source.licence.split("-")[0].split()[0] not in credit
    return f"{credit} ({source.licence})" if known else credit
