"""The script that Streamlit runs when the page is started from an installed package."""

from frontmap.app.page import main

if __name__ == "__main__":
    main()
