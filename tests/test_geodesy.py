"""Areas and lengths against closed forms, geodesics on densified lines, and published cases."""

import json
import math
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontmap import EQUAL_AREA, GeometryError, area_km2, length_km, planar_area_error
from frontmap.ellipsoid import authalic_area_km2, edge_area_km2

GEOD = pyproj.Geod(ellps="WGS84")
GOLDEN = Path(__file__).parent / "data" / "golden.geojson"

#: A salient with a hole, long and short edges, and an island.
SALIENT = shapely.Polygon(
    [(34.9, 51.2), (35.42, 51.03), (35.4, 51.3), (35.31, 51.37), (35.0, 51.44), (34.97, 51.28)],
    [[(35.1, 51.25), (35.2, 51.31), (35.25, 51.22)]],
)
ISLAND = shapely.Polygon([(36.7, 48.0), (37.6, 48.05), (37.5, 48.45), (36.9, 48.31)])
BOTH = shapely.MultiPolygon([SALIENT, ISLAND])


def geodesic_area_km2(polygon):
    """Measure with PROJ's geodesics, so short that they follow the straight edges.

    A geodesic of 0.001 degree still bulges from an edge along a parallel, by up to 2.6e-9 of the
    areas here. The bulge goes with the square of the step, so two steps tell it (Richardson).
    """
    dense = shapely.orient_polygons(shapely.segmentize(polygon, 0.001))
    coarse_m2, fine_m2 = (
        sum(GEOD.geometry_area_perimeter(part)[0] for part in shapely.get_parts(rings))
        for rings in (dense, shapely.segmentize(dense, 0.00051))
    )
    return (4 * fine_m2 - coarse_m2) / 3e6


def cell_km2(west, south, east, north):
    """Measure a cell between meridians and parallels by the closed form of the zone."""
    flattening = 1 / 298.257223563
    e = math.sqrt(flattening * (2 - flattening))
    polar_radius_km = 6378.137 * (1 - flattening)

    def zone(lat):
        s = math.sin(math.radians(lat))
        return polar_radius_km**2 / 2 * (s / (1 - (e * s) ** 2) + math.atanh(e * s) / e)

    return math.radians(east - west) * (zone(north) - zone(south))


def stars(centre=(36.5, 48.5)):
    """Draw simple polygons: a ring seen from its centre."""
    radii = st.lists(st.floats(0.01, 0.6), min_size=3, max_size=14)

    def polygon(lengths):
        angles = np.linspace(0, 2 * math.pi, len(lengths), endpoint=False)
        rays = np.column_stack([np.cos(angles), np.sin(angles)])
        return shapely.Polygon(np.array(centre) + rays * np.array(lengths)[:, None])

    return radii.map(polygon)


class TestKnownAreas:
    """A layer whose areas can be worked out by hand."""

    golden = gpd.read_file(GOLDEN)

    @pytest.mark.parametrize("number", range(len(golden)), ids=golden["name"].tolist())
    def test_golden_layer(self, number):
        row = self.golden.iloc[number]
        expected = sum(cell_km2(*cell) for cell in json.loads(row["plus"]))
        expected -= sum(cell_km2(*cell) for cell in json.loads(row["minus"]))
        assert area_km2(row.geometry) == pytest.approx(expected, rel=1e-11)

    def test_whole_ellipsoid(self):
        whole = 4 * math.pi * authalic_area_km2([90.0])[0]
        assert whole == pytest.approx(cell_km2(-180, -90, 180, 90), rel=1e-12)

    def test_authalic_function_is_odd(self):
        lat = np.linspace(-90, 90, 61)
        np.testing.assert_allclose(authalic_area_km2(-lat), -authalic_area_km2(lat), rtol=1e-15)


