"""An atlas as one PDF with an outline."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from frontmap.language import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from frontmap.dataset import Dataset
    from frontmap.export.atlas.plan import Chapter
    from frontmap.render.figure import Choice


class Facts(NamedTuple):
    """What the file says of itself."""

    title: str
    command: str
    sources: str
    digest: str
    program: str


def pdf(
    dataset: Dataset,
    pages: Iterable[Choice],
    plan: list[Chapter],
    facts: Facts,
    language: str,
) -> bytes:
    """Return an atlas as a PDF with an outline by chapter and date.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    pages : iterable of dict
        What each page shows, in the order of the plan.
    plan : list of Chapter
        What the pages belong to.
    facts : Facts
        Written into the file.
    language : str
        A key of `frontmap.language.LANGUAGES`: of dates and for screen readers.

    Returns
    -------
    bytes
        The same for the same data.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import (
        BooleanObject,
        DictionaryObject,
        NameObject,
        TextStringObject,
    )

    from frontmap.render.book import book

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(book(dataset, pages))))
    number = 0
    for chapter in plan:
        parent = writer.add_outline_item(
            title=chapter.title, page_number=number, bold=True, is_open=False
        )
        for day in chapter.dates:
            name = format_date(language, day)
            writer.add_outline_item(title=name, page_number=number, parent=parent)
            writer.set_page_label(number, number, prefix=f"{chapter.title}, {name}")
            number += 1
    writer.page_mode = "/UseOutlines"
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.metadata = {
        "/Title": facts.title,
        "/Author": facts.sources,
        "/Subject": facts.command,
        "/Keywords": facts.digest,
        "/Creator": facts.program,
        "/Producer": facts.program,
    }
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
