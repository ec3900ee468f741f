"""Writing on a slide: text that fits its place, numbers, sources, notes, words for pictures."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from frontmap.export.deck.template import FOOT, NUMBER_ID, number_field
from frontmap.render.figure.typesetting import is_japanese, wrapped
from frontmap.render.figure.typesetting import width_pt as width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide
    from pptx.text.text import TextFrame

    from frontmap.export.deck.template import Area

PT_PER_IN = 72.0
#: The reader's face is wider than the one that widths are measured in.
_WIDER = 1.14
#: From one line to the next, in sizes; Japanese faces need more.
_LEADING, _LEADING_JAPANESE = 1.2, 1.42
#: Text becomes no smaller than this part of its size.
_SMALLEST_PERCENT = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in one form.

    Parameters
    ----------
    text : str
        Taken as it is.
    size : float
        Points.
    bold, muted : bool
        Its form.
    colour : str
        ``#RRGGBB``; by default that of the place.
    before : float
        Kept free above, in points.
    """

    text: str
    size: float
    bold: bool = False
    muted: bool = False
    colour: str = ""
    before: float = 0.0


def plain(text: str) -> str:
    r"""Return a text as XML can hold it, on one line.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        Signs that steer a terminal, and halves of signs, are spaces.

    Examples
    --------
    >>> plain("a <b>\x00c\n")
    'a <b> c'
    """
    kept = (
        sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else " " for sign in text
    )
    return "".join(kept).strip()


def height_pt(lines: Sequence[Line], width_pt: float) -> float:
    """Return how much room lines need.

    Parameters
    ----------
    lines : sequence of Line
        From the top.
    width_pt : float
        Of their place.

    Returns
    -------
    float
        Points.
    """
    limit = width_pt / _WIDER
    total = 0.0
    for number, line in enumerate(lines):
        # an address that is too long for a line is broken anywhere
        rows = sum(
            max(1, math.ceil(width_of(text, line.size) / limit))
            for text in wrapped(line.text, line.size, limit) or [""]
        )
        leading = _LEADING_JAPANESE if any(map(is_japanese, line.text)) else _LEADING
        total += line.before * (number > 0) + leading * line.size * rows
    return total


def fitted(lines: Sequence[Line], area: Area) -> list[Line]:
    """Return lines made small enough for their place.

    Parameters
    ----------
    lines : sequence of Line
        From the top.
    area : Area
        Where.

    Returns
    -------
    list of Line
        All smaller by the same part.
    """
    for percent in range(100, _SMALLEST_PERCENT - 1, -4):
        found = [
            replace(
                line, size=round(line.size * percent / 100, 1), before=line.before * percent / 100
            )
            for line in lines
        ]
        if height_pt(found, area.width * PT_PER_IN) <= area.height * PT_PER_IN:
            break
    return found


def write(frame: TextFrame, lines: Sequence[Line]) -> None:
    """Write lines into a place.

    Parameters
    ----------
    frame : TextFrame
        Empty.
    lines : sequence of Line
        A paragraph each.
    """
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        if number and line.before:
            paragraph.space_before = Pt(line.before)
        run = paragraph.add_run()
        run.text = plain(line.text)
        run.font.size, run.font.bold = Pt(line.size), line.bold
        if line.colour:
            run.font.color.rgb = RGBColor.from_string(line.colour[1:])
        else:
            theme = MSO_THEME_COLOR.TEXT_2 if line.muted else MSO_THEME_COLOR.TEXT_1
            run.font.color.theme_color = theme
        speak(run, line.text)


def write_box(slide: Slide, name: str, area: Area, lines: Sequence[Line]) -> int:
    """Write lines into a box of their own.

    Parameters
    ----------
    slide : Slide
        Any.
    name : str
        What the list of shapes calls it.
    area : Area
        Where; the lines are made small enough for it.
    lines : sequence of Line
        A paragraph each.

    Returns
    -------
    int
        The id of the box.
    """
    from pptx.enum.text import MSO_AUTO_SIZE
    from pptx.util import Emu

    box = slide.shapes.add_textbox(*map(Emu, area.emu))
    box.name = plain(name)
    frame = box.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = Emu(0)
    write(frame, fitted(lines, area))
    return int(box.shape_id)


def speak(run: Any, text: str) -> None:
    """Say in which language a run is, for its face and for reading aloud.

    Parameters
    ----------
    run : pptx run
        Written.
    text : str
        What it says.
    """
    properties: Any = run._r.get_or_add_rPr()  # noqa: SLF001 - the library knows no languages of the East
    japanese = any(map(is_japanese, text))
    properties.set("lang", "ja-JP" if japanese else "en-GB")
    if japanese:
        properties.set("altLang", "en-GB")


def describe(shape: Any, name: str, text: str) -> None:
    """Give a picture, chart or table its words for those who cannot see it.

    Parameters
    ----------
    shape : pptx shape
        Any.
    name : str
        What the list of shapes calls it.
    text : str
        The words.
    """
    properties = shape._element._nvXxPr.cNvPr  # noqa: SLF001 - the library has no word for it
    properties.set("name", plain(name))
    properties.set("descr", plain(text))


def paint_feet(slide: Slide, sources: str) -> None:
    """Write the sources and the number at the foot of a slide.

    Parameters
    ----------
    slide : Slide
        Any.
    sources : str
        One text.
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    own = write_box(slide, "Sources", FOOT, [Line(sources, 8, muted=True)])
    tree: Any = slide.shapes._spTree  # noqa: SLF001 - numbers are not copied from a layout
    number = slide.slide_id - 255  # the first slide's id is 256
    tree.append(
        parse_xml(
            f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="{own + 1}" '
            'name="Slide number"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
            f'<p:ph type="sldNum" idx="{NUMBER_ID}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>'
            f"<a:bodyPr/><a:lstStyle/><a:p>{number_field(str(number))}</a:p></p:txBody></p:sp>"
        )
    )


def paint_notes(slide: Slide, lines: Sequence[str]) -> None:
    """Write the notes of the speaker.

    Parameters
    ----------
    slide : Slide
        Any.
    lines : sequence of str
        A paragraph each.
    """
    frame = slide.notes_slide.notes_text_frame
    if frame is None:  # pragma: no cover - the library's own master has one
        return
    for number, text in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(text)
        speak(run, text)


def drop_empty(slide: Slide) -> None:
    """Remove places that hold nothing: a program would ask for text there.

    Parameters
    ----------
    slide : Slide
        Complete.
    """
    for shape in list(slide.placeholders):
        if shape.has_text_frame and not shape.text_frame.text.strip():
            shape._element.getparent().remove(shape._element)  # noqa: SLF001
