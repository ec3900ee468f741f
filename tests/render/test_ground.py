"""The ground that is drawn: land without the borders in it."""

import dataclasses

import geopandas as gpd
import numpy as np
import pytest
import shapely

from frontmap.render.ground import joined_land

TOUCHING = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(5, 0, 6, 1)]
#: Neighbours that overlap, and one with a crossing of its own.
UNTIDY = [
    shapely.box(0, 0, 1.1, 1),
    shapely.box(1, 0, 2, 1),
    shapely.Polygon([(5, 0), (6, 1), (6, 0), (5, 1)]),
]


@pytest.mark.parametrize(("states", "area"), [(TOUCHING, 3.0), (UNTIDY, 2.5)])
def test_land_is_joined_whether_tidy_or_not(dataset, states, area):
    land = gpd.GeoDataFrame(geometry=states, crs=4326)
    joined = joined_land(dataclasses.replace(dataset.basemap, land=land))
    assert shapely.area(joined).sum() == pytest.approx(area)
    assert shapely.is_valid(joined).all()
    assert (
        (shapely.boundary(joined).tolist()[0])
        .intersection(shapely.box(0.9, 0.4, 1.1, 0.6))
        .is_empty
    )


def test_the_shipped_land_is_joined_as_by_a_full_union(dataset):
    states = dataset.basemap.land.geometry.to_numpy()
    assert shapely.coverage_is_valid(states)
    whole = shapely.multipolygons(np.asarray(joined_land(dataset.basemap)))
    assert whole.equals(shapely.union_all(states))
