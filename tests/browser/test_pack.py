"""The browser's reader of the compact form against Python's, and what it draws of changes."""

import datetime as dt
import json

import numpy as np
import pytest
import shapely

import frontmap
from frontmap.analyse import fixed_lines, gained_and_lost, is_fixed
from frontmap.dataset import Dataset
from frontmap.ellipsoid import edge_area_km2
from frontmap.model import Extent, LocalText, Method, Sector, Status
from frontmap.render.payload import packed, payload
from frontmap.render.webmap import page as render_page
from frontmap.render.webmap import static
from frontmap.timeline import Timeline
from frontmap.topology.compact import to_bytes

pytestmark = pytest.mark.browser

SITE = "http://localhost:8000"
READY = "window.frontmap && frontmap.ready.then(() => true)"
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
UNPACK = """async (text) => {
  const { decodeDocument, unpack } = await import("/unpack.js");
  window.lines = decodeDocument(await unpack(text)).timelines;
}"""
READ = """async (text) => {
  const { ringsAt, signedArea, FIXED } = await import("/outline.js");
  return lines.map((line) => ({
    dates: line.dates, areas: line.areas_km2,
    rings: line.dates.map((_, at) => {
      const rings = ringsAt(line.record, at);
      return {
        world: rings.reduce((sum, ring) => sum + signedArea(ring) / 2, 0),
        edges: rings.reduce((sum, { xy }) => sum + xy.length / 2, 0),
        fixed: rings.flatMap(({ runs }) => runs[FIXED]).reduce((sum, [, count]) => sum + count, 0),
      };
    }),
  }));
}"""
CHANGES = """async (pairs) => {
  const { gainedAndLost } = await import("/difference.js");
  return pairs.map(([line, before, now]) => {
    const { gainedKm2, lostKm2 } = gainedAndLost(lines[line], now, before);
    return [gainedKm2, lostKm2];
  });
}"""
# How many colours there are in a square of pixels around a place, and whether any is see-through.
BLOCK = """([lon, lat]) => {
  const canvas = document.querySelector(".leaflet-fm-control-pane canvas");
  const box = canvas.getBoundingClientRect();
  const home = map_frontmap.getContainer().getBoundingClientRect();
  const point = map_frontmap.latLngToContainerPoint([lat, lon]);
  const ratio = canvas.width / box.width;
  const x = Math.round((point.x + home.left - box.left) * ratio) - 8;
  const y = Math.round((point.y + home.top - box.top) * ratio) - 8;
  const { data } = canvas.getContext("2d").getImageData(x, y, 16, 16);
  const colours = new Set();
  let clear = 0;
  for (let i = 0; i < data.length; i += 4) {
    colours.add(data.slice(i, i + 4).join());
    clear += data[i + 3] === 0;
  }
  return [colours.size, clear];
}"""


@pytest.fixture
def reader(open_page):
    """Return a page that can import our modules as they are."""
    page = open_page("about:blank")

    def serve(route):
        name = route.request.url.removeprefix(f"{SITE}/")
        if name:
            route.fulfill(body=static(name), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>reader</title>", content_type="text/html")

    page.route(f"{SITE}/**", serve)
    page.goto(f"{SITE}/")
    return page


def _world(points):
    lon, lat = np.radians(points.T)
    x = lon / (2 * np.pi)
    return np.stack([x, np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)], axis=1)


def test_the_browser_reads_what_python_reads(reader, dataset):
    reader.evaluate(UNPACK, packed(payload(dataset)))
    for line, read in zip(dataset.timelines, reader.evaluate(READ), strict=True):
        assert read["dates"] == [date.isoformat() for date in line.dates]
        assert read["areas"] == pytest.approx(line.areas().to_list(), abs=1e-9)
        topology = line.topology
        ends = (topology.units / 1e7)[topology.edges]
        still = is_fixed(ends, fixed_lines(dataset, line.sector))
        if line.status is Status.CONTESTED:
            still[:] = True
        for at, rings in enumerate(read["rings"]):
            flat = shapely.transform(topology.extent(at), _world)
            assert rings["world"] == pytest.approx(flat.area, rel=1e-9)
            alive = topology.edges_at(at)
            assert rings["edges"] == len(alive)
            assert rings["fixed"] == still[alive].sum()


