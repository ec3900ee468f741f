"""The front over time as a film: GIF, WebP or MP4, true to the calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from frontmap.errors import DataError
from frontmap.export.animation.pace import Pace
from frontmap.export.command import command_line
from frontmap.export.writing import write_whole
from frontmap.language import format_date, message
from frontmap.timeline import as_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from frontmap.dataset import Dataset
    from frontmap.export.animation.reel import Reel
    from frontmap.render.figure import Choice

#: Formats by the ending of the file.
ENDINGS = (".gif", ".webp", ".mp4")
#: How long the last picture stands beyond its day.
END_S = 2.0


def save_animation(
    dataset: Dataset,
    target: Path | str,
    *,
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    pace: Pace | None = None,
    origin: str = "",
    progress: Callable[[int, int], None] | None = None,
    **choice: Unpack[Choice],
) -> int:
    """Write the front over time as a film in which a day is always as long.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    target : Path or str
        A GIF, WebP or MP4 by its ending; an existing file is replaced when the new one is complete.
    start, end : str or datetime.date, optional
        The first and the last day; by default those of the assessments.
    pace : Pace, optional
        How fast it runs, how long events are held, how wide it is.
    origin : str
        Where the data set was read from, as the command that makes the film again names it.
    progress : callable, optional
        Told how many pictures are drawn, and of how many.
    **choice
        ``sector``, ``baseline``, ``language``, ``size``, ``theme``: see
        `frontmap.render.figure.figure`.

    Returns
    -------
    int
        The size of the file in bytes.

    Raises
    ------
    FrontmapError
        If the ending is of no film, a day lies outside the assessments, a choice is not there, the
        package for MP4 is absent, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import frontmap
    >>> file = Path(tempfile.mkdtemp()) / "front.gif"
    >>> size = save_animation(
    ...     frontmap.read(), file, start="2024-10-01", end="2024-10-03", sector="vuhledar",
    ...     pace=Pace(width_px=240),
    ... )
    >>> size == file.stat().st_size, file.read_bytes()[:6]
    (True, b'GIF89a')
    """
    target = Path(target)
    format_ = film_format(target)
    pace = Pace() if pace is None else pace
    dates = film_dates(dataset, start, end, pace.step_days)
    reel = _shoot(dataset, dates, pace, choice, progress)
    note = _note(dataset, target.name, dates, pace, choice, origin)
    content = _written(format_, reel, note, pace)
    return write_whole(target, content)


def film_format(target: Path) -> str:
    """Return the format that the ending of a file names.

    Parameters
    ----------
    target : Path
        The file to write.

    Returns
    -------
    str
        ``"gif"``, ``"webp"`` or ``"mp4"``.

    Raises
    ------
    DataError
        If the ending is none of a film, or its format needs a package that is absent.

    Examples
    --------
    >>> from pathlib import Path
    >>> film_format(Path("front.GIF"))
    'gif'
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise DataError(f"{target}: a film ends in {', '.join(ENDINGS)}")
    if ending == ".mp4":
        from frontmap.export.animation.video import ffmpeg

        ffmpeg()
    return ending[1:]


def film_dates(
    dataset: Dataset,
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    step_days: int = 1,
) -> list[dt.date]:
    """Return the days that a film shows.

    Parameters
    ----------
    dataset : Dataset
        Its assessments bound the film.
    start, end : str or datetime.date, optional
        The first and the last day.
    step_days : int
        From picture to picture; the days of events and the last are always among them.

    Returns
    -------
    list of datetime.date
        Ascending.

    Raises
    ------
    DataError
        If a day is none, lies outside the assessments, or the end is not after the start.

    Examples
    --------
    >>> import frontmap
    >>> len(film_dates(frontmap.read()))
    93
    """
    first, last = dataset.span
    begin = first if start is None else as_date(start)
    until = last if end is None else as_date(end)
    for day in (begin, until):
        if not first <= day <= last:
            raise DataError(f"{day} lies outside the assessments, {first} to {last}")
    if begin >= until:
        raise DataError(f"a film from {begin} to {until} has no days: the end must be later")
    days = {begin + dt.timedelta(days) for days in range(0, (until - begin).days, step_days)}
    days |= {event.date for event in dataset.events if begin <= event.date <= until}
    return sorted({*days, until})


def _shoot(
    dataset: Dataset,
    dates: list[dt.date],
    pace: Pace,
    choice: Choice,
    progress: Callable[[int, int], None] | None,
) -> Reel:
    """Draw all pictures; each stands until the next, those of events and the last longer."""
    from frontmap.export.animation.reel import Reel
    from frontmap.render.film import frames

    reel = Reel()
    after = [*dates[1:], dates[-1] + dt.timedelta(days=1)]
    shown = frames(dataset, dates, width_px=pace.width_px, **choice)
    for number, (frame, following) in enumerate(zip(shown, after, strict=True), start=1):
        seconds = (following - frame.date).days / pace.speed_days_per_s
        reel.add(frame.pixels, seconds + (pace.hold_s if frame.eventful else 0.0))
        if progress is not None:
            progress(number, len(dates))
    reel.stay(END_S)
    return reel


def _written(format_: str, reel: Reel, note: str, pace: Pace) -> bytes:
    if format_ == "gif":
        from frontmap.export.animation.gif import gif

        return gif(reel, note)
    if format_ == "webp":
        from frontmap.export.animation.webp import webp

        return webp(reel, note)
    from frontmap.export.animation.video import mp4

    return mp4(reel, note, pace.speed_days_per_s / pace.step_days)


def _note(
    dataset: Dataset, name: str, dates: list[dt.date], pace: Pace, choice: Choice, origin: str
) -> str:
    """Return what the file says of itself."""
    from importlib.metadata import version

    from frontmap.render.figure.order import sources_line

    language = "ja" if choice.get("language") == "ja" else "en"
    first, last = dates[0], dates[-1]
    sector = choice.get("sector")
    title = message(language, "deck.title")
    if sector is not None:
        place = dataset.sectors[sector].name.text(language)
        title = message(language, "deck.title_sector", sector=place)
    asked = {
        "start": first,
        "end": last,
        **{key: choice.get(key) for key in ("sector", "baseline", "language", "size", "theme")},
        **pace.options(),
    }
    period = message(
        language, "deck.period", first=format_date(language, first),
        last=format_date(language, last),
    )  # fmt: skip
    return "\n".join(
        (
            f"{title}, {period}",
            sources_line(dataset, dates, language),
            f"Data SHA-256 {dataset.hash}",
            f"frontmap {version('frontmap')}: {command_line('animate', name, asked, origin)}",
        )
    )