class TestEdges:
    """Level edges against the authalic function, thin triangles against its derivative."""

    lat = np.linspace(-80, 80, 700)
    span = 0.2

    def test_level_edge_is_the_authalic_function(self):
        share = self.share(self.lat, self.lat)
        expected = np.radians(self.span) * authalic_area_km2(self.lat)
        np.testing.assert_allclose(share, expected, rtol=3e-14)

    @pytest.mark.parametrize("rise", [0.001, 0.02, 0.1249, 0.7])
    def test_triangle_under_an_edge(self, rise):
        foot = self.lat - rise / 2
        found = self.share(foot, foot + rise) - self.share(foot, foot)
        nodes, weights = np.polynomial.legendre.leggauss(8)
        along = (1 + nodes[:, None]) / 2
        slope = (weights / 2) @ ((1 - along) * self.meridian_km2(foot + along * rise))
        expected = np.radians(self.span) * np.radians(rise) * slope
        # The difference of two shares knows no more than their rounding leaves.
        assert np.abs(found / expected - 1).max() < 1e-10 + 2e-13 / rise

    def share(self, start_lat, end_lat):
        lon = np.full(len(self.lat), 30.0)
        west, east = np.column_stack([lon, start_lat]), np.column_stack([lon + self.span, end_lat])
        return -edge_area_km2(west, east)

    @staticmethod
    def meridian_km2(lat):
        """The derivative of the authalic function: what a step along the meridian adds."""
        e_squared = (2 - 1 / 298.257223563) / 298.257223563
        phi = np.radians(lat)
        w_squared = 1 - e_squared * np.sin(phi) ** 2
        return 6378.137**2 * (1 - e_squared) * np.cos(phi) / w_squared**2


class TestAgainstGeodesics:
    """PROJ's geodesics on densified rings, and its equal-area projections."""

    @pytest.mark.parametrize("polygon", [SALIENT, ISLAND, BOTH], ids=["hole", "plain", "multi"])
    def test_area(self, polygon):
        assert area_km2(polygon) == pytest.approx(geodesic_area_km2(polygon), rel=1e-10)

    @settings(deadline=None, max_examples=15)
    @given(stars())
    def test_any_area(self, polygon):
        assert area_km2(polygon) == pytest.approx(geodesic_area_km2(polygon), rel=1e-10)

    @pytest.mark.parametrize(
        "crs", [EQUAL_AREA, "+proj=cea +lat_ts=49 +lon_0=36 +datum=WGS84", "EPSG:3035"]
    )
    def test_equal_area_projections(self, crs):
        assert planar_area_error(BOTH, crs) == pytest.approx(0, abs=2e-9)

    def test_web_mercator_is_far_off(self):
        assert 1.2 < planar_area_error(ISLAND, 3857) < 1.55

    @pytest.mark.parametrize("polygon", [SALIENT, ISLAND, BOTH], ids=["hole", "plain", "multi"])
    def test_ring_length(self, polygon):
        dense = shapely.segmentize(polygon.boundary, 0.001)
        assert length_km(polygon) == pytest.approx(GEOD.geometry_length(dense) / 1000, rel=1e-9)

    @pytest.mark.parametrize(
        "points",
        [
            [(37.0, 48.0), (37.0, 49.0)],
            [(30.0, 50.0), (40.0, 50.0)],
            [(46.2, 48.5), (35.0, 48.46), (35.1, 51.0)],
        ],
    )
    def test_line_length(self, points):
        line = shapely.LineString(points)
        dense = shapely.segmentize(line, 0.001)
        assert length_km(line) == pytest.approx(GEOD.geometry_length(dense) / 1000, rel=1e-9)


