"""Tables of a deck: published figures beside measured ones, and sources with their licences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from frontmap.export.assessment import Selection
from frontmap.export.companions import claim_rows, source_rows
from frontmap.export.deck.slide import PT_PER_IN, Line, describe, height_pt, write
from frontmap.export.deck.template import CONTENT, EMU_PER_IN
from frontmap.export.table import Table
from frontmap.language import format_area_km2
from frontmap.render.style import LIGHT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from pptx.slide import Slide

    from frontmap.dataset import Dataset
    from frontmap.export.companions import Row
    from frontmap.render.figure.words import Words

#: A table without lines of its own.
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_TEXT_PT, _HEAD_PT, _SPACE_PT = 11.0, 11.0, 7.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: heads, rows of texts, and how wide its columns are.

    Parameters
    ----------
    heads : tuple of str
        One a column.
    rows : tuple of tuple of str
        One text a column.
    widths : tuple of float
        In inches.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]

    def pages(self) -> list[Sheet]:
        """Return the table in parts that each fit on a slide.

        Returns
        -------
        list of Sheet
            None where there are no rows.
        """
        # A row in reserve: where the face is missing, another one takes more lines.
        reserve_pt = self.height_pt_of(("–",) * len(self.heads))
        room_pt = CONTENT.height * PT_PER_IN - self.height_pt_of(self.heads) - reserve_pt
        parts: list[list[tuple[str, ...]]] = []
        free_pt = 0.0
        for row in self.rows:
            needed_pt = self.height_pt_of(row)
            if needed_pt > free_pt:
                parts.append([])
                free_pt = room_pt
            parts[-1].append(row)
            free_pt -= needed_pt
        return [Sheet(self.heads, tuple(part), self.widths) for part in parts]

    def height_pt_of(self, row: Sequence[str]) -> float:
        """Return how high a row is.

        Parameters
        ----------
        row : sequence of str
            Heads, or one of the rows.

        Returns
        -------
        float
            Points.
        """
        return _SPACE_PT + max(
            height_pt([Line(text, _TEXT_PT)], width * PT_PER_IN - 8)
            for text, width in zip(row, self.widths, strict=True)
        )


def claims(dataset: Dataset, words: Words, until: dt.date, sector: str | None) -> Sheet:
    """Return the published figures, those that the layers measure first.

    Parameters
    ----------
    dataset : Dataset
        Any.
    words : Words
        The languages.
    until : datetime.date
        Nothing later is told.
    sector : str, optional
        Leaves out what is said of others.

    Returns
    -------
    Sheet
        Perhaps without rows.

    Examples
    --------
    >>> import datetime as dt, frontmap
    >>> from frontmap.render.figure.words import words_in
    >>> found = claims(frontmap.read(), words_in("en"), dt.date(2024, 12, 31), "kursk")
    >>> found.rows[0][1:4]
    ('≈ 740 km²', '742 ± 106 km²', '+0.3 %')
    """
    by_language = [
        claim_rows(Table(dataset, Selection(sector=sector), language))
        for language in words.languages
    ]
    rows = [
        (row["area_km2"] is None, _claim_row(row, [other["claim"] for other in others], words))
        for row, *others in zip(by_language[0], *by_language, strict=True)
        if row["date_end"] <= until
    ]
    return Sheet(
        (
            words.line("table.column.claim"),
            words.line("app.claim"),
            words.line("app.measured"),
            words.line("app.difference"),
            words.line("column.source"),
        ),
        tuple(row for _, row in sorted(rows, key=lambda row: row[0])),
        (5.93, 1.7, 1.9, 1.4, 1.5),
    )


def _claim_row(row: Row, texts: list[str], words: Words) -> tuple[str, ...]:
    unit = _said(f"unit.{row['unit']}", row["unit"], words)
    about = "≈ " if row["approximate"] == words.say("table.yes")[0] else ""
    published = f"{about}{row['value']:,.10g} {unit}"
    source = " · ".join(text for text in (row["source"], row["ref"]) if text)
    if row["ref"].startswith(row["source"]):
        source = row["ref"]
    told = "\u2002".join(dict.fromkeys(texts))
    if row["area_km2"] is None:
        return told, published, "–", "–", source
    nan = float("nan")
    band = row["band_km2"] if row["band_km2"] is not None else nan
    difference = "–" if row["difference"] is None else _percent(row["difference"])
    return told, published, format_area_km2(row["area_km2"], band), difference, source


def _said(key: str, otherwise: str, words: Words) -> str:
    """Return a word of the data in the languages, else as the data has it."""
    key = key.replace(" ", "_")
    return words.line(key) if words.knows(key) else otherwise


def _percent(part: float) -> str:
    text = f"{part:+.1%}".replace("%", " %").replace("-", "−")
    return "0.0 %" if text[1:] == "0.0 %" else text


def sources(dataset: Dataset, words: Words, used: set[str]) -> Sheet:
    """Return the sources with their licences.

    Parameters
    ----------
    dataset : Dataset
        Any.
    words : Words
        The languages.
    used : set of str
        The ids of those to list.

    Returns
    -------
    Sheet
        In order of id.
    """
    by_language = [
        source_rows(Table(dataset, Selection(), language)) for language in words.languages
    ]
    rows = tuple(
        (
            "\u2002".join(
                dict.fromkeys(other["title"] or other["source"] for other in (row, *others))
            ),
            row["publisher"],
            _said(f"licence.{row['licence']}", row["licence"], words)
            or words.line("deck.unstated"),
            row["address"],
        )
        for row, *others in zip(*by_language, strict=True)
        if row["source"] in used
    )
    heads = ("table.column.title", "table.column.publisher", "column.licence")
    return Sheet(
        (*(words.line(key) for key in heads), words.line("table.column.address")),
        rows,
        (5.0, 2.6, 1.5, 3.33),
    )


def paint_table(slide: Slide, sheet: Sheet, name: str) -> None:
    """Put a table on a slide.

    Parameters
    ----------
    slide : Slide
        Any.
    sheet : Sheet
        One that fits.
    name : str
        What it shows, for those who cannot see it.
    """
    from pptx.util import Emu

    left, top, width, _ = CONTENT.emu
    frame = slide.shapes.add_table(
        len(sheet.rows) + 1, len(sheet.heads), Emu(left), Emu(top), Emu(width), Emu(1)
    )
    describe(frame, name, f"{name}: {'; '.join(sheet.heads)}")
    table = frame.table
    table.horz_banding = False
    style = next(iter(table._tbl.tblPr))  # noqa: SLF001 - the library names no styles
    style.text = _PLAIN_STYLE
    for column, inches in zip(table.columns, sheet.widths, strict=True):
        column.width = Emu(round(inches * EMU_PER_IN))
    for number, texts in enumerate((sheet.heads, *sheet.rows)):
        height = sheet.height_pt_of(texts)
        table.rows[number].height = Emu(round(height / PT_PER_IN * EMU_PER_IN))
        for cell, text in zip(table.rows[number].cells, texts, strict=True):
            head = not number
            size = _HEAD_PT if head else _TEXT_PT
            _fill(cell, Line(text, size, bold=head, muted=head), strong=head)


def _fill(cell: Any, line: Line, *, strong: bool) -> None:
    """Write a cell, with a rule below it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Pt

    cell.margin_left, cell.margin_right = Pt(0), Pt(8)
    cell.margin_top, cell.margin_bottom = Pt(_SPACE_PT / 2), Pt(_SPACE_PT / 2)
    write(cell.text_frame, [line])
    colour, width = (LIGHT.ink, 12_700) if strong else (LIGHT.rule, 6_350)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - the library draws no rules
    properties.append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill><a:srgbClr val="{colour[1:]}"/>'
            "</a:solidFill></a:lnB>"
        )
    )
