"""A Chromium that may talk to this machine alone, and pages that must not complain."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LOCAL_SCHEMES = {"file", "data", "blob", "about"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _is_local(url):
    parts = urlsplit(url)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOOPBACK


@pytest.fixture(scope="module")
def chromium():
    """One Chromium a module: a longer life would keep an event loop running for other tests."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    if binary is None:
        message = "no Chromium on this machine: install the system's package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open pages; at the end none may have asked beyond this machine or written an error.

    `open_page(address, viewport=..., **options)` takes Playwright's options of a context;
    `open_page.errors` holds what the pages wrote, for a test that means them to.
    """
    contexts, refused, errors = [], [], []

    def guard(route):
        if _is_local(route.request.url):
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    def make(address, **options):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options}
        )
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(address)
        return page

    make.errors = errors
    yield make
    for context in contexts:
        context.close()
    assert refused == [], "the page asked beyond this machine"
    assert errors == [], "the page wrote errors"
