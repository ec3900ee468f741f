"""The command line: one thin command a verb, the library's own words.

Every failure that the library names becomes one line on standard error and exit code 1.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

import frontmap
from frontmap.errors import DataError, FrontmapError
from frontmap.export.pack import save_pack
from frontmap.export.page import save_page
from frontmap.read import SHIPPED, on_shipped_ground
from frontmap.timeline import as_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from frontmap.timeline import Dataset

app = typer.Typer(
    name="frontmap",
    help="Front lines over time: measure them, check them, map them. Everything works offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


PathArgument = Annotated[
    Path | None,
    typer.Argument(help="A folder or file of layers. Default: the layers shipped with frontmap."),
]
SectorOption = Annotated[str | None, typer.Option("--sector", "-s", help="Only this sector.")]
StatusOption = Annotated[
    str | None, typer.Option("--status", help="Only this status, for example ukrainian_held.")
]
DateOption = Annotated[str | None, typer.Option("--date", "-d", help="A day, as YYYY-MM-DD.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"frontmap {frontmap.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Front lines over time: measure them, check them, map them. Everything works offline."""


def _read(path: Path | None) -> Dataset:
    """Read layers."""
    with _progress("Reading", "files") as told:
        return frontmap.read(path, progress=told)


@contextmanager
def _progress(verb: str, noun: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far work has come, in a bar that goes when it is done."""
    console = Console(stderr=True)
    columns = (verb, BarColumn(), MofNCompleteColumn(), TextColumn(noun))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@app.command()
def areas(
    path: PathArgument = None,
    sector: SectorOption = None,
    status: StatusOption = None,
    date: DateOption = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Print the area of every extent in square kilometres on the WGS 84 ellipsoid.

    With --date, print the area in force on that day; the date column says as of when.
    """
    dataset = _read(path)
    table = dataset.areas(sector, status)
    if date is not None:
        day = as_date(date).isoformat()
        table = table[table["date"] <= day].groupby(["sector", "status", "source"]).tail(1)
        if table.empty:
            raise DataError(
                f"nothing is assessed on or before {day}; the first is {dataset.span[0]}"
            )
    _print_table(table[["sector", "status", "date", "area_km2", "source"]], format_)


def _print_table(table: pd.DataFrame, format_: Format) -> None:
    """Print a table of areas; three decimals, because a thousandth is 1,000 square metres."""
    table = table.assign(area_km2=table["area_km2"].round(3))
    if format_ is Format.CSV:
        stream = io.StringIO()
        table.to_csv(stream, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        typer.echo(stream.getvalue(), nl=False)
    elif format_ is Format.JSON:
        typer.echo(json.dumps(table.to_dict("records"), indent=1, ensure_ascii=False))
    else:
        drawn = Table(box=None, header_style="bold", pad_edge=False)
        for name in table.columns:
            drawn.add_column(name, justify="right" if name == "area_km2" else "left")
        for row in table.itertuples(index=False):
            drawn.add_row(*(f"{v:,.1f}" if isinstance(v, float) else str(v) for v in row))
        Console(highlight=False, markup=False, emoji=False).print(drawn)


@app.command()
def validate(path: PathArgument = None) -> None:
    """Check layers: read them all, say what was mended, compare files with their stated hashes."""
    root = SHIPPED if path is None else path
    dataset = _read(root)
    for repair in dataset.repairs:
        typer.echo(f"mended  {repair.where}: {repair.what} ({repair.area_change_km2:+.3f} km²)")
    _check_hashes(root, dataset)
    count = sum(len(line.extents) for line in dataset.timelines)
    first, last = dataset.span
    typer.echo(
        f"valid   {count} extents in {len(dataset.timelines)} timelines, {first} to {last}; "
        f"{len(dataset.repairs)} mended"
    )


def _check_hashes(root: Path, dataset: Dataset) -> None:
    """Refuse files that differ from the data package beside them."""
    package = root / "datapackage.json"
    if not package.is_file():
        return
    try:
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
        stated = {item["path"]: item["hash"].removeprefix("sha256:") for item in resources}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{package}: broken ({error})") from None
    absent = sorted(name for name in stated if not (root / name).is_file())
    if absent:
        raise DataError(f"{root}: lacks what its datapackage.json lists: {', '.join(absent)}")
    changed = sorted(
        name for name, digest in dataset.hashes.items() if stated.get(name, digest) != digest
    )
    if changed:
        raise DataError(f"{root}: differs from its datapackage.json: {', '.join(changed)}")


@app.command()
def pack(
    path: PathArgument = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
        "front.frontmap"
    ),
    step_deg: Annotated[
        float, typer.Option("--step", help="Grid in degrees; 1e-5 is about a metre.")
    ] = 1e-7,
) -> None:
    """Write all timelines into one small file; every command reads it in place of a folder."""
    size = save_pack(_read(path), output, step_deg=step_deg)
    typer.echo(f"wrote {output} ({size / 1000:,.1f} kB)")


@app.command("map")
def map_(
    path: PathArgument = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")] = Path(
        "frontmap.html"
    ),
    sector: SectorOption = None,
    date: DateOption = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", "-b", help="A day to compare with.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", "-l", help="en or ja.")] = "en",
    tiles: Annotated[
        str | None,
        typer.Option(help="Online tiles that the reader may switch on, off at first: a template."),
    ] = None,
    tiles_attribution: Annotated[
        str, typer.Option(help="The credit shown with the tiles. Default: their host.")
    ] = "",
) -> None:
    """Write one self-contained page with the map and its date slider; it needs no network."""
    dataset = on_shipped_ground(_read(path))
    size = save_page(
        dataset, output, date=date, baseline=baseline, sector=sector, language=language,
        tiles=tiles, tiles_attribution=tiles_attribution,
    )  # fmt: skip
    typer.echo(f"wrote {output} ({size / 1000:,.0f} kB)")