class TestPlanimeter:
    """Published geodesic areas; the geodesic edges are followed in steps of 100 m."""

    refused = ("Planimeter0", "Planimeter1", "Planimeter5", "Planimeter13", "Planimeter21",
               "Planimeter21_one_circuit", "PostGIS_1deg_across_antimeridian")  # fmt: skip
    measured = ("Planimeter2", "Planimeter10", "Planimeter15", "Planimeter17_reversed",
                "Planimeter_man_MGRS_18SWK", "PostGIS_Medford_lot", "PostGIS_big", "PostGIS_1deg",
                "PostGIS_1deg_near_antimeridian", "pyproj_polygon",
                "pyproj_polygon_with_hole")  # fmt: skip

    @pytest.fixture
    def cases(self, shared):
        text = (shared / "reference" / "planimeter_cases.json").read_text(encoding="utf-8")
        return {case["name"]: case for case in json.loads(text)}

    @staticmethod
    def along_geodesics(points):
        ring = [(lon, lat) for lat, lon in points]
        dense = []
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
            length_m = GEOD.inv(*start, *end)[2]
            between = int(length_m // 100)
            dense += [start, *(GEOD.npts(*start, *end, between) if between else ())]
        return dense

    @pytest.mark.parametrize("name", measured)
    def test_measured(self, cases, name):
        case = cases[name]
        follow = self.along_geodesics
        if case["edges"] == "rhumb":  # along meridians and parallels: straight as they are
            follow = lambda points: [(lon, lat) for lat, lon in points]  # noqa: E731
        holes = [follow(hole) for hole in case.get("holes", [])]
        measured_m2 = area_km2(shapely.Polygon(follow(case["points"]), holes)) * 1e6
        expected_m2 = abs(case["area_m2"])
        tolerance_m2 = max(case["area_tolerance_m2"], 1e-10 * expected_m2)
        assert measured_m2 == pytest.approx(expected_m2, abs=tolerance_m2)

    @pytest.mark.parametrize("name", refused)
    def test_refused(self, cases, name):
        with pytest.raises(GeometryError, match=r"antimeridian|longitude and latitude"):
            area_km2(shapely.Polygon(self.along_geodesics(cases[name]["points"])))


class TestProperties:
    """What holds for every polygon."""

    @settings(deadline=None, max_examples=60)
    @given(stars(), st.floats(36.0, 37.0))
    def test_additive_over_a_split(self, polygon, meridian):
        west = shapely.intersection(polygon, shapely.box(30, 40, meridian, 60))
        east = shapely.intersection(polygon, shapely.box(meridian, 40, 50, 60))
        halves = [
            shapely.MultiPolygon([part for part in shapely.get_parts(half) if part.area > 0])
            for half in (west, east)
        ]
        # An intersection rounds its new corners, by less than a square metre here.
        assert area_km2(halves).sum() == pytest.approx(area_km2(polygon), rel=1e-9, abs=1e-6)

    @settings(deadline=None, max_examples=60)
    @given(stars(), st.integers(0, 13))
    def test_independent_of_ring_start_and_orientation(self, polygon, shift):
        points = shapely.get_coordinates(polygon)[:-1]
        moved = shapely.Polygon(np.roll(points, shift, axis=0))
        turned = shapely.Polygon(points[::-1])
        assert area_km2([moved, turned]) == pytest.approx(area_km2([polygon] * 2), rel=1e-11)

    @settings(deadline=None, max_examples=40)
    @given(st.lists(stars(), min_size=2, max_size=6), st.randoms(use_true_random=False))
    def test_independent_of_feature_order(self, polygons, random):
        order = list(range(len(polygons)))
        random.shuffle(order)
        alone = area_km2(polygons)
        together = area_km2([polygons[at] for at in order])
        np.testing.assert_allclose(together, alone[order], rtol=1e-12)

    @settings(deadline=None, max_examples=60)
    @given(stars(), st.floats(0.003, 0.2))
    def test_independent_of_points_along_an_edge(self, polygon, step_deg):
        split = shapely.segmentize(polygon, step_deg)
        assert area_km2(split) == pytest.approx(area_km2(polygon), rel=1e-10)
        assert length_km(split) == pytest.approx(length_km(polygon), rel=1e-10)

    @settings(deadline=None, max_examples=40)
    @given(stars())
    def test_hole_is_subtracted(self, polygon):
        outer = shapely.box(35, 47, 38, 50)
        holed = shapely.Polygon(outer.exterior, [polygon.exterior])
        assert area_km2(holed) == pytest.approx(area_km2(outer) - area_km2(polygon), rel=1e-11)


class TestForms:
    """Arrays in, arrays out."""

    def test_single_geometry_gives_a_float(self):
        assert isinstance(area_km2(SALIENT), float)
        assert isinstance(length_km(SALIENT), float)

    def test_list_gives_an_array(self):
        areas = area_km2([SALIENT, None, shapely.Polygon(), ISLAND])
        assert isinstance(areas, np.ndarray)
        assert areas.tolist() == [area_km2(SALIENT), 0.0, 0.0, area_km2(ISLAND)]

    def test_series_keeps_its_index(self):
        shapes = gpd.GeoSeries({"b": ISLAND, "a": None, "c": SALIENT}, crs=4326)
        areas, lengths = area_km2(shapes), length_km(shapes)
        assert isinstance(areas, pd.Series)
        assert areas.index.tolist() == lengths.index.tolist() == ["b", "a", "c"]
        assert areas["c"] == area_km2(SALIENT)
        assert lengths["a"] == 0

    def test_frame_is_measured_by_its_geometry(self):
        frame = gpd.GeoDataFrame({"name": ["x"]}, geometry=[ISLAND], crs=4326, index=[7])
        assert area_km2(frame).to_dict() == {7: area_km2(ISLAND)}

    @pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.MultiPolygon()])
    def test_nothing_has_no_area(self, nothing):
        assert area_km2(nothing) == 0
        assert length_km(nothing) == 0

    def test_no_geometries(self):
        assert area_km2([]).tolist() == []
        assert length_km([]).tolist() == []

    def test_height_is_ignored(self):
        high = shapely.force_3d(SALIENT, 250.0)
        assert area_km2(high) == area_km2(SALIENT)


