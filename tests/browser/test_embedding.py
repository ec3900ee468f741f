"""The example of docs/embedding.md is run as it is written, and its tables name what there is."""

import re
from pathlib import Path

import pytest

import frontmap
from frontmap.render.webmap import page as render_page

pytestmark = pytest.mark.browser

TEXT = (Path(__file__).parents[2] / "docs" / "embedding.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "front.html").write_text(render_page(frontmap.read()), encoding="utf-8")
    return tmp_path


def _example(kind):
    return re.search(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)[1]


def test_the_page_around_moves_the_map_and_hears_from_it(open_page, folder):
    (folder / "around.html").write_text(_example("html"), encoding="utf-8")
    page = open_page((folder / "around.html").as_uri())
    frame = page.locator("#map").element_handle().content_frame()
    frame.wait_for_function("() => window.frontmap && frontmap.sector === 'kursk'")
    assert frame.evaluate("frontmap.baseline") == "2024-10-31"
    slider = frame.get_by_role("slider")
    slider.press("PageDown")
    date = frame.evaluate("frontmap.date")
    page.wait_for_function(
        "(date) => document.getElementById('shown').textContent === date", arg=date
    )
    page.locator("#back").click()
    frame.wait_for_function("() => frontmap.date === '2024-09-30'")


def test_a_script_in_the_page_uses_the_public_names(open_page, folder):
    page = open_page((folder / "front.html").as_uri())
    heard = page.evaluate(
        "async () => { const said = []; const console = { log: (...all) => said.push(all) };\n"
        + _example("js")
        + "\nreturn said; }"
    )
    first = frontmap.read().span[0]
    area = frontmap.read().timeline("kursk").area_at(first)
    [(date, areas)] = heard
    assert date == first.isoformat()
    assert areas["kursk"]["ukrainian_held"] == pytest.approx(area, abs=1e-3)


def test_the_table_of_members_is_whole(open_page, folder):
    page = open_page((folder / "front.html").as_uri())
    page.evaluate("frontmap.ready.then(() => true)")
    members = page.evaluate("Object.keys(frontmap)")
    section = TEXT.split("## In the page itself")[1].split("\n## ")[0]
    named = set(re.findall(r"`(\w+)(?:\([^`]*\))?`", section))
    assert set(members) <= named


def test_a_view_is_refused_or_kept_whole(open_page, folder):
    page = open_page((folder / "front.html").as_uri())
    page.evaluate("frontmap.ready.then(() => true)")
    assert page.evaluate("frontmap.setView('37.2,48.1,9.5')") == "37.2,48.1,9.5"
    centre = page.evaluate("[map_frontmap.getCenter().lng, map_frontmap.getCenter().lat]")
    assert centre == pytest.approx([37.2, 48.1], abs=0.01)
    refused = page.evaluate("""() => ["here", "1,2", "200,1,2", "1,2,99", "1,2,NaN", "1,2,3;"]
      .filter((text) => {
        try { frontmap.setView(text); } catch (error) { return error instanceof RangeError; }
        return false;
      }).length""")
    assert refused == 6
    assert page.evaluate("frontmap.view") == "37.2,48.1,9.5"
    page.evaluate("frontmap.setView(null); frontmap.setSector('kursk')")
    page.wait_for_function("() => map_frontmap.getCenter().lat > 50")
    assert page.evaluate("frontmap.view") is None
