"""The map inside the page: mounted once, told of changes, asked for the view at rest."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import streamlit as st

from frontmap.app.store import document_of, face_of
from frontmap.app.view import USUAL_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from frontmap.app.view import View

KEY = "map"
UP = "map_is_up"
TAKEN = "taken_from_map"
#: Set in the session by whatever makes the page run, but the browser's "back".
CHOSEN = "chosen"
_HEIGHT_PX = 640


@cache
def _component() -> Any:
    """Register the component, once a process."""
    script = resources.files("frontmap.render") / "static" / "host.js"
    return st.components.v2.component("frontmap_map", js=script.read_text(encoding="utf-8"))


def take_reported() -> dict[str, Any]:
    """Take what the reader chose on the map, by the names of `frontmap.app.view.View`.

    Returns
    -------
    dict
        What was not taken before: a choice made on the page meanwhile is not undone by an older
        one on the map that comes with the report of another.
    """
    taken = st.session_state.setdefault(TAKEN, {})
    choices = st.session_state.get(KEY, {}).get("choices") or {}
    fresh = {name: one for name, one in choices.items() if one["at"] > taken.get(name, 0)}
    taken.update({name: one["at"] for name, one in fresh.items()})
    return {name: one["value"] for name, one in fresh.items()}


def is_up() -> bool:
    """Return whether the map has drawn itself in this session.

    Returns
    -------
    bool
        The browser draws one thing after the other: what stands under the map comes after it.
    """
    return bool(st.session_state.get(UP))


def _take_up() -> None:
    st.session_state.update({UP: True, CHOSEN: True})


def _take_note() -> None:
    st.session_state[CHOSEN] = True


def _face(path: str) -> str | None:
    """Return the Japanese face once a session, if the browser has found that it has none."""
    asked = st.session_state.get(KEY, {}).get("face_wanted")
    if not asked or st.session_state.get("sent_face") == path:
        return None
    st.session_state["sent_face"] = path
    return face_of(path)


def front_map(path: str, view: View, title: str, on_report: Callable[[], None]) -> None:
    """Show the map.

    The document goes to the browser once a session; afterwards only the view does, so the map is
    neither mounted again nor does it lose its zoom.

    Parameters
    ----------
    path : str
        Which layers to show; empty for the shipped ones.
    view : View
        Where the map should stand.
    title : str
        The map's name for screen readers.
    on_report : callable
        Called before the next run when the reader's hand has come to rest on the map;
        `take_reported` then says where.
    """
    text, page_id = document_of(path)
    wanted = st.session_state.get(KEY, {}).get("page_wanted")
    sent = st.session_state.get("sent_page") == page_id and wanted != page_id
    st.session_state["sent_page"] = page_id
    _component()(
        key=KEY,
        data={
            "page": None if sent else text,
            "page_id": page_id,
            "title": title,
            "face": _face(path),
            "height": _HEIGHT_PX,
            "date": view.date.isoformat(),
            "baseline": view.baseline.isoformat() if view.baseline else None,
            "sector": view.sector or None,
            "language": view.language,
            "theme": view.theme,
            "view": view.view or None,
            "layers": view.layers or USUAL_LAYERS,
            "swipe": float(view.swipe) if view.swipe and view.baseline else None,
            "taken": dict(st.session_state.get(TAKEN, {})),
        },
        height=_HEIGHT_PX,
        on_page_wanted_change=_take_note,
        on_face_wanted_change=_take_note,
        on_selected_change=_take_note,
        on_choices_change=on_report,
        on_up_change=_take_up,
    )