class TestCrs:
    """Input in any CRS; a projected edge keeps its own course."""

    @pytest.mark.parametrize("epsg", [3857, 32636, 32637, 3035])
    @pytest.mark.parametrize("polygon", [SALIENT, BOTH], ids=["hole", "multi"])
    def test_projected(self, epsg, polygon):
        flat = gpd.GeoSeries([polygon], crs=4326).to_crs(epsg)
        dense = flat.segmentize(20).to_crs(4326).iloc[0]
        expected = geodesic_area_km2(dense)
        # The course of a projected edge is followed in steps of 100 m: about 1e-9 of the area.
        assert area_km2(flat).iloc[0] == pytest.approx(expected, rel=3e-9)
        assert area_km2(flat.iloc[0], crs=epsg) == area_km2(flat).iloc[0]
        length = GEOD.geometry_length(dense.boundary) / 1000
        assert length_km(flat).iloc[0] == pytest.approx(length, rel=1e-8)

    def test_another_datum(self):
        pulkovo = gpd.GeoSeries([SALIENT], crs=4284)
        expected = geodesic_area_km2(pulkovo.to_crs(4326).iloc[0])
        assert area_km2(pulkovo).iloc[0] == pytest.approx(expected, rel=1e-10)
        assert abs(area_km2(pulkovo).iloc[0] / area_km2(SALIENT) - 1) > 1e-7

    def test_a_named_crs_wins(self):
        flat = gpd.GeoSeries([SALIENT], crs=4326).to_crs(32636)
        mislabelled = flat.set_crs(3857, allow_override=True)
        assert area_km2(mislabelled, crs=32636).iloc[0] == area_km2(flat).iloc[0]

    def test_projected_coordinates_without_a_crs_are_refused(self):
        flat = gpd.GeoSeries([SALIENT], crs=4326).to_crs(32636).iloc[0]
        with pytest.raises(GeometryError, match="name the CRS"):
            area_km2(flat)


class TestRefusals:
    """Geometry without a well-defined measure."""

    @pytest.mark.parametrize(
        ("geometry", "reason"),
        [
            (shapely.Point(36, 48), "is a Point"),
            (shapely.LineString([(36, 48), (37, 48)]), "is a LineString"),
            (shapely.GeometryCollection([ISLAND]), "is a GeometryCollection"),
            (shapely.box(179, 0, 181, 1), "longitude and latitude"),
            (shapely.box(36, 89, 37, 91), "longitude and latitude"),
            (shapely.Polygon([(175, 1), (-175, 1), (-175, 2), (175, 2)]), "antimeridian"),
            (shapely.Polygon([(0, 80), (90, 80), (180, 80), (-90, 80)]), "pole"),
        ],
    )
    def test_area(self, geometry, reason):
        with pytest.raises(GeometryError, match=reason) as caught:
            area_km2([geometry])
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("value", [math.nan, math.inf])
    def test_not_finite(self, value):
        with np.errstate(invalid="ignore"):
            line = shapely.LineString([(0, 0), (value, 1), (1, 1)])
        with pytest.raises(GeometryError, match="longitude and latitude"):
            length_km(line)

    def test_the_wrong_geometry_is_named(self):
        with pytest.raises(GeometryError, match="geometry 2 is a Point"):
            area_km2([ISLAND, None, shapely.Point(36, 48)])

    @pytest.mark.parametrize(
        ("geometry", "reason"),
        [
            (shapely.Point(36, 48), "lines or polygons"),
            (shapely.MultiPoint([(36, 48)]), "lines or polygons"),
            (shapely.GeometryCollection([ISLAND]), "lines or polygons"),
            (shapely.LineString([(0, 0), (0, 95)]), "longitude and latitude"),
            (shapely.LineString([(179, 0), (-179, 0)]), "antimeridian"),
        ],
    )
    def test_length(self, geometry, reason):
        with pytest.raises(GeometryError, match=reason):
            length_km(geometry)