@app.command()
def snapshot(  # noqa: PLR0913 - one option for each thing that can be asked for
    path: PathArgument = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A .png, .svg or .pdf file.")
    ] = Path("map.png"),
    date: DateOption = None,
    sector: SectorOption = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", "-b", help="A day to compare with.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", "-l", help="en, ja or both.")] = "en",
    size: Annotated[
        str, typer.Option("--size", help="slide (16:9), a4, a4-landscape or square.")
    ] = "slide",
    theme: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light",
    dpi: Annotated[int, typer.Option("--dpi", help="Pixels per inch of a PNG.")] = 144,
) -> None:
    """Write one picture of a date, for a slide or a page: map, areas, legend, sources."""
    from frontmap.export.snapshot import picture_format, save_snapshot

    picture_format(output)  # a wrong ending is said before anything is read
    written = save_snapshot(
        on_shipped_ground(_read(path)), output, dpi=dpi, origin="" if path is None else str(path),
        date=date, sector=sector, baseline=baseline, language=language, size=size, theme=theme,
    )  # fmt: skip
    typer.echo(f"wrote {output} ({written / 1000:,.0f} kB)")


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
    baseline: Annotated[
        str | None, typer.Option("--baseline", "-b", help="A day to compare with.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", "-l", help="en, ja or both.")] = "en",
    size: Annotated[
        str, typer.Option("--size", help="slide (16:9), a4, a4-landscape or square.")
    ] = "slide",
    theme: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light",
    speed: Annotated[float, typer.Option("--speed", help="Days that pass in a second.")] = 7.0,
    hold: Annotated[
        float, typer.Option("--hold", help="How much longer the day of an event stands, seconds.")
    ] = 1.5,
    width: Annotated[int, typer.Option("--width", help="Pixels.")] = 960,
) -> None:
    """Write the front over time as a film in which a day is always as long."""
    from frontmap.export.animation import Pace, film_format, save_animation

    film_format(output)  # a wrong ending is said before anything is read
    pace = Pace(speed, hold, width)
    dataset = on_shipped_ground(_read(path))
    with _progress("Drawing", "pictures") as told:
        written = save_animation(
            dataset, output, start=start, end=end, pace=pace, progress=told,
            origin="" if path is None else str(path), sector=sector, baseline=baseline,
            language=language, size=size, theme=theme,
        )  # fmt: skip
    typer.echo(f"wrote {output} ({written / 1000:,.0f} kB)")


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
    every: Annotated[
        str | None, typer.Option("--every", help="A regular step in place of them: 7d or 2w.")
    ] = None,
    assessments: Annotated[
        bool, typer.Option("--assessments", help="The days of each sector's assessments (default).")
    ] = False,
    sector: SectorOption = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", "-b", help="A day to compare with.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", "-l", help="en, ja or both.")] = "en",
    size: Annotated[
        str, typer.Option("--size", help="slide (16:9), a4, a4-landscape or square.")
    ] = "slide",
    theme: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light",
    dpi: Annotated[
        int, typer.Option("--dpi", help="Pixels per inch of the pictures in a folder.")
    ] = 144,
) -> None:
    """Write every sector by every date: one PDF with an outline, or a folder with an index."""
    from frontmap.export.atlas import is_folder, save_atlas
    from frontmap.export.atlas.plan import step_days

    if sum((dates is not None, every is not None, assessments)) > 1:
        raise DataError("--dates, --every and --assessments exclude each other")
    is_folder(output)  # a wrong ending is said before anything is read
    step = None if every is None else step_days(every)
    dataset = on_shipped_ground(_read(path))
    with _progress("Drawing", "pages") as told:
        written = save_atlas(
            dataset, output, dates=None if dates is None else dates.split(","), every_days=step,
            sector=sector, dpi=dpi, origin="" if path is None else str(path), progress=told,
            baseline=baseline, language=language, size=size, theme=theme,
        )  # fmt: skip
    typer.echo(f"wrote {output} ({written / 1000:,.0f} kB)")


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
    every: Annotated[
        str | None, typer.Option("--every", help="A regular step in place of them: 7d or 2w.")
    ] = None,
    events: Annotated[
        bool, typer.Option("--events", help="The dates of events in place of them.")
    ] = False,
    sector: SectorOption = None,
    baseline: Annotated[
        str | None,
        typer.Option("--baseline", "-b", help="A day to compare with. Default: the slide before."),
    ] = None,
    language: Annotated[str, typer.Option("--lang", "-l", help="en, ja or both.")] = "en",
) -> None:
    """Write slides for PowerPoint: a map a date, curves, published figures, sources, notes."""
    from frontmap.export.deck import check_ending, save_deck

    check_ending(output)  # a wrong ending is said before anything is read
    dataset = on_shipped_ground(_read(path))
    with _progress("Drawing", "slides") as told:
        written = save_deck(
            dataset, output, origin="" if path is None else str(path), progress=told,
            dates=() if dates is None else dates.split(","), every=every, events=events,
            sector=sector, baseline=baseline, language=language,
        )  # fmt: skip
    typer.echo(f"wrote {output} ({written / 1000:,.0f} kB)")


