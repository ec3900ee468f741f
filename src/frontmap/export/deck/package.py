"""A presentation as bytes that are the same every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

from frontmap.export.deck.slide import plain

if TYPE_CHECKING:
    from pptx.presentation import Presentation

#: A zip knows no earlier moment.
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)


def packed(deck: Presentation, day: dt.date, **said: str) -> bytes:
    """Return a presentation as a file, without a clock.

    Parameters
    ----------
    deck : Presentation
        Complete.
    day : datetime.date
        Stands for the moment of making: the last day of the data.
    **said
        ``title``, ``author``, ``subject``, ``keywords``, ``comments``, ``language``.

    Returns
    -------
    bytes
        A .pptx file.
    """
    made = dt.datetime.combine(day, dt.time())
    facts = deck.core_properties
    facts.created = facts.modified = made
    facts.revision, facts.category, facts.version, facts.identifier = 1, "", "", ""
    facts.last_modified_by = said.get("author", "")
    for name, text in said.items():
        setattr(facts, name, plain(text)[:255])  # the longest that a property may be
    stream = io.BytesIO()
    deck.save(stream)
    return rezipped(stream.getvalue())


def rezipped(data: bytes) -> bytes:
    """Return a zip with its members in their order, and no times.

    Parameters
    ----------
    data : bytes
        A zip.

    Returns
    -------
    bytes
        The same members; pictures are stored as they are.

    Examples
    --------
    >>> stream = io.BytesIO()
    >>> with zipfile.ZipFile(stream, "w") as file:
    ...     file.writestr("a.xml", "<a/>")
    >>> with zipfile.ZipFile(io.BytesIO(rezipped(stream.getvalue()))) as file:
    ...     file.infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _NO_CLOCK)
            member.external_attr = 0o600 << 16
            member.create_system = 3
            stored = name.endswith((".png", ".xlsx"))
            member.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return stream.getvalue()