def _pairs(line):
    last = len(line.dates) - 1
    chosen = {(0, last), (last, 0), (0, last // 2), (last // 2, last), (0, min(1, last))}
    return sorted(pair for pair in chosen if pair[0] != pair[1])


def _compare(reader, timelines, tolerance_km2):
    pairs = [(i, *pair) for i, line in enumerate(timelines) for pair in _pairs(line)]
    assert pairs
    for (i, before, now), found in zip(pairs, reader.evaluate(CHANGES, pairs), strict=True):
        line = timelines[i]
        change = gained_and_lost(line, line.dates[before], line.dates[now])
        expected = [change.gained_km2, change.lost_km2]
        assert found == pytest.approx(expected, abs=tolerance_km2), (line.sector, before, now)


def test_gained_and_lost_are_python_s(reader, dataset):
    reader.evaluate(UNPACK, packed(payload(dataset)))
    _compare(reader, dataset.timelines, 1e-6)


@pytest.fixture(scope="module")
def reference(shared):
    return frontmap.read(shared / "reference" / "deepstate_daily")


def test_gained_and_lost_are_python_s_over_a_daily_record(reader, reference):
    reader.evaluate(UNPACK, packed(payload(reference)))
    _compare(reader, reference.timelines, 1e-3)


def test_a_daily_record_fits_one_page(reference):
    assert len(render_page(reference).encode()) <= 600_000


SQUARE = shapely.box(36, 48, 37, 49)
DIAMOND = shapely.Polygon([(36.5, 47.7), (37.3, 48.5), (36.5, 49.3), (35.7, 48.5)])
SHAPES = {
    "the same": [SQUARE, SQUARE],
    "nothing left": [SQUARE, shapely.Polygon()],
    "out of nothing": [shapely.Polygon(), SQUARE],
    "crossing": [SQUARE, DIAMOND],
    "edges that lie on each other": [SQUARE, shapely.box(36.25, 48, 36.75, 49.5)],
    "a hole": [SQUARE, SQUARE - shapely.box(36.4, 48.4, 36.6, 48.6)],
    "a hole that touches": [SQUARE - shapely.box(36.4, 48.4, 36.6, 48.6), DIAMOND],
    "corners that meet": [SQUARE | shapely.box(37, 49, 38, 50), DIAMOND],
    "many at one height": [
        shapely.union_all([shapely.box(36 + i, 48, 36.5 + i, 49) for i in range(5)]),
        shapely.union_all([shapely.box(36.25 + i, 48, 36.75 + i, 49) for i in range(5)]),
    ],
    "a comb over a comb": [
        shapely.Polygon([(36 + i / 10, 48 + i % 2 / 2) for i in range(21)] + [(38, 47), (36, 47)]),
        shapely.Polygon([(36 + i / 7, 48.5 - i % 2 / 3) for i in range(15)] + [(38, 47), (36, 47)]),
    ],
    "far west and south": [shapely.box(-70, -34, -69, -33), shapely.box(-69.5, -33.7, -68.5, -32)],
}


def _dataset(shapes):
    days = [dt.date(2024, 10, 1) + dt.timedelta(days=day) for day in range(len(shapes))]
    extents = tuple(
        Extent("here", Status.RUSSIAN_HELD, day, "ours", Method.DRAWN, 500.0, shape)
        for day, shape in zip(days, shapes, strict=True)
    )
    sector = Sector("here", LocalText("Here"), (36, 48, 37, 49), Status.RUSSIAN_HELD)
    return Dataset(
        (Timeline("here", Status.RUSSIAN_HELD, "ours", extents),), sectors={"here": sector}
    )


@pytest.mark.parametrize("name", SHAPES)
def test_gained_and_lost_of_shapes(reader, name):
    made = _dataset(SHAPES[name])
    reader.evaluate(UNPACK, packed(payload(made)))
    ((gained, lost),) = reader.evaluate(CHANGES, [(0, 0, 1)])
    (line,) = made.timelines
    change = gained_and_lost(line, *line.dates)
    assert [gained, lost] == pytest.approx([change.gained_km2, change.lost_km2], abs=1e-6)
    before, now = line.areas()
    assert gained - lost == pytest.approx(now - before, abs=1e-6)


def test_areas_of_the_browser_are_those_of_tall_edges_too(reader):
    tall = shapely.Polygon([(30, 44), (40, 45.5), (38, 52), (31, 50)])
    made = _dataset([tall])
    reader.evaluate(UNPACK, packed(payload(made)))
    points = shapely.get_coordinates(tall)
    exact = edge_area_km2(points[:-1], points[1:]).sum()
    assert reader.evaluate("lines[0].areas_km2[0]") == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(
    ("place", "message"),
    [(0, "FRONTMAP"), (8, "version"), (20, "checksum"), (-1, "checksum"), (None, "cut short")],
)
def test_a_damaged_file_is_refused(reader, dataset, place, message):
    data = bytearray(to_bytes(dataset.timeline("kursk").topology))
    if place is None:
        data = data[:12]
    else:
        data[place] ^= 0x55
    said = reader.evaluate(
        """async (bytes) => {
          const { decodeRecord, readColumns } = await import("/compact.js");
          try {
            decodeRecord(await readColumns(Uint8Array.from(bytes)));
          } catch (error) {
            return error.message;
          }
          return "read";
        }""",
        list(data),
    )
    assert message in said


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Return a page on which ground was gained in the east and lost in the west."""
    made = _dataset([shapely.box(36.1, 48.2, 36.5, 48.8), shapely.box(36.3, 48.2, 36.8, 48.8)])
    file = tmp_path_factory.mktemp("moved") / "page.html"
    file.write_text(render_page(made), encoding="utf-8")
    return file, made


def test_gained_and_lost_are_filled_apart(open_page, moved):
    page = open_page(moved[0].as_uri())
    page.evaluate(READY)
    page.evaluate("frontmap.setDate('2024-10-02')")
    page.evaluate(NEXT_FRAME)
    assert page.evaluate(BLOCK, [36.2, 48.5]) == [1, 256]
    page.evaluate("frontmap.setBaseline('2024-10-01')")
    page.evaluate(NEXT_FRAME)
    lost, kept, gained, free = (
        page.evaluate(BLOCK, [lon, 48.5]) for lon in (36.2, 36.4, 36.65, 36.95)
    )
    assert lost[0] > 1
    assert lost[1] > 0  # lines on ground that is nobody's now
    assert kept == [1, 0]
    assert gained[0] > 1
    assert gained[1] == 0
    assert free == [1, 256]


def test_gained_and_lost_are_told_when_the_hand_rests(open_page, moved):
    page = open_page(moved[0].as_uri())
    page.evaluate(READY)
    page.evaluate("frontmap.setBaseline('2024-10-01')")
    page.evaluate("frontmap.setDate('2024-10-02')")
    page.locator(".fm-about").click()
    page.wait_for_function("() => document.querySelector('td.fm-change').title !== ''")
    (line,) = moved[1].timelines
    change = gained_and_lost(line, *line.dates)
    gained, lost = f"{change.gained_km2:,.0f}", f"{change.lost_km2:,.0f}"
    assert page.locator(".fm-sides").inner_text() == f"+{gained} \u2212{lost}"
    told = f"gained {gained} km², lost {lost} km²"
    assert page.locator("td.fm-change").get_attribute("title") == told
    assert told in page.locator(".fm-inspect").inner_text()
    # While the hand moves an old figure is not left standing.
    page.evaluate("frontmap.setDate('2024-10-01')")
    assert page.locator(".fm-sides").inner_text() == "\u2026"


def test_what_was_not_known_before_was_not_gained(open_page, tmp_path):
    first, second = _dataset([SQUARE, SQUARE]).timelines[0].extents
    late = Extent(
        "there", Status.RUSSIAN_HELD, second.valid_from, "ours", Method.DRAWN, 500.0,
        shapely.box(38, 48, 39, 49),
    )  # fmt: skip
    made = Dataset(
        tuple(
            Timeline(extents[0].sector, Status.RUSSIAN_HELD, "ours", extents)
            for extents in ((first, second), (late,))
        ),
        sectors={
            name: Sector(name, LocalText(name), window, Status.RUSSIAN_HELD)
            for name, window in (("here", (36, 48, 37, 49)), ("there", (38, 48, 39, 49)))
        },
    )
    file = tmp_path / "page.html"
    file.write_text(render_page(made), encoding="utf-8")
    page = open_page(file.as_uri())
    page.evaluate(READY)
    page.evaluate(f"frontmap.setBaseline({json.dumps(first.valid_from.isoformat())})")
    page.evaluate(NEXT_FRAME)
    assert page.evaluate(BLOCK, [38.5, 48.5]) == [1, 0]
    assert "Gained" not in page.locator(".fm-legend").inner_text()
