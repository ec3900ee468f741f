"""Every sector by every date: one PDF with an outline, or a folder of pictures with an index."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from frontmap.errors import DataError
from frontmap.export.atlas.pdf import Facts, pdf
from frontmap.export.atlas.plan import chapters
from frontmap.export.command import command_line
from frontmap.export.snapshot import DPI
from frontmap.export.writing import write_whole
from frontmap.language import LANGUAGES, format_date, message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from typing import Unpack

    from frontmap.dataset import Dataset
    from frontmap.export.atlas.plan import Chapter
    from frontmap.render.figure import Choice

    Progress = Callable[[int, int], None]


class Look(TypedDict, total=False):
    """What all pages of an atlas share; see `frontmap.render.figure.figure`."""

    baseline: str | dt.date | None
    language: str
    size: str
    theme: str


def save_atlas(
    dataset: Dataset,
    target: Path | str,
    *,
    dates: Sequence[str | dt.date] | None = None,
    every_days: int | None = None,
    sector: str | None = None,
    dpi: int = DPI,
    origin: str = "",
    progress: Progress | None = None,
    **look: Unpack[Look],
) -> int:
    """Write an atlas of the front: every sector by every date.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    target : Path or str
        A file that ends in ``.pdf``, or else a folder; an old one is replaced when the new one is
        complete, a folder only if it is an atlas or empty.
    dates : sequence of str or datetime.date, optional
        The dates of every chapter.
    every_days : int, optional
        Dates so far apart; by default each chapter has the dates of its own assessments.
    sector : str, optional
        Only this sector; by default all of them, after the whole front.
    dpi : int
        Pixels per inch of the pictures in a folder.
    origin : str
        Where the data set was read from, as the command that makes the atlas again names it.
    progress : callable, optional
        Told how many pages are drawn, and of how many.
    **look
        ``baseline``, ``language``, ``size``, ``theme``: see `frontmap.render.figure.figure`.

    Returns
    -------
    int
        The size in bytes, of all files together.

    Raises
    ------
    FrontmapError
        If the ending is another one, a date lies outside the assessments, a choice is not there,
        or the atlas cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import frontmap
    >>> file = Path(tempfile.mkdtemp()) / "kursk.pdf"
    >>> size = save_atlas(frontmap.read(), file, sector="kursk", dates=["2024-11-02"])
    >>> size == file.stat().st_size, file.read_bytes()[:5]
    (True, b'%PDF-')
    """
    target = Path(target)
    in_folder = is_folder(target)
    tongue = look.get("language", "en")
    tongue = tongue if tongue in LANGUAGES else "en"  # the leading one of two
    plan = chapters(dataset, dates=dates, every_days=every_days, sector=sector, language=tongue)
    asked = {
        "dates": ",".join(str(day) for day in plan[0].dates) if dates is not None else None,
        "every": None if every_days is None else f"{every_days}d",
        "sector": sector,
        "dpi": dpi if in_folder and dpi != DPI else None,
        **{key: look.get(key) for key in ("baseline", "language", "size", "theme")},
    }
    facts = _facts(dataset, plan, command_line("atlas", target.name, asked, origin), tongue)
    pages = _choices(plan, look)
    if in_folder:
        from frontmap.export.atlas.folder import save_folder

        return save_folder(
            dataset, target, plan, pages, facts, dpi=dpi, origin=origin, progress=progress
        )
    content = pdf(dataset, _told(pages, progress), plan, facts, tongue)
    return write_whole(target, content)


def is_folder(target: Path) -> bool:
    """Tell whether an atlas becomes a folder.

    Parameters
    ----------
    target : Path
        What to write.

    Returns
    -------
    bool
        False for a PDF.

    Raises
    ------
    DataError
        If it has another ending, or is a file or a folder that is no atlas.

    Examples
    --------
    >>> from pathlib import Path
    >>> is_folder(Path("atlas")), is_folder(Path("atlas.pdf"))
    (True, False)
    """
    if target.suffix.lower() == ".pdf":
        return False
    if target.suffix:
        raise DataError(f"{target}: an atlas is a .pdf file, or a folder, named without an ending")
    from frontmap.export.atlas.index import MARK

    if target.exists():
        index = target / "index.html"
        empty = target.is_dir() and not any(target.iterdir())
        ours = index.is_file() and MARK in index.read_text(encoding="utf-8", errors="replace")
        if not (empty or ours):
            raise DataError(f"{target}: is there already and is no atlas; name another folder")
    return True


def _choices(plan: list[Chapter], look: Look) -> list[Choice]:
    """Return what each page shows."""
    return [
        {**look, "sector": chapter.sector, "date": day} for chapter in plan for day in chapter.dates
    ]


def _told(pages: list[Choice], progress: Progress | None) -> Iterator[Choice]:
    """Hand out pages, and tell when each is drawn."""
    for number, page in enumerate(pages, start=1):
        yield page
        if progress is not None:
            progress(number, len(pages))


def _facts(dataset: Dataset, plan: list[Chapter], command: str, tongue: str) -> Facts:
    """Return what the atlas says of itself."""
    from frontmap.render.figure.order import sources_line

    days = [day for chapter in plan for day in chapter.dates]
    first, last = (format_date(tongue, day) for day in (min(days), max(days)))
    return Facts(
        title=message(tongue, "atlas.title", first=first, last=last),
        command=command,
        sources=sources_line(dataset, days, tongue),
        digest=f"sha256:{dataset.hash}",
        program=f"frontmap {version('frontmap')}",
    )
