"""The script that Streamlit runs when the page is started from an installed package."""

from frontmap.app.page import main

main()
