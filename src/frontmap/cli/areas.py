"""Areas as a table."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from frontmap.cli.options import DateOption, PathArgument, SectorOption, StatusOption
from frontmap.cli.program import app
from frontmap.cli.terminal import layers
from frontmap.errors import DataError
from frontmap.timeline import as_date

if TYPE_CHECKING:
    import pandas as pd


class Format(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


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
    dataset = layers(path)
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
