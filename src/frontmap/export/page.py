"""The map as one self-contained page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from frontmap.export.writing import write_whole

if TYPE_CHECKING:
    import datetime as dt

    from frontmap.dataset import Dataset


def save_page(
    dataset: Dataset,
    target: Path | str,
    *,
    date: str | dt.date | None = None,
    baseline: str | dt.date | None = None,
    sector: str | None = None,
    language: str = "en",
    tiles: str | None = None,
    tiles_attribution: str = "",
) -> int:
    """Write the map with its date slider as one page that needs no network.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    target : Path or str
        The HTML file; an existing one is replaced when the new one is complete.
    date, baseline : str or datetime.date, optional
        The day to open on, and the day to compare with.
    sector : str, optional
        The sector to open on; by default all of them.
    language : str
        ``"en"`` or ``"ja"``.
    tiles, tiles_attribution : str
        Online tiles that the reader may switch on, and their credit; by default none.

    Returns
    -------
    int
        The size of the page in bytes.

    Raises
    ------
    FrontmapError
        If a date, sector, language or address of tiles is none, or the file cannot be written.
    """
    from frontmap.render.webmap import page  # Folium takes half a second that others need not wait

    text = page(
        dataset, date=date, baseline=baseline, sector=sector, language=language,
        tiles=tiles, tiles_attribution=tiles_attribution,
    )  # fmt: skip
    return write_whole(Path(target), text)
