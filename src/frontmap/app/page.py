"""The page from top to bottom."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from frontmap.app import panels
from frontmap.app.export_panel import export
from frontmap.app.map_component import CHOSEN, front_map, is_up, take_reported
from frontmap.app.store import PATH_VARIABLE, dataset_of
from frontmap.app.view import NO_BASELINE, USUAL_LAYERS, View, view_of
from frontmap.errors import FrontmapError
from frontmap.language import LANGUAGES, format_date, message

if TYPE_CHECKING:
    import datetime as dt

    from frontmap.dataset import Dataset

#: In the session: what widgets said when the browser last sent something, how often they are new.
SAID, RENEWED = "said", "renewed"
_STYLE = """
<style>
.block-container {padding: 1rem 1.5rem 3rem; max-width: 1500px;}
[data-testid="stMetricValue"], [data-testid="stMetricDelta"] {font-variant-numeric: tabular-nums;}
[data-testid="stMetricValue"] {font-size: 1.35rem;}
header[data-testid="stHeader"] {height: 0; min-height: 0;}
h1 {font-size: 1.4rem !important; padding: 0 0 .25rem !important;}
@media (max-width: 640px) {.block-container {padding: .5rem .6rem 2rem;}}
</style>
"""


def main() -> None:
    """Draw the page; an error of ours becomes one line on it."""
    st.set_page_config(page_title="frontmap", layout="wide")
    st.html(_STYLE)
    path = os.environ.get(PATH_VARIABLE, "")
    try:
        dataset = dataset_of(path)
    except FrontmapError as error:
        st.error(panels.plain(str(error)), icon="⚠")
        st.stop()
    _show(path, dataset)


def _show(path: str, dataset: Dataset) -> None:
    view = _view(dataset)
    _head(dataset, view)
    front_map(
        path, view, _subtitle(dataset, view.language), on_report=lambda: _take_report(dataset)
    )
    if not is_up():
        return  # the map comes back with a run of its own
    panels.sector_areas(dataset, view)
    _tabs(dataset, view)
    panels.foot(dataset, view)


def _tabs(dataset: Dataset, view: View) -> None:
    names = ("app.chart", "app.export", "app.table", "app.events", "app.claims", "app.sources")
    parts = (panels.chart, export, panels.table, panels.events, panels.claims, panels.sources)
    tabs = st.tabs([message(view.language, name) for name in names])
    for tab, show in zip(tabs, parts, strict=True):
        with tab:
            show(dataset, view)


def _view(dataset: Dataset) -> View:
    """Return the session's view; the first one comes from the link. Keep the link in step.

    What of the link was refused is told until the reader chooses something else.
    """
    link, state = st.query_params.to_dict(), st.session_state
    # Another link than the one written last, with no other reason to run, is the browser's
    # "back"; after a choice it is only the browser that has not yet heard of it.
    went_back = link != state.get("link", link) and not state.get(CHOSEN)
    if "view" not in state or went_back:
        state["view"], state["refused"] = view_of(link, dataset)
    state[CHOSEN] = False
    view: View = state["view"]
    # What was written last may still be on its way.
    there = [link, state.get("link", link)]
    state["link"] = view.as_query()
    for name, value in state["refused"]:
        text = message(view.language, "app.bad_link", name=name, value=value)
        st.warning(panels.plain(text))
    if any(one != state["link"] for one in there):
        st.query_params.from_dict(state["link"])
    return view


def _take_report(dataset: Dataset) -> None:
    """Take over what the reader did on the map."""
    empty = {"baseline": NO_BASELINE}
    told = {
        name: empty.get(name, "") if value is None else str(value)
        for name, value in take_reported().items()
    }
    if told.get("layers") == USUAL_LAYERS:
        told["layers"] = ""
    st.session_state["view"], _ = view_of(st.session_state["view"].as_query() | told, dataset)
    st.session_state.update({"refused": [], CHOSEN: True})


def _change(**fields: object) -> None:
    st.session_state["view"] = replace(st.session_state["view"], **fields)
    st.session_state.update({"refused": [], CHOSEN: True})


def _take_date(name: str, key: str) -> None:
    """Take over a date that the reader chose on the page; a field that was renewed is not heard."""
    value = st.session_state[key]
    if key == _key_of(name) and (value is not None or name == "baseline"):
        _change(**{name: value})


def _take_pressed(name: str) -> None:
    """Take over the sector or the language that the reader pressed on the page."""
    state = st.session_state
    value, said, now = state[f"widget_{name}"], state[SAID][name], getattr(state["view"], name)
    # A browser sends what all widgets say with whatever the reader does; where it has not yet heard
    # what the page has set since, one that repeats itself was not pressed.
    behind = st.query_params.to_dict() != state["link"]
    if behind and value == said:
        value = now
    elif value is None:
        # The one that was chosen, pressed again, stays chosen.
        value = said if behind and said is not None else now
    changed = {} if value == now else {name: value}
    # Another sector is looked at as a whole.
    _change(**changed, **({"view": ""} if "sector" in changed else {}))


def _head(dataset: Dataset, view: View) -> None:
    """Title, sectors, dates and language in one row."""
    language, state = view.language, st.session_state
    state[SAID] = {name: state.get(f"widget_{name}") for name in ("sector", "language")}
    for name in state[SAID]:
        state[f"widget_{name}"] = getattr(view, name)
    st.title(f"frontmap · {_subtitle(dataset, language)}", anchor=False)
    row = st.container(horizontal=True, horizontal_alignment="distribute")
    row.segmented_control(
        message(language, "app.sector"),
        ["", *_ordered(dataset)],
        format_func=lambda sector: _sector_name(dataset, sector, language),
        key="widget_sector",
        on_change=_take_pressed,
        args=("sector",),
        label_visibility="collapsed",
    )
    with row.popover(message(language, "app.dates")):
        _dates(dataset, view)
    row.segmented_control(
        message(language, "app.language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="widget_language",
        on_change=_take_pressed,
        args=("language",),
        label_visibility="collapsed",
    )


def _subtitle(dataset: Dataset, language: str) -> str:
    first, last = (format_date(language, day) for day in dataset.span)
    return message(language, "app.subtitle", first=first, last=last)


def _dates(dataset: Dataset, view: View) -> None:
    """Choose the date and the one to compare with; step to the assessments beside it."""
    first, last = dataset.span
    for name in ("date", "baseline"):
        key = _date_key(name, getattr(view, name))
        st.date_input(
            message(view.language, f"app.{name}"),
            value=None,
            min_value=first,
            max_value=last,
            key=key,
            on_change=_take_date,
            args=(name, key),
            format="YYYY-MM-DD",
        )
    dates = _assessed(dataset, view.sector)
    earlier = [day for day in dates if day < view.date]
    later = [day for day in dates if day > view.date]
    for key, day in (
        ("app.previous", earlier[-1] if earlier else None),
        ("app.next", later[0] if later else None),
    ):
        text = message(view.language, key)
        if day is not None:
            text = f"{text}: {format_date(view.language, day)}"
        st.button(
            text,
            key=key,
            disabled=day is None,
            width="stretch",
            on_click=_change,
            kwargs={"date": day},
        )


def _date_key(name: str, value: dt.date | None) -> str:
    """Return the key of a field that says a date, a new one where the last one says another.

    A field in a closed popover does not hear what it is set to: it would say the old date again
    with whatever the reader does next.
    """
    state = st.session_state
    if state.get(_key_of(name), value) != value:
        state[RENEWED][name] += 1
    state[_key_of(name)] = value
    return _key_of(name)


def _key_of(name: str) -> str:
    renewed: dict[str, int] = st.session_state.setdefault(RENEWED, {"date": 0, "baseline": 0})
    return f"widget_{name}_{renewed[name]}"


def _assessed(dataset: Dataset, sector: str) -> list[dt.date]:
    lines = [line for line in dataset.timelines if sector in {"", line.sector}]
    return sorted({day for line in lines for day in line.dates})


def _ordered(dataset: Dataset) -> list[str]:
    """Return the sectors from north to south."""
    return sorted(dataset.sectors, key=lambda name: -dataset.sectors[name].window[3])


def _sector_name(dataset: Dataset, sector: str, language: str) -> str:
    if not sector:
        return message(language, "app.all_sectors")
    return panels.plain(dataset.sectors[sector].name.text(language))
