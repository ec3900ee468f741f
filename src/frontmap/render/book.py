"""Figures as the pages of one PDF, which share their fonts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages

from frontmap.render.figure import figure
from frontmap.render.figure.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from frontmap.dataset import Dataset
    from frontmap.render.figure import Choice


def book(dataset: Dataset, choices: Iterable[Choice]) -> bytes:
    """Return figures as one PDF, a page each.

    Parameters
    ----------
    dataset : Dataset
        What they show.
    choices : iterable of dict
        What each shows: see `frontmap.render.figure.figure`; taken one after the other.

    Returns
    -------
    bytes
        Without outline and title; vectors, with text as text.

    Examples
    --------
    >>> import frontmap
    >>> book(frontmap.read(), [{"sector": "kursk", "size": "square"}])[:5]
    b'%PDF-'
    """
    stream = io.BytesIO()
    with settings(), PdfPages(stream, metadata={"CreationDate": None}) as pages:
        for choice in choices:
            drawn = figure(dataset, **choice)
            drawn.set_dpi(72)
            canvas: Any = FigureCanvasPdf(drawn)
            canvas.print_pdf(pages)
    return stream.getvalue()
