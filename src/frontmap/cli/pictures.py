"""Pictures, films, an atlas, slides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from frontmap.cli.options import (
    BaselineOption,
    DateOption,
    EveryOption,
    LanguagesOption,
    PathArgument,
    SectorOption,
    SizeOption,
    ThemeOption,
)
from frontmap.cli.program import app
from frontmap.cli.terminal import layers_on_ground, origin_of, progress, say_written
from frontmap.errors import DataError
from frontmap.export.animation import Pace, film_format, save_animation
from frontmap.export.animation.pace import HOLD_S, SPEED_DAYS_PER_S, WIDTH_PX
from frontmap.export.atlas import is_folder, save_atlas
from frontmap.export.atlas.plan import step_days
from frontmap.export.deck import check_ending, save_deck
from frontmap.export.snapshot import DPI, picture_format, save_snapshot


@app.command()
def snapshot(  # noqa: PLR0913 - one option for each thing that can be asked for
    path: PathArgument = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A .png, .svg or .pdf file.")
    ] = Path("map.png"),
    date: DateOption = None,
    sector: SectorOption = None,
    baseline: BaselineOption = None,
    language: LanguagesOption = "en",
    size: SizeOption = "slide",
    theme: ThemeOption = "light",
    dpi: Annotated[int, typer.Option("--dpi", help="Pixels per inch of a PNG.")] = DPI,
) -> None:
    """Write one picture of a date, for a slide or a page: map, areas, legend, sources."""
    picture_format(output)  # a wrong ending is said before anything is read
    written = save_snapshot(
        layers_on_ground(path), output, dpi=dpi, origin=origin_of(path),
        date=date, sector=sector, baseline=baseline, language=language, size=size, theme=theme,
    )  # fmt: skip
    say_written(output, written)


@app.command()
def animate(  # noqa: PLR0913 - one option for each thing that can be asked for
    path: PathArgument = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A .gif, .webp or .mp4 file.")
    ] = Path("front.gif"),
    start: Annotated[
        str | None, typer.Option("--from", help="The first day. Default: the first assessment.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="The last day. Default: the last assessment.")
    ] = None,
    sector: SectorOption = None,
    baseline: BaselineOption = None,
    language: LanguagesOption = "en",
    size: SizeOption = "slide",
    theme: ThemeOption = "light",
    speed: Annotated[
        float, typer.Option("--speed", help="Days that pass in a second.")
    ] = SPEED_DAYS_PER_S,
    hold: Annotated[
        float, typer.Option("--hold", help="How much longer the day of an event stands, seconds.")
    ] = HOLD_S,
    width: Annotated[int, typer.Option("--width", help="Pixels.")] = WIDTH_PX,
) -> None:
    """Write the front over time as a film in which a day is always as long."""
    film_format(output)  # a wrong ending is said before anything is read
    pace = Pace(speed, hold, width)
    dataset = layers_on_ground(path)
    with progress("Drawing", "pictures") as told:
        written = save_animation(
            dataset, output, start=start, end=end, pace=pace, progress=told,
            origin=origin_of(path), sector=sector, baseline=baseline,
            language=language, size=size, theme=theme,
        )  # fmt: skip
    say_written(output, written)


@app.command()
def atlas(  # noqa: PLR0913 - one option for each thing that can be asked for
    path: PathArgument = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A .pdf file, or a folder of pictures.")
    ] = Path("atlas.pdf"),
    dates: Annotated[
        str | None, typer.Option("--dates", help="Days for every sector, a comma between them.")
    ] = None,
    every: EveryOption = None,
    assessments: Annotated[
        bool, typer.Option("--assessments", help="The days of each sector's assessments (default).")
    ] = False,
    sector: SectorOption = None,
    baseline: BaselineOption = None,
    language: LanguagesOption = "en",
    size: SizeOption = "slide",
    theme: ThemeOption = "light",
    dpi: Annotated[
        int, typer.Option("--dpi", help="Pixels per inch of the pictures in a folder.")
    ] = DPI,
) -> None:
    """Write every sector by every date: one PDF with an outline, or a folder with an index."""
    if sum((dates is not None, every is not None, assessments)) > 1:
        raise DataError("--dates, --every and --assessments exclude each other")
    is_folder(output)  # a wrong ending is said before anything is read
    step = None if every is None else step_days(every)
    dataset = layers_on_ground(path)
    with progress("Drawing", "pages") as told:
        written = save_atlas(
            dataset, output, dates=None if dates is None else _days(dates), every_days=step,
            sector=sector, dpi=dpi, origin=origin_of(path), progress=told,
            baseline=baseline, language=language, size=size, theme=theme,
        )  # fmt: skip
    say_written(output, written)


@app.command()
def deck(
    path: PathArgument = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="A .pptx file.")] = Path(
        "brief.pptx"
    ),
    dates: Annotated[
        str | None, typer.Option("--dates", help="Days, a comma between them. Default: the last.")
    ] = None,
    every: EveryOption = None,
    events: Annotated[
        bool, typer.Option("--events", help="The dates of events in place of them.")
    ] = False,
    sector: SectorOption = None,
    baseline: Annotated[
        str | None,
        typer.Option("--baseline", "-b", help="A day to compare with. Default: the slide before."),
    ] = None,
    language: LanguagesOption = "en",
) -> None:
    """Write slides for PowerPoint: a map a date, curves, published figures, sources, notes."""
    check_ending(output)  # a wrong ending is said before anything is read
    dataset = layers_on_ground(path)
    with progress("Drawing", "slides") as told:
        written = save_deck(
            dataset, output, origin=origin_of(path), progress=told,
            dates=() if dates is None else _days(dates), every=every, events=events,
            sector=sector, baseline=baseline, language=language,
        )  # fmt: skip
    say_written(output, written)


def _days(dates: str) -> list[str]:
    return [day.strip() for day in dates.split(",")]
