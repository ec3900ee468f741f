"""The workbook: areas, events, published figures and sources, each on a sheet of its own."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from frontmap.export.companions import claim_rows, event_rows, source_rows
from frontmap.export.provenance import about
from frontmap.language import catalogue, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frontmap.export.companions import Row
    from frontmap.export.table import Table

#: Columns are at most this wide; longer texts are wrapped.
_WIDEST = 60
#: What a cell can hold.
_LONGEST_TEXT = 32_767
#: Excel counts days from here; earlier ones are written as texts.
_FIRST_DAY = dt.date(1900, 3, 1)
_FORMATS = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"valign": "top", "text_wrap": True},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "number": {"valign": "top", "num_format": "#,##0.0"},
    "change": {"valign": "top", "num_format": "+#,##0.0;\u2212#,##0.0;0.0"},
    "metres": {"valign": "top", "num_format": "#,##0"},
    "percent": {"valign": "top", "num_format": "+0.0%;\u22120.0%;0.0%"},
    "degrees": {"valign": "top", "num_format": "0.0000"},
    "any": {"valign": "top", "num_format": "General"},
}
_OF_COLUMN = {
    "net_change_km2": "change",
    "difference": "percent",
    "positional_error_m": "metres",
    "positional_precision_m": "metres",
    "range_km": "metres",
    "value": "any",
    "longitude_deg": "degrees",
    "latitude_deg": "degrees",
}


class Sheet(NamedTuple):
    """A sheet: its name, and rows that all have the same columns."""

    name: str
    rows: Sequence[Row]
    filtered: bool = True


def workbook_bytes(table: Table) -> bytes:
    """Return a table as an Excel workbook.

    Parameters
    ----------
    table : Table
        What to write.

    Returns
    -------
    bytes
        Typed dates and numbers, no formulas, no links: text from data stays text.
    """
    import xlsxwriter

    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, {**plain, "in_memory": True})
    made = dt.datetime.combine(table.dataset.span[1], dt.time())  # no clock: the data's last day
    book.set_properties(
        {
            "title": message(table.language, "table.title"),
            "author": about(table)[0].text,
            "comments": about(table)[-1].text,
            "created": made,
        }
    )
    formats = {name: book.add_format(form) for name, form in _FORMATS.items()}
    for sheet in _sheets(table):
        _write(book, formats, sheet, table.language)
    book.close()
    return stream.getvalue()


def _sheets(table: Table) -> list[Sheet]:
    said = [{"about": line.label, "text": line.text} for line in about(table)]
    return [
        Sheet("areas", [_area_row(table, number) for number in range(len(table.rows))]),
        Sheet("events", event_rows(table)),
        Sheet("claims", claim_rows(table)),
        Sheet("sources", source_rows(table)),
        Sheet("about", said, filtered=False),
    ]


def _area_row(table: Table, number: int) -> Row:
    row = table.rows[number]
    line = row.timeline
    return {
        "sector_id": line.sector,
        "sector": table.dataset.sectors[line.sector].name.text(table.language),
        "status": message(table.language, f"status.{line.status}"),
        "date": row.valid_from,
        **row.measures(compared=table.compared),
        "method": message(table.language, f"method.{line.methods[row.position]}"),
        "source": line.source,
    }


def _write(book: Any, formats: dict[str, Any], sheet: Sheet, language: str) -> None:
    page = book.add_worksheet(message(language, f"table.sheet.{sheet.name}"))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    names = list(sheet.rows[0]) if sheet.rows else []
    for column, name in enumerate(names):
        head = _head(name, language)
        page.write_string(0, column, head, formats["head"])
        for number, row in enumerate(sheet.rows, start=1):
            _write_cell(page, number, column, row[name], formats, _OF_COLUMN.get(name))
        width = max(_width(text) for text in [head, *(_shown(row[name]) for row in sheet.rows)])
        page.set_column(column, column, min(max(width + 3, 10), _WIDEST))
    if names and sheet.filtered:
        page.autofilter(0, 0, len(sheet.rows), len(names) - 1)


def _head(name: str, language: str) -> str:
    """Return the head of a column; its unit stands in it."""
    words = catalogue(language)
    return words.get(f"table.column.{name}") or words[f"column.{name}"]


def _write_cell(
    page: Any, row: int, column: int, value: Any, formats: dict[str, Any], form: str | None
) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, formats["text"])
    elif isinstance(value, dt.date) and value >= _FIRST_DAY:
        at = dt.datetime.combine(value, dt.time())
        page.write_datetime(row, column, at, formats["date"])
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value, formats[form or "number"])
    else:
        page.write_string(row, column, str(value)[:_LONGEST_TEXT], formats["text"])


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,.1f}" if isinstance(value, float) else str(value)


def _width(text: str) -> int:
    """Return the width of a text in columns: East Asian signs are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
