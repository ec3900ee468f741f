"""A figure as the bytes of a file, the same every time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL.PngImagePlugin import PngInfo

from frontmap.errors import NotFoundError
from frontmap.render.figure.fonts import families_of
from frontmap.render.figure.settings import settings
from frontmap.render.figure.svg_faces import with_faces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

#: How zlib looks for repetitions (zlib.h).
Z_RLE = 3
#: The formats, by the endings of their files.
FORMATS = ("png", "svg", "pdf")


def picture(
    figure: Figure, format_: str, *, dpi: int = 144, metadata: Mapping[str, str] | None = None
) -> bytes:
    """Return a figure as the bytes of a file.

    Parameters
    ----------
    figure : Figure
        As `frontmap.render.figure.figure` made it.
    format_ : str
        ``"png"``, ``"svg"`` or ``"pdf"``.
    dpi : int
        Pixels per inch of a PNG; the others are vectors.
    metadata : mapping of str to str, optional
        ``title``, ``description``, ``date``, ``sources``, ``program``, ``language``, ``command``
        and ``hash``: written into the file.

    Returns
    -------
    bytes
        The same for the same figure, whatever the clock, the locale and the user's settings.

    Raises
    ------
    NotFoundError
        If there is no such format.
    """
    if format_ not in FORMATS:
        raise NotFoundError(f"no format {format_!r}; there is {', '.join(FORMATS)}")
    stream = io.BytesIO()
    written = {"png": _png, "svg": _svg, "pdf": _pdf}[format_]
    with settings():
        written(figure, stream, dpi, dict(metadata or {}))
    return stream.getvalue()


def _png(figure: Figure, stream: io.BytesIO, dpi: int, metadata: dict[str, str]) -> None:
    from PIL import Image

    figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    info = PngInfo()
    for name, text in metadata.items():
        key = {"program": "Software", "sources": "Copyright"}.get(name, name.capitalize())
        info.add_itxt(key, text)
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    # Runs of one colour are most of a map: a third quicker, and a twentieth larger.
    image.save(stream, "png", dpi=(dpi, dpi), pnginfo=info, compress_type=Z_RLE)


def _svg(figure: Figure, stream: io.BytesIO, dpi: int, metadata: dict[str, str]) -> None:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    del dpi  # a vector has none
    kept = {
        "Title": metadata.get("title"),
        "Description": _description(metadata),
        "Source": metadata.get("hash"),
        "Rights": metadata.get("sources"),
        "Creator": metadata.get("program"),
        "Language": metadata.get("language"),
        "Coverage": metadata.get("date"),
    }
    for text in figure.findobj(Text):
        text.set_fontfamily(families_of(text.get_fontfamily()[0]))
    figure.set_dpi(72)
    canvas: Any = FigureCanvasSVG(figure)
    known = {name: text for name, text in kept.items() if text}
    drawn = io.BytesIO()
    canvas.print_svg(drawn, metadata={"Date": None, **known})
    stream.write(with_faces(drawn.getvalue()))


def _pdf(figure: Figure, stream: io.BytesIO, dpi: int, metadata: dict[str, str]) -> None:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    del dpi  # a vector has none
    kept = {
        "Title": metadata.get("title"),
        "Subject": _description(metadata),
        "Keywords": metadata.get("hash"),
        "Author": metadata.get("sources"),
        "Creator": metadata.get("program"),
        "CreationDate": None,
        "Producer": metadata.get("program", "frontmap"),
    }
    figure.set_dpi(72)
    canvas: Any = FigureCanvasPdf(figure)
    canvas.print_pdf(stream, metadata=kept)


def _description(metadata: dict[str, str]) -> str:
    names = ("description", "date", "command")
    return " | ".join(metadata[name] for name in names if metadata.get(name))
