"""An empty Streamlit page with one chart: the least that an app can be."""

import streamlit as st

st.line_chart({"area_km2": [740.0, 690.0, 640.0, 610.0]})
