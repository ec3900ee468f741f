"""What the page shows: read and made once a process, and before the first reader asks."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frontmap
from frontmap.language import LANGUAGES, catalogue
from frontmap.model import LocalText
from frontmap.read import on_shipped_ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from frontmap.dataset import Dataset

#: Tells the page which layers to read; unset means the shipped ones.
PATH_VARIABLE = "FRONTMAP_PATH"
# A reader who comes while the page is being made waits for it instead of making it again.
_MAKING = threading.RLock()
_DATASETS: dict[str, Dataset] = {}
_FACES: dict[str, str] = {}


def key_of(path: Path | None) -> str:
    """Return the name under which the layers of a path are kept.

    Parameters
    ----------
    path : Path or None
        ``None`` for the shipped layers.

    Returns
    -------
    str
        The whole path; empty for the shipped layers.

    Examples
    --------
    >>> key_of(None)
    ''
    """
    return "" if path is None else str(path.resolve())


def keep(path: Path | None, dataset: Dataset) -> None:
    """Keep a data set that has been read already, so that the page need not read it again.

    Parameters
    ----------
    path : Path or None
        Where it was read from.
    dataset : Dataset
        What was read.
    """
    with _MAKING:
        _DATASETS[key_of(path)] = on_shipped_ground(dataset)


def dataset_of(key: str) -> Dataset:
    """Return the data set of a folder or file, on the shipped ground.

    Parameters
    ----------
    key : str
        As of `key_of`.

    Returns
    -------
    Dataset
        The same one at every call.

    Raises
    ------
    FrontmapError
        If it cannot be read.
    """
    with _MAKING:
        if key not in _DATASETS:
            _DATASETS[key] = on_shipped_ground(frontmap.read(Path(key) if key else None))
        return _DATASETS[key]


def document_of(key: str) -> tuple[str, str]:
    """Return the map's HTML document and its id.

    Parameters
    ----------
    key : str
        As of `key_of`.

    Returns
    -------
    document, id : str
        The id changes with the document.

    Raises
    ------
    FrontmapError
        If the layers cannot be read.
    """
    with _MAKING:
        return _document(key)


@cache
def _document(key: str) -> tuple[str, str]:
    from frontmap.render.webmap import page

    text = page(dataset_of(key), face=False)  # see `face_of`
    return text, hashlib.sha256(text.encode()).hexdigest()[:16]


def face_of(key: str) -> str:
    """Return the Japanese face for everything that the page can say.

    Parameters
    ----------
    key : str
        As of `key_of`.

    Returns
    -------
    str
        See `frontmap.render.webfont.woff`.
    """
    with _MAKING:
        return _face(key)


def _face(key: str) -> str:
    from frontmap.render.webfont import japanese_face

    if key not in _FACES:
        dataset = dataset_of(key)
        # The command that makes a file again names the path.
        texts = [key, *LANGUAGES.values(), *catalogue("ja").values(), *_texts(dataset)]
        _FACES[key] = japanese_face(texts)
    return _FACES[key]


def _texts(dataset: Dataset) -> Iterator[str]:
    """Yield every text of a data set that the page may show, names in a third language too."""
    records = (dataset.sectors.values(), dataset.sources.values(), dataset.events, dataset.claims)
    for record in chain(*records, dataset.places):
        yield from _texts_of(record)
    yield from (line.source for line in dataset.timelines)
    if dataset.basemap is not None:
        yield from (str(name) for name in dataset.basemap.labels["name_ja"])


def _texts_of(record: Any) -> Iterator[str]:
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, LocalText):
            yield from _texts_of(value)
        elif isinstance(value, str):
            yield value
