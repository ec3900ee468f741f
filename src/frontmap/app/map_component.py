"""The map inside the page: mounted once, told of changes, asked for the view at rest."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import streamlit as st

from frontmap.render.webmap import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from frontmap.app.view import View
    from frontmap.timeline import Dataset

KEY = "map"
#: What the map reports when the hand rests, by the names of `frontmap.app.view.View`.
REPORTED = ("date", "baseline", "sector", "language")
_HEIGHT_PX = 640


@st.cache_data(show_spinner=False, max_entries=4)
def _page(_dataset: Dataset, dataset_hash: str) -> tuple[str, str]:  # noqa: ARG001  the cache's key
    """Return the page of a data set and its id; the view is set from outside."""
    text = page(_dataset)
    return text, hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _component() -> Any:
    """Register the component, once a process."""
    script = resources.files("frontmap.render") / "static" / "host.js"
    return st.components.v2.component("frontmap_map", js=script.read_text(encoding="utf-8"))


def front_map(dataset: Dataset, view: View, title: str, on_report: Callable[[], None]) -> None:
    """Show the map.

    The document goes to the browser once a session; afterwards only the view does, so the map is
    neither mounted again nor does it lose its zoom.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    view : View
        Where the map should stand.
    title : str
        The map's name for screen readers.
    on_report : callable
        Called before the next run when the reader moved the date on the map; the values stand
        in the session under `KEY`.
    """
    text, page_id = _page(dataset, dataset.hash)
    wanted = st.session_state.get(KEY, {}).get("page_wanted")
    sent = st.session_state.get("sent_page") == page_id and wanted != page_id
    st.session_state["sent_page"] = page_id
    _component()(
        key=KEY,
        data={
            "page": None if sent else text,
            "page_id": page_id,
            "title": title,
            "height": _HEIGHT_PX,
            "date": view.date.isoformat(),
            "baseline": view.baseline.isoformat(),
            "sector": view.sector or None,
            "language": view.language,
        },
        height=_HEIGHT_PX,
        on_page_wanted_change=lambda: None,
        on_selected_change=lambda: None,
        **{f"on_{name}_change": on_report for name in REPORTED},
    )
