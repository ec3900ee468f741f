"""The map inside the page: mounted once, told of changes, asked for the date at rest."""

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


@st.cache_data(show_spinner=False, max_entries=4)
def _page(_dataset: Dataset, dataset_hash: str) -> tuple[str, str]:  # noqa: ARG001  the cache's key
    """Return the page of a data set and its id; the view is set from outside."""
    text = page(_dataset)
    return text, hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _script() -> str:
    file = resources.files("frontmap.render") / "static" / "host.js"
    return file.read_text(encoding="utf-8")


def front_map(dataset: Dataset, view: View, on_date: Callable[[], None]) -> Any:
    """Show the map.

    The document goes to the browser once a session; afterwards only the view does, so the map is
    neither mounted again nor does it lose its zoom.

    Parameters
    ----------
    dataset : Dataset
        What to show.
    view : View
        Where the map should stand.
    on_date : callable
        Called before the next run when the reader chose a date on the map.

    Returns
    -------
    object
        The component's state: ``date`` is the reader's date, ISO.
    """
    component = st.components.v2.component("frontmap_map", js=_script(), html="<div></div>")
    text, page_id = _page(dataset, dataset.hash)
    sent = st.session_state.get("sent_page") == page_id
    st.session_state["sent_page"] = page_id
    return component(
        key=KEY,
        data={
            "page": None if sent else text,
            "page_id": page_id,
            "date": view.date.isoformat(),
            "baseline": view.baseline.isoformat(),
            "sector": view.sector or None,
            "language": view.language,
        },
        on_date_change=on_date,
    )
