"""An empty presentation: 16:9, four layouts, and the faces and colours of a theme.

Text is set in the faces of the theme, which are on the readers' machines; nothing is embedded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from frontmap.render.style import LIGHT

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_SPACES = f'xmlns:a="{_A}" xmlns:p="{_P}" xmlns:r="{_R}"'
EMU_PER_IN = 914_400
#: Latin and Japanese; Windows, macOS and Office have them, others know a substitute.
LATIN, JAPANESE = "Arial", "Yu Gothic"


class Area(NamedTuple):
    """A rectangle on a slide, in inches from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as the format counts them."""
        left, top, width, height = (round(value * EMU_PER_IN) for value in self)
        return left, top, width, height


SLIDE = Area(0, 0, 40 / 3, 7.5)
TITLE = Area(0.45, 0.24, 12.43, 0.72)
SUBTITLE = Area(0.45, 0.97, 12.43, 0.34)
PICTURE = Area(0.26, 1.42, 8.5, 5.3)  # the frame of the map meets the edge of the title
FIGURES = Area(9.2, 1.36, 3.68, 3.05)
CHANGES = Area(9.2, 4.5, 3.68, 2.22)
CONTENT = Area(0.45, 1.42, 12.43, 5.3)
FOOT = Area(0.45, 6.8, 11.6, 0.5)
NUMBER = Area(12.13, 6.8, 0.75, 0.3)
#: Placeholders by their number on a layout.
TITLE_ID, SUBTITLE_ID = 0, 1
NUMBER_ID = 12
PICTURE_ID, FIGURES_ID, CHANGES_ID, TEXT_ID = 13, 14, 15, 16
#: Layouts by their place in the presentation.
OPENING, MAP, PAGE, TEXT = range(4)


class Holder(NamedTuple):
    """A placeholder: its number, kind, name, place, and the size of its text in points."""

    id: int
    kind: str
    name: str
    area: Area
    size: float
    bold: bool = False
    muted: bool = False
    anchor: str = "t"
    align: str = "l"


_FEET = (Holder(NUMBER_ID, "sldNum", "Slide number", NUMBER, 10, muted=True, align="r"),)
_HEADS = (
    Holder(TITLE_ID, "title", "Title", TITLE, 26, bold=True, anchor="b"),
    Holder(SUBTITLE_ID, "body", "Subtitle", SUBTITLE, 13, muted=True),
)
_LAYOUTS = (
    (
        "Opening",
        (
            Holder(TITLE_ID, "ctrTitle", "Title", Area(0.9, 1.5, 11.5, 1.7), 40, bold=True,
                   anchor="b"),
            Holder(SUBTITLE_ID, "subTitle", "Subtitle", Area(0.9, 3.5, 11.5, 2.6), 18, muted=True),
            *_FEET,
        ),
    ),
    (
        "Map",
        (
            *_HEADS,
            Holder(PICTURE_ID, "pic", "Map", PICTURE, 12),
            Holder(FIGURES_ID, "body", "Key figures", FIGURES, 12),
            Holder(CHANGES_ID, "body", "Changes", CHANGES, 12),
            *_FEET,
        ),
    ),
    ("Page", (*_HEADS, *_FEET)),
    ("Text", (_HEADS[0], Holder(TEXT_ID, "body", "Text", CONTENT, 15), *_FEET)),
)  # fmt: skip


def empty_deck() -> Presentation:
    """Return a presentation without slides.

    Returns
    -------
    Presentation
        With layouts `OPENING`, `MAP`, `PAGE` and `TEXT`.

    Examples
    --------
    >>> [layout.name for layout in empty_deck().slide_layouts]
    ['Opening', 'Map', 'Page', 'Text']
    """
    import pptx
    from pptx.opc.constants import RELATIONSHIP_TYPE

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = SLIDE.emu[2:]
    for layout in list(deck.slide_layouts)[len(_LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    for layout, (name, holders) in zip(deck.slide_layouts, _LAYOUTS, strict=True):
        layout.name = name
        layout.element.attrib.pop("type", None)
        _fill(layout.shapes._spTree, holders)  # noqa: SLF001 - layouts have no other way
    master = deck.slide_master
    _fill(master.shapes._spTree, (*_HEADS, *_FEET))  # noqa: SLF001
    _restyle(master.element)
    _rule(deck.slide_layouts[OPENING].shapes._spTree)  # noqa: SLF001
    theme: Any = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = _themed(theme.blob)
    _strip(deck)
    deck.element.find(f"{{{_P}}}sldSz").attrib.pop("type", None)  # of another shape of page
    return deck


def _fill(tree: Any, holders: tuple[Holder, ...]) -> None:
    """Put placeholders in place of whatever shapes there are."""
    from pptx.oxml import parse_xml

    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, holder in enumerate(holders, start=2):
        tree.append(parse_xml(_holder_xml(number, holder)))


def _holder_xml(number: int, holder: Holder) -> str:
    left, top, width, height = holder.area.emu
    colour = "tx2" if holder.muted else "tx1"
    index = f' idx="{holder.id}"' if holder.id else ""
    text = '<a:r><a:rPr lang="en-GB"/><a:t></a:t></a:r>'
    if holder.kind == "sldNum":
        text = number_field("‹#›")
    return (
        f"<p:sp {_SPACES}><p:nvSpPr>"
        f'<p:cNvPr id="{number}" name="{holder.name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{holder.kind}"{index}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{holder.anchor}">'
        f'<a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" '
        f'algn="{holder.align}"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{holder.size * 100:.0f}" b="{holder.bold:d}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        f"</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _rule(tree: Any) -> None:
    """Draw a short line under the title of the opening."""
    from pptx.oxml import parse_xml

    left, top, width, height = Area(0.9, 3.32, 1.1, 0.05).emu
    tree.append(
        parse_xml(
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="20" name="Rule"/><p:cNvSpPr/><p:nvPr/>'
            f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            '</a:prstGeom><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></p:spPr></p:sp>'
        )
    )


def number_field(text: str) -> str:
    """Return the field that shows the number of a slide.

    Parameters
    ----------
    text : str
        What is shown until a program counts the slides.

    Returns
    -------
    str
        Without the declaration of its prefixes.
    """
    identity = "{6B1A2F5C-3D4E-4F60-9A7B-8C9D0E1F2A3B}"
    return f'<a:fld id="{identity}" type="slidenum"><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:fld>'


def _restyle(master: Any) -> None:
    """Set the plain styles of titles, bodies and all other text."""
    from pptx.oxml import parse_xml

    def level(size: float, *, bold: bool = False) -> str:
        return (
            '<a:lvl1pPr marL="0" indent="0" algn="l" defTabSz="914400" latinLnBrk="0">'
            '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
            f'<a:defRPr sz="{size * 100:.0f}" b="{bold:d}" kern="1200">'
            '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
            f'<a:latin typeface="+m{"j" if bold else "n"}-lt"/>'
            f'<a:ea typeface="+m{"j" if bold else "n"}-ea"/>'
            f'<a:cs typeface="+m{"j" if bold else "n"}-cs"/></a:defRPr></a:lvl1pPr>'
        )

    new = parse_xml(
        f"<p:txStyles {_SPACES}><p:titleStyle>{level(26, bold=True)}</p:titleStyle>"
        f"<p:bodyStyle>{level(12)}</p:bodyStyle><p:otherStyle>{level(12)}</p:otherStyle>"
        "</p:txStyles>"
    )
    old = master.find(f"{{{_P}}}txStyles")
    master.replace(old, new)


def _themed(blob: bytes) -> bytes:
    """Return a theme with our colours and faces."""
    from lxml import etree

    theme = etree.fromstring(blob)
    theme.set("name", "frontmap")
    for part, xml in (("clrScheme", _colours_xml()), ("fontScheme", _faces_xml())):
        old = theme.find(f".//{{{_A}}}{part}")
        old.getparent().replace(old, etree.fromstring(xml))
    data: bytes = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _colours_xml() -> str:
    style = LIGHT
    colours = {
        "dk1": style.ink,
        "lt1": style.paper,
        "dk2": style.muted,
        "lt2": style.land,
        "accent1": style.ukrainian_held.hue,
        "accent2": style.russian_held.hue,
        "accent3": style.contested.text,
        "accent4": style.unstated.text,
        "accent5": style.accent,
        "accent6": style.rule,
        "hlink": style.ukrainian_held.text,
        "folHlink": style.muted,
    }
    body = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' for name, colour in colours.items()
    )
    return f'<a:clrScheme xmlns:a="{_A}" name="frontmap">{body}</a:clrScheme>'


def _faces_xml() -> str:
    face = (
        f'<a:latin typeface="{LATIN}"/><a:ea typeface="{JAPANESE}"/><a:cs typeface=""/>'
        '<a:font script="Jpan" typeface="游ゴシック"/>'
    )
    return (
        f'<a:fontScheme xmlns:a="{_A}" name="frontmap"><a:majorFont>{face}</a:majorFont>'
        f"<a:minorFont>{face}</a:minorFont></a:fontScheme>"
    )


def _strip(deck: Presentation) -> None:
    """Leave out what the empty file brings along: a thumbnail, settings of a printer."""
    package: Any = deck.part.package
    own = f'<Properties xmlns="{_APP}"><Application>frontmap</Application></Properties>'
    for relation in package._rels.values():  # noqa: SLF001
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part.blob = own.encode()
    for relations in (package._rels, deck.part.rels):  # noqa: SLF001 - there is no other way
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                relations.pop(name)
