"""What stands under the map: areas, chart, tables, sources."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import streamlit as st

from frontmap.analyse import band_km2, fixed_lines_of, front_lines, net_change_km2
from frontmap.geodesy import length_km
from frontmap.language import format_area_km2, format_change_km2, format_date, message
from frontmap.render.style import LIGHT

if TYPE_CHECKING:
    from frontmap.app.view import View
    from frontmap.dataset import Dataset
    from frontmap.timeline import Timeline

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~])")


def plain(text: str) -> str:
    r"""Return a text that a Markdown field shows as it is written.

    Parameters
    ----------
    text : str
        From data.

    Returns
    -------
    str
        With Markdown's signs escaped.

    Examples
    --------
    >>> plain("*Sudzha* <b>")
    '\\*Sudzha\\* \\<b\\>'
    """
    return _MARKDOWN.sub(r"\\\1", text)


@st.cache_data(show_spinner=False, max_entries=64)
def _bands(_dataset: Dataset, dataset_hash: str, sector: str, status: str) -> pd.Series[float]:  # noqa: ARG001  the cache's key
    return band_km2(_dataset, _dataset.timeline(sector, status))


def _measured(dataset: Dataset, sector: str = "") -> list[Timeline]:
    """Return the timeline of the status that each sector measures, north to south."""
    names = [sector] if sector else list(dataset.sectors)
    lines = [dataset.timeline(name) for name in names]
    return sorted(lines, key=lambda line: -dataset.sectors[line.sector].window[3])


def _band(dataset: Dataset, line: Timeline) -> pd.Series[float]:
    return _bands(dataset, dataset.hash, line.sector, line.status)


def sector_areas(dataset: Dataset, view: View) -> None:
    """Show the area of each sector at the date, its change, and where the number comes from."""
    lines = _measured(dataset, view.sector)
    for column, line in zip(st.columns(max(len(lines), 3)), lines, strict=False):
        with column:
            _sector_area(dataset, view, line)


def _sector_area(dataset: Dataset, view: View, line: Timeline) -> None:
    language, extent = view.language, line.at(view.date)
    name = dataset.sectors[line.sector].name.text(language)
    label = f"{plain(name)} · {message(language, f'status.{line.status}')}"
    if extent is None:
        st.metric(label, message(language, "app.unknown"))
        return
    area_km2 = line.area_at(view.date)
    half_km2 = _band(dataset, line).loc[pd.Timestamp(extent.valid_from)]
    st.metric(
        label,
        format_area_km2(area_km2 or 0.0, half_km2),
        _change(view, line),
        delta_color="off",
        delta_arrow="off",
    )
    age = (view.date - extent.valid_from).days
    key = "app.as_of_old" if age else "app.as_of"
    st.caption(message(language, key, date=format_date(language, extent.valid_from), days=age))
    with st.popover(message(language, "app.where_from")):
        _provenance(dataset, view, line, half_km2)


def _change(view: View, line: Timeline) -> str | None:
    """Say the net change since the date compared; nothing where it is not known."""
    if view.baseline is None:
        return None
    change_km2 = net_change_km2(line, view.baseline, view.date)
    if change_km2 is None:
        return None
    return message(
        view.language,
        "app.since" if view.baseline <= view.date else "app.against",
        change=format_change_km2(change_km2),
        date=format_date(view.language, view.baseline),
    )


def _provenance(dataset: Dataset, view: View, line: Timeline, half_km2: float) -> None:
    extent, language = line.at(view.date), view.language
    if extent is None:
        return
    sector, source = dataset.sectors[line.sector], dataset.sources.get(extent.source)
    fixed = fixed_lines_of(dataset, line)
    st.text(
        message(
            language,
            "app.where_from_text",
            status=message(language, f"status.{line.status}"),
            sector=sector.name.text(language),
            date=format_date(language, extent.valid_from),
            method=message(language, f"method.{extent.method}"),
            error=_known(extent.positional_error_m),
            band=_known(half_km2),
            front=f"{length_km(front_lines(extent.geometry, fixed)):,.0f}",
            source=f"{source.title.text(language)} ({source.licence})" if source else extent.source,
        )
    )


def _known(value: float) -> str:
    return "?" if math.isnan(value) else f"{value:,.0f}"


def chart(dataset: Dataset, view: View) -> None:
    """Show the area over time as steps, with its band and the published figures."""
    lines = _measured(dataset, view.sector)
    for line in lines:
        st.altair_chart(_curve(dataset, view, line, tall=len(lines) == 1), width="stretch")
    st.caption(message(view.language, "app.chart_note"))


def _curve(dataset: Dataset, view: View, line: Timeline, *, tall: bool) -> Any:
    language = view.language
    colour = LIGHT.area(line.status).hue
    steps = pd.DataFrame({"area_km2": line.areas(), "band_km2": _band(dataset, line)}).reset_index()
    end = pd.DataFrame([{**steps.iloc[-1].to_dict(), "date": pd.Timestamp(dataset.span[1])}])
    steps = pd.concat([steps, end]).drop_duplicates("date", keep="first")
    steps["low"] = steps["area_km2"] - steps["band_km2"]
    steps["high"] = steps["area_km2"] + steps["band_km2"]
    time = alt.X(
        "date:T",
        title=None,
        axis=alt.Axis(format=message(language, "app.chart_date"), labelOverlap=True),
    )
    value = alt.Y("area_km2:Q", title="km²", scale=alt.Scale(zero=False))
    tips = [
        alt.Tooltip("date:T", title=message(language, "column.date"), format="%Y-%m-%d"),
        alt.Tooltip("area_km2:Q", title=message(language, "column.area_km2"), format=",.1f"),
        alt.Tooltip("band_km2:Q", title=message(language, "column.band_km2"), format=",.1f"),
    ]
    base = alt.Chart(steps).encode(x=time)
    layers: list[Any] = [
        base.mark_area(opacity=0.16, color=colour, interpolate="step-after").encode(
            y=alt.Y("low:Q", title="km²", scale=alt.Scale(zero=False)), y2="high:Q"
        ),
        base.mark_line(color=colour, interpolate="step-after", strokeWidth=2).encode(y=value),
        base.mark_point(color=colour, filled=True, size=45).encode(y=value, tooltip=tips),
        _rule(view.date, "#333333", [4, 0]),
    ]
    if view.baseline is not None:
        layers.append(_rule(view.baseline, "#777777", [4, 3]))
    published = _published(dataset, line, language)
    said = alt.Tooltip("text:N", title=message(language, "app.claim"))
    if len(published):
        layers.append(
            alt.Chart(published)
            .mark_point(shape="diamond", size=130, color="#111111", strokeWidth=2)
            .encode(x=time, y=value, tooltip=[said])
        )
    name = dataset.sectors[line.sector].name.text(language)
    title = f"{name} · {message(language, f'status.{line.status}')}"
    return alt.layer(*layers).properties(title=title, height=300 if tall else 150)


def _rule(date: object, colour: str, dash: list[int]) -> Any:
    table = pd.DataFrame({"date": [pd.Timestamp(str(date))]})
    return alt.Chart(table).mark_rule(color=colour, strokeDash=dash).encode(x="date:T")


def _published(dataset: Dataset, line: Timeline, language: str) -> pd.DataFrame:
    """Return the published areas that speak of a timeline."""
    rows = [
        {
            "date": pd.Timestamp(claim.date_end),
            "area_km2": claim.value,
            "text": f"{claim.text.text(language)} ({claim.source_ref})",
        }
        for claim in dataset.claims
        if claim.metric == "area_km2" and (claim.sector, claim.status) == (line.sector, line.status)
    ]
    return pd.DataFrame(rows)


def table(dataset: Dataset, view: View) -> None:
    """Show every assessment of what is on the map, and offer it as a file."""
    language = view.language
    rows = dataset.areas(view.sector or None)
    bands = [band for line in dataset.select(view.sector or None) for band in _band(dataset, line)]
    rows.insert(4, "band_km2", bands)
    st.download_button(
        message(language, "app.download"),
        rows.to_csv(index=False),
        "frontmap-areas.csv",
        "text/csv",
    )
    shown = rows.assign(
        sector=[dataset.sectors[name].name.text(language) for name in rows["sector"]],
        status=[message(language, f"status.{name}") for name in rows["status"]],
        method=[message(language, f"method.{name}") for name in rows["method"]],
    )
    numbers = {
        name: st.column_config.NumberColumn(message(language, f"column.{name}"), format="%.1f")
        for name in ("area_km2", "band_km2", "positional_error_m")
    }
    texts = {
        name: message(language, f"column.{name}")
        for name in ("sector", "status", "date", "method", "source")
    }
    st.dataframe(shown, hide_index=True, column_config={**texts, **numbers}, width="stretch")


def events(dataset: Dataset, view: View) -> None:
    """Show the events up to the date, the latest first."""
    language = view.language
    st.caption(message(language, "app.events_on", date=format_date(language, view.date)))
    rows = [
        {
            message(language, "column.date"): format_date(language, event.date),
            message(language, "column.event"): event.title.text(language),
            message(language, "column.place"): event.place.text(language),
            message(language, "column.source"): event.source_ref,
        }
        for event in reversed(dataset.events)
        if event.date <= view.date
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def claims(dataset: Dataset, view: View) -> None:
    """Show the published areas beside the areas measured here on their dates."""
    language = view.language
    rows = []
    for claim in dataset.claims:
        measured = None
        if claim.metric == "area_km2" and claim.sector in dataset.sectors:
            measured = dataset.timeline(claim.sector, claim.status).area_at(claim.date_end)
        rows.append(
            {
                message(language, "app.claim"): claim.text.text(language),
                message(language, "app.measured"): format_area_km2(measured) if measured else "—",
                message(language, "app.difference"): (
                    format_change_km2(measured - claim.value) if measured else "—"
                ),
                message(language, "column.ref"): claim.source_ref,
            }
        )
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def sources(dataset: Dataset, view: View) -> None:
    """Show every source with its licence and attribution."""
    language = view.language
    rows = [
        {
            message(language, "column.source"): source.title.text(language),
            message(language, "column.licence"): source.licence,
            message(language, "column.attribution"): source.attribution,
        }
        for source in dataset.sources.values()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def foot(dataset: Dataset, view: View) -> None:
    """Show whose data this is, and which."""
    credit = " · ".join(
        dict.fromkeys(s.attribution for s in dataset.sources.values() if "©" in s.attribution)
    )
    digest = message(view.language, "app.data_hash", hash=dataset.hash[:12])
    st.caption(f"{plain(credit)} · {digest}")
