"""Start the page: ``streamlit run app.py``."""

from frontmap.app.page import main

main()
