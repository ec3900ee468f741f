"""What a file says of itself: from which data, how measured, how to make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import frontmap
from frontmap.export.command import command_line
from frontmap.language import message
from frontmap.render.credits import attribution

if TYPE_CHECKING:
    from frontmap.export.table import Table


class Line(NamedTuple):
    """One thing that is said: a key for programs, a label and a text for people."""

    key: str
    label: str
    text: str


def command(table: Table) -> str:
    """Return the command that makes a table again.

    Parameters
    ----------
    table : Table
        Any.

    Returns
    -------
    str
        For a shell.

    Examples
    --------
    >>> from frontmap.export.assessment import Selection
    >>> from frontmap.export.table import Table
    >>> command(Table(frontmap.read(), Selection.of(sector="kursk"), "ja", "kursk.xlsx"))
    'frontmap table --sector kursk --lang ja -o kursk.xlsx'
    """
    wanted = table.selection
    asked = {
        "sector": wanted.sector,
        "status": wanted.status,
        "date": wanted.date,
        "baseline": wanted.baseline,
        "language": table.language,
    }
    return command_line("table", table.name, asked, table.origin)


def credit_lines(table: Table) -> list[str]:
    """Return the lines of credit that must go with the geometry of a table.

    Parameters
    ----------
    table : Table
        Any.

    Returns
    -------
    list of str
        Each once.
    """
    return attribution(table.dataset, table.language)


def about(table: Table) -> tuple[Line, ...]:
    """Return everything that a file says of itself.

    Parameters
    ----------
    table : Table
        Any.

    Returns
    -------
    tuple of Line
        In the table's language; what was not asked for is left out.

    Examples
    --------
    >>> from frontmap.export.assessment import Selection
    >>> from frontmap.export.table import Table
    >>> lines = about(Table(frontmap.read(), Selection.of(date="2024-11-21")))
    >>> [line.key for line in lines][:4]
    ['program', 'data', 'span', 'date']
    """
    wanted, (first, last) = table.selection, table.dataset.span
    texts = {
        "program": f"frontmap {frontmap.__version__}",
        "data": f"SHA-256 {table.dataset.hash}",
        "span": message(table.language, "table.span", first=first, last=last),
        "sector": wanted.sector,
        "status": wanted.status and message(table.language, f"status.{wanted.status}"),
        "date": wanted.date and wanted.date.isoformat(),
        "baseline": wanted.baseline and wanted.baseline.isoformat(),
        "method": message(table.language, "table.method"),
        "holds": message(table.language, "table.holds"),
        "band": message(table.language, "table.band"),
        "change": message(table.language, "table.change") if wanted.baseline else None,
        "credits": " · ".join(credit_lines(table)),
        "command": command(table),
    }
    return tuple(
        Line(key, message(table.language, f"table.about.{key}"), text)
        for key, text in texts.items()
        if text
    )
