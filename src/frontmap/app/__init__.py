"""The Streamlit page: widgets, layout and state. No geometry, no arithmetic."""
