"""The data behind any picture as a table, in the format that the file's ending names."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from frontmap.errors import DataError
from frontmap.export.assessment import Selection, assessments
from frontmap.export.writing import write_whole
from frontmap.language import catalogue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from frontmap.dataset import Dataset
    from frontmap.export.assessment import Assessment

#: Endings, and the module and function that make each: loaded when it is asked for.
FORMATS = {
    ".csv": ("frontmap.export.table", "csv_bytes"),
    ".geojson": ("frontmap.export.features", "geojson_bytes"),
    ".gpkg": ("frontmap.export.geopackage", "geopackage_bytes"),
    ".parquet": ("frontmap.export.geoparquet", "geoparquet_bytes"),
    ".xlsx": ("frontmap.export.workbook", "workbook_bytes"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What a file is made of.

    Parameters
    ----------
    dataset : Dataset
        Gives the texts beside the rows.
    selection : Selection
        What was asked for.
    language : str
        Of words that are meant for people.
    name, origin : str
        The file's name, and what the data set was read from, as the command names them.
    rows : tuple of Assessment
        Made from the selection.
    """

    dataset: Dataset
    selection: Selection
    language: str = "en"
    name: str = "areas.csv"
    origin: str = ""
    rows: tuple[Assessment, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Make the rows, and check the language."""
        catalogue(self.language)
        object.__setattr__(self, "rows", assessments(self.dataset, self.selection))

    @property
    def compared(self) -> bool:
        """Whether there is a baseline."""
        return self.selection.baseline is not None


def table_format(target: Path) -> str:
    """Return the ending of a table's file, if there is such a format.

    Parameters
    ----------
    target : Path
        Any file.

    Returns
    -------
    str
        A key of `FORMATS`.

    Raises
    ------
    DataError
        If the ending is none of them.

    Examples
    --------
    >>> from pathlib import Path
    >>> table_format(Path("areas.XLSX"))
    '.xlsx'
    """
    ending = target.suffix.lower()
    if ending not in FORMATS:
        raise DataError(f"{target}: no table of that kind; end its name in {', '.join(FORMATS)}")
    return ending


def save_table(
    dataset: Dataset,
    target: Path | str,
    *,
    date: str | dt.date | None = None,
    sector: str | None = None,
    status: str | None = None,
    baseline: str | dt.date | None = None,
    language: str = "en",
    origin: str = "",
) -> int:
    """Write the assessments of a data set with their areas; the file's ending names the format.

    ``.csv`` is one plain table, ``.xlsx`` a workbook with events, published figures and sources;
    ``.geojson``, ``.parquet`` (GeoParquet) and ``.gpkg`` keep the geometry, in longitude and
    latitude. See ``docs/tables.md``.

    Parameters
    ----------
    dataset : Dataset
        What to write.
    target : Path or str
        The file; an existing one is replaced when the new one is complete.
    date : str or datetime.date, optional
        Only what is in force on this day.
    sector, status : str, optional
        Only these.
    baseline : str or datetime.date, optional
        Adds what changed since the extent in force on this day.
    language : str
        ``"en"`` or ``"ja"``; names of columns in .csv, .geojson, .parquet and .gpkg stay English.
    origin : str
        What the data set was read from, for the command that the file names.

    Returns
    -------
    int
        The size of the file in bytes.

    Raises
    ------
    FrontmapError
        If the ending, a day or a name is not known, or the file cannot be written.

    Examples
    --------
    >>> import tempfile, frontmap
    >>> from pathlib import Path
    >>> target = Path(tempfile.mkdtemp()) / "areas.csv"
    >>> size = save_table(frontmap.read(), target, sector="toretsk", date="2024-10-04")
    >>> target.read_text().split(",")[:4]
    ['sector', 'status', 'date', 'area_km2']
    """
    target = Path(target)
    module, function = FORMATS[table_format(target)]
    selection = Selection.of(date, sector, status, baseline)
    table = Table(dataset, selection, language, target.name, origin)
    make: Callable[[Table], bytes] = getattr(import_module(module), function)
    data = make(table)
    return write_whole(target, data)


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV: UTF-8, one head line whose names carry the units, ISO dates.

    Parameters
    ----------
    table : Table
        What to write.

    Returns
    -------
    bytes
        Lines end in LF; unknown values are empty.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for number, row in enumerate(table.rows):
        line = row.timeline
        measures = row.measures(compared=table.compared)
        record = {
            "sector": line.sector,
            "status": str(line.status),
            "date": row.valid_from.isoformat(),
            **{name: _plain(value) for name, value in measures.items()},
            "method": str(line.methods[row.position]),
            "source": line.source,
        }
        if not number:
            writer.writerow(record)
        writer.writerow(record.values())
    return stream.getvalue().encode()


def _plain(value: float | None) -> str:
    """Write a number without an exponent; one that is not known is empty."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
