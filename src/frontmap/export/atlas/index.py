"""The page that opens an atlas kept as a folder: plain, safe, without a network."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How an atlas is told from another folder.
MARK = '<meta name="generator" content="frontmap atlas">'
_STYLE = """
:root { color-scheme: light dark; --ink: #1d252c; --muted: #59636b; --paper: #fff; --rule: #d5d8d4 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebe9; --muted: #a3adb3; --paper: #14191d; --rule: #3a444b }
}
body { margin: 0 auto; max-width: 88rem; padding: 1.5rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; border-top: 1px solid var(--rule);
  padding-top: 1rem }
a { color: inherit } nav a { margin-right: 1rem }
ol { display: grid; gap: 1.25rem; list-style: none; padding: 0;
  grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)) }
img { display: block; width: 100%; height: auto; border: 1px solid var(--rule) }
footer { border-top: 1px solid var(--rule); color: var(--muted); font-size: .85rem;
  margin-top: 2rem; overflow-wrap: anywhere }
"""


class Sheet(NamedTuple):
    """One picture: its file, what it is called, what it shows in words."""

    file: str
    name: str
    text: str


class Section(NamedTuple):
    """The pictures of one chapter."""

    title: str
    sheets: Sequence[Sheet]


def file_name(number: int, name: str) -> str:
    """Return a name that any file system takes, whatever the data call a sector.

    Parameters
    ----------
    number : int
        Keeps names apart.
    name : str
        As the data have it.

    Returns
    -------
    str
        Plain letters, figures, ``-`` and ``_``.

    Examples
    --------
    >>> file_name(2, "chasiv_yar"), file_name(3, "../")
    ('02-chasiv_yar', '03')
    """
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", name)[:40].strip("-")
    return f"{number:02}-{plain}".rstrip("-")


def index(
    title: str, sections: Sequence[Section], notes: Sequence[str], size_px: tuple[int, int],
    language: str,
) -> str:  # fmt: skip
    """Return the page.

    Parameters
    ----------
    title : str
        Of the atlas.
    sections : sequence of Section
        In their order.
    notes : sequence of str
        Sources and the like.
    size_px : tuple of int
        Width and height of every picture.
    language : str
        Of the page.

    Returns
    -------
    str
        HTML in which every text of the data is only text.

    Examples
    --------
    >>> page = index("Front", [Section("<b>", [])], ["x & y"], (16, 9), "en")
    >>> ">&lt;b&gt;</h2>" in page, "x &amp; y" in page
    (True, True)
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src 'self' file:; style-src 'sha256-{digest}'"
    links = [f'<a href="#c{n}">{escape(one.title)}</a>' for n, one in enumerate(sections)]
    parts = [
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"{MARK}\n<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1>{escape(title)}</h1>\n<nav>{' '.join(links)}</nav>",
    ]
    for number, section in enumerate(sections):
        parts.append(f'<h2 id="c{number}">{escape(section.title)}</h2>\n<ol>')
        parts += [_item(sheet, size_px) for sheet in section.sheets]
        parts.append("</ol>")
    lines = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return "\n".join([*parts, f"<footer>{lines}</footer>\n</body>\n</html>\n"])


def _item(sheet: Sheet, size_px: tuple[int, int]) -> str:
    width, height = size_px
    return (
        f'<li><a href="{escape(sheet.file)}"><img src="{escape(sheet.file)}" loading="lazy" '
        f'width="{width}" height="{height}" alt="{escape(sheet.text)}">'
        f"{escape(sheet.name)}</a></li>"
    )
