"""Files of data: a pack, tables, the page with everything in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from frontmap.cli.options import (
    BaselineOption,
    DateOption,
    LanguageOption,
    PathArgument,
    SectorOption,
    StatusOption,
)
from frontmap.cli.program import app
from frontmap.cli.terminal import layers, layers_on_ground, origin_of, say_written
from frontmap.export.pack import save_pack
from frontmap.export.page import save_page
from frontmap.export.table import save_table, table_format


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
    size = save_pack(layers(path), output, step_deg=step_deg)
    say_written(output, size)


@app.command("map")
def map_(
    path: PathArgument = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")] = Path(
        "frontmap.html"
    ),
    sector: SectorOption = None,
    date: DateOption = None,
    baseline: BaselineOption = None,
    language: LanguageOption = "en",
    tiles: Annotated[
        str | None,
        typer.Option(help="Online tiles that the reader may switch on, off at first: a template."),
    ] = None,
    tiles_attribution: Annotated[
        str, typer.Option(help="The credit shown with the tiles. Default: their host.")
    ] = "",
) -> None:
    """Write one self-contained page with the map and its date slider; it needs no network."""
    dataset = layers_on_ground(path)
    size = save_page(
        dataset, output, date=date, baseline=baseline, sector=sector, language=language,
        tiles=tiles, tiles_attribution=tiles_attribution,
    )  # fmt: skip
    say_written(output, size)


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
    baseline: BaselineOption = None,
    language: LanguageOption = "en",
) -> None:
    """Write the data behind any picture: areas, bands, changes; the ending names the format.

    With --date, only what was in force on that day; with --baseline, also what changed since.
    """
    table_format(output)  # a wrong ending is said before anything is read
    size = save_table(
        layers_on_ground(path), output, date=date, sector=sector, status=status,
        baseline=baseline, language=language, origin=origin_of(path),
    )  # fmt: skip
    say_written(output, size)
