"""Files of what is on screen: ask for one, watch it being made, look at it, save it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from frontmap.app.export_order import KINDS, SIZES, Order
from frontmap.app.panels import plain
from frontmap.app.store import PATH_VARIABLE
from frontmap.errors import FrontmapError
from frontmap.language import format_date, message

if TYPE_CHECKING:
    from frontmap.app.view import View
    from frontmap.dataset import Dataset

_MADE, _UNFINISHED, _CHOSEN = "export_made", "export_unfinished", "export_chosen"


@dataclass(frozen=True, slots=True)
class Made:
    """A file that waits to be saved.

    Parameters
    ----------
    order : Order
        What was asked for.
    content, preview : bytes
        The file; and a picture of it, for what has one.
    """

    order: Order
    content: bytes
    preview: bytes | None


@st.fragment
def export(dataset: Dataset, view: View) -> None:
    """Offer what is on screen as a file; nothing is made before the button is pressed.

    Parameters
    ----------
    dataset : Dataset
        The layers on screen.
    view : View
        What is on screen.
    """
    language = view.language
    order = _order(dataset, view)
    st.caption(f"{message(language, 'app.export.shown')}: {plain(_said(dataset, order.view))}")
    st.caption(message(language, "app.export.command"))
    st.code(order.command(), language="bash", wrap_lines=True)
    wanted = st.button(message(language, "app.export.make"), key="export_make", type="primary")
    work, below = st.container(), st.empty()
    if wanted:
        with work:
            _make(dataset, order)
    elif st.session_state.pop(_UNFINISHED, None):
        work.warning(message(language, "app.export.unfinished"))
    made: Made | None = st.session_state.get(_MADE)
    if made is not None:
        with below.container():
            _offer(dataset, order, made)


def _order(dataset: Dataset, view: View) -> Order:
    """Ask what to make: the kind, and the few options that it has."""
    language = view.language
    row = st.container(horizontal=True)
    kept: dict[str, str] = st.session_state.setdefault(_CHOSEN, {})
    asked = ""

    def choose(name: str, options: tuple[str, ...], prefix: str = "") -> str:
        """Offer options, of which a single one is no choice."""
        if len(options) < 2:
            return options[0] if options else ""
        key = f"export_{name}_{asked}"
        # A label in another language is another widget to Streamlit, so what was chosen is kept.
        st.session_state[key] = kept.get(key, options[0])
        chosen: str = row.selectbox(
            message(language, f"app.export.{name}"),
            options,
            format_func=lambda option: (
                message(language, f"app.export.{prefix}.{option}") if prefix else option[1:]
            ),
            key=key,
            on_change=lambda: kept.update({key: st.session_state[key]}),
            width=220,
        )
        return chosen

    asked = choose("what", tuple(KINDS), "kind")
    kind = KINDS[asked]
    ending = choose("format", kind.endings)
    span = choose("dates", kind.spans, "span") or "shown"
    size = choose("size", SIZES, "size") if kind.sized else SIZES[0]
    origin = os.environ.get(PATH_VARIABLE, "")
    return Order(asked, view, str(dataset.span[0]), origin, ending, size, span)


def _make(dataset: Dataset, order: Order) -> None:
    """Make a file and keep it; an error of ours becomes one line."""
    language = order.view.language
    text = message(language, "app.export.making", name=order.name)
    bar = st.progress(0.0, plain(text))

    def tell(done: int, total: int) -> None:
        bar.progress(min(done / total, 1.0), plain(f"{text} {done}/{total}"))

    # A page that changes meanwhile ends this run where it tells how far it is.
    st.session_state[_UNFINISHED] = True
    try:
        content = order.make(dataset, tell)
        st.session_state[_MADE] = Made(order, content, order.preview(dataset, content))
    except FrontmapError as error:
        st.error(plain(str(error).splitlines()[0]), icon="⚠")
    st.session_state.pop(_UNFINISHED, None)
    bar.empty()


def _offer(dataset: Dataset, order: Order, made: Made) -> None:
    """Show a file that was made, and hand it over; say so when it shows something else."""
    language = order.view.language
    if made.order.command() != order.command():
        of = plain(_said(dataset, made.order.view, language))
        st.info(message(language, "app.export.other", name=plain(made.order.name), of=of))
    st.download_button(
        message(language, "app.export.save", name=plain(made.order.name)),
        made.content,
        made.order.name,
        key="export_save",
        on_click="ignore",
    )
    if made.preview is not None:
        st.image(made.preview, width="content")


def _said(dataset: Dataset, view: View, language: str = "") -> str:
    """Return what a view shows in words."""
    language = language or view.language
    sector = message(language, "app.all_sectors")
    if view.sector:
        sector = dataset.sectors[view.sector].name.text(language)
    parts = [format_date(language, view.date), sector]
    if view.baseline is not None:
        day = format_date(language, view.baseline)
        parts.append(message(language, "app.export.compared", date=day))
    return " · ".join(parts)
