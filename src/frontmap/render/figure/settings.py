"""Matplotlib's settings as a figure needs them, whatever the user's own are."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Settings that change how something is drawn or written.
_KINDS = (
    "agg.", "figure.", "font.", "image.", "lines.", "patch.", "path.", "pdf.", "savefig.", "svg.",
    "text.",
)  # fmt: skip
#: Letters stay letters, and nothing is moved to pixels.
_OURS: dict[str, Any] = {
    "font.sans-serif": ["DejaVu Sans"],
    "path.simplify": False,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "frontmap",
    "text.hinting": "none",
}
#: The settings belong to the process: one figure at a time.
_SETTING = threading.RLock()


@contextmanager
def settings() -> Iterator[None]:
    """Draw with a figure's own settings; afterwards the user's are as they were.

    Examples
    --------
    >>> with settings():
    ...     mpl.rcParams["svg.fonttype"]
    'none'
    """
    with _SETTING, mpl.rc_context(_settings()):
        yield


@cache
def _settings() -> Any:
    defaults = mpl.rcParamsDefault
    kept = {name: defaults[name] for name in defaults if name.startswith(_KINDS)}
    return {**kept, **_OURS}