@app.command("table")
def table_(
    path: PathArgument = None,
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="A .csv, .xlsx, .parquet, .geojson or .gpkg file."),
    ] = Path("areas.xlsx"),
    date: DateOption = None,
    sector: SectorOption = None,
    status: StatusOption = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", "-b", help="A day to compare with.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", "-l", help="en or ja.")] = "en",
) -> None:
    """Write the data behind any picture: areas, bands, changes; the ending names the format.

    With --date, only what was in force on that day; with --baseline, also what changed since.
    """
    from frontmap.export.table import save_table, table_format

    table_format(output)  # a wrong ending is said before anything is read
    size = save_table(
        on_shipped_ground(_read(path)), output, date=date, sector=sector, status=status,
        baseline=baseline, language=language, origin="" if path is None else str(path),
    )  # fmt: skip
    typer.echo(f"wrote {output} ({size / 1000:,.1f} kB)")


@app.command("app")
def app_(
    path: PathArgument = None,
    port: Annotated[int, typer.Option("--port", "-p", help="The port to serve on.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Serve the map with its tables and charts on this machine, and open it."""
    if path is not None:
        _read(path)
    from frontmap.app.serve import serve

    raise typer.Exit(serve(path, port=port, open_browser=browser))


def main(arguments: list[str] | None = None) -> Any:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        By default those of the process.

    Raises
    ------
    SystemExit
        With 0, or with 1 after one line on standard error.
    """
    try:
        app(arguments)
    except FrontmapError as error:
        first = str(error).splitlines()[0]
        sys.stderr.write(f"frontmap: {first}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
