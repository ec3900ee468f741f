"""The bounds of longitude and latitude: what lies on them passes, what lies beyond is named."""

import math

import numpy as np
import pytest

from frontmap import GeometryError
from frontmap.globe import check_antimeridian, check_on_globe


def test_the_whole_globe_passes():
    check_on_globe(np.array([[-180.0, -90.0], [0.0, 0.0], [180.0, 90.0]]))
    check_on_globe(np.empty((0, 2)))


@pytest.mark.parametrize(
    "point", [(180.1, 0.0), (-180.1, 0.0), (0.0, 90.1), (0.0, -90.1), (math.nan, 0), (0, math.inf)]
)
def test_the_first_point_off_the_globe_is_named(point):
    lon, lat = point
    points = np.array([(37.0, 48.0), point, (500.0, 500.0)])
    with pytest.raises(GeometryError) as caught:
        check_on_globe(points)
    assert str(caught.value).startswith(f"({float(lon)}, {float(lat)}) is no longitude")


def test_an_edge_may_span_half_the_globe_and_no_more():
    west, east, beyond = (np.array([[lon, 48.0]]) for lon in (-90.0, 90.0, 90.1))
    check_antimeridian(west, east)
    with pytest.raises(GeometryError, match=r"edge at \(90\.1, 48\.0\) spans"):
        check_antimeridian(beyond, west)
