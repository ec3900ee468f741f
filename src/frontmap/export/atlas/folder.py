"""An atlas as a folder: a picture a page, and an index to open."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from frontmap.errors import DataError
from frontmap.export.atlas.index import Section, Sheet, file_name, index
from frontmap.export.snapshot import save_snapshot
from frontmap.language import LANGUAGES, format_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from frontmap.dataset import Dataset
    from frontmap.export.atlas.pdf import Facts
    from frontmap.export.atlas.plan import Chapter
    from frontmap.render.figure import Choice


def save_folder(
    dataset: Dataset,
    target: Path,
    plan: list[Chapter],
    pages: list[Choice],
    facts: Facts,
    *,
    dpi: int,
    origin: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write pictures and their index; the folder is made beside its place and then renamed.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    target : Path
        The folder; one that is there is replaced.
    plan : list of Chapter
        What the pages belong to.
    pages : list of dict
        What each shows, in the order of the plan.
    facts : Facts
        Written at the foot of the index.
    dpi : int
        Pixels per inch.
    origin : str
        Where the data set was read from.
    progress : callable, optional
        Told how many pages are drawn, and of how many.

    Returns
    -------
    int
        The size of all files in bytes.

    Raises
    ------
    FrontmapError
        If a picture cannot be drawn or the folder cannot be written.
    """
    try:
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise DataError(f"{target}: cannot be written ({error.strerror})") from None
    try:
        new = made / "new"
        new.mkdir()
        _fill(dataset, new, plan, pages, facts, dpi=dpi, origin=origin, progress=progress)
        size = sum(file.stat().st_size for file in new.rglob("*") if file.is_file())
        _take_place(new, target, made / "old")
    except OSError as error:
        raise DataError(f"{target}: cannot be written ({error.strerror})") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return size


def _take_place(new: Path, target: Path, old: Path) -> None:
    """Rename a folder to its place; the one that was there stays if that fails."""
    was_there = target.exists()
    if was_there:
        target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        if was_there:
            old.rename(target)
        raise


def _fill(
    dataset: Dataset,
    folder: Path,
    plan: list[Chapter],
    pages: list[Choice],
    facts: Facts,
    *,
    dpi: int,
    origin: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    from frontmap.render.figure import caption

    tongue = pages[0].get("language", "en")
    tongue = tongue if tongue in LANGUAGES else "en"
    waiting = iter(enumerate(pages, start=1))
    sections = []
    for place, chapter in enumerate(plan):
        name = file_name(place, chapter.sector or "front")
        (folder / name).mkdir()
        sheets = []
        for day in chapter.dates:
            number, choice = next(waiting)
            file = f"{name}/{day}.png"
            save_snapshot(dataset, folder / file, dpi=dpi, origin=origin, **choice)
            sheets.append(Sheet(file, format_date(tongue, day), caption(dataset, **choice).text))
            if progress is not None:
                progress(number, len(pages))
        sections.append(Section(chapter.title, sheets))
    with Image.open(folder / sections[0].sheets[0].file) as first:
        size = first.size
    notes = [facts.sources, facts.digest, f"{facts.program}: {facts.command}"]
    text = index(facts.title, sections, notes, size, tongue)
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")
