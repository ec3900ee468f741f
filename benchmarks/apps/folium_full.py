"""A front by date with st_folium: every step makes the map anew."""

import json
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

STYLE = {"color": "#D55E00", "weight": 1.5, "fillColor": "#D55E00", "fillOpacity": 0.3}

files = sorted(Path(os.environ["BENCH_FOLDER"]).glob("*.geojson"))
if st.button("next"):
    st.session_state["at"] = st.session_state.get("at", 0) + 1
at = st.session_state.get("at", 0)
shown = json.loads(files[at].read_text(encoding="utf-8"))
made = folium.Map(location=[48.4, 36.5], zoom_start=6, tiles=None)
folium.GeoJson(shown, style_function=lambda _, at=at: {**STYLE, "className": f"day-{at}"}).add_to(
    made
)
st_folium(made, key="map", width=1000, height=600, returned_objects=[])
