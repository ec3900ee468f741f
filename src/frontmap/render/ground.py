"""The ground as the web map draws it: joined, eased, without what is too small to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from frontmap.model import Basemap

#: How far coast, lakes and oblast lines may move, being drawn small.
COAST_TOLERANCE_DEG = 0.001
#: A lake or an island smaller than this, in square degrees (about 2.5 km²), is left out.
LEAST_WATER_DEG2 = 3e-4


def ground(basemap: Basemap) -> dict[str, Any]:
    """Return what of a basemap is plain values: its region and its labels.

    Parameters
    ----------
    basemap : Basemap
        Longitude and latitude in degrees.

    Returns
    -------
    dict
        ``region`` (west, south, east, north) and ``labels``.

    Examples
    --------
    >>> import frontmap
    >>> ground(frontmap.read().basemap)["labels"][0][:3]
    ['Ukraine', 'ウクライナ', 'Україна']
    """
    return {
        "region": [round(float(value), 4) for value in basemap.land.total_bounds],
        "labels": [
            [row.name_en, row.name_ja, row.name_local, *_position(row.geometry), row.kind]
            for row in basemap.labels.itertuples(index=False)
        ],
    }


def ground_lines(basemap: Basemap) -> dict[str, Any]:
    """Return the lines and rings of a basemap by layer, in the order of the page's columns.

    Parameters
    ----------
    basemap : Basemap
        Longitude and latitude in degrees.

    Returns
    -------
    dict of str to array of LineString or LinearRing
        ``land`` and ``lakes`` are rings.

    Examples
    --------
    >>> import frontmap
    >>> list(ground_lines(frontmap.read().basemap))
    ['land', 'lakes', 'coast', 'state_borders', 'oblasts']
    """
    return {
        "land": _large_rings(joined_land(basemap)),
        "lakes": _large_rings(basemap.lakes.geometry.to_numpy()),
        "coast": _eased(_shores(basemap.coast.geometry.to_numpy())),
        "state_borders": _merged(basemap.state_borders.geometry.to_numpy()),
        "oblasts": _eased(_merged(basemap.oblasts.geometry.to_numpy())),
    }


def joined_land(basemap: Basemap) -> Any:
    """Return the land of all states in one: its inner borders are drawn as lines.

    Parameters
    ----------
    basemap : Basemap
        Longitude and latitude in degrees.

    Returns
    -------
    ndarray of Polygon
        Parts that do not touch along a line.

    Examples
    --------
    >>> import frontmap
    >>> basemap = frontmap.read().basemap
    >>> states = basemap.land.geometry.to_numpy()
    >>> share = shapely.area(joined_land(basemap)).sum() / shapely.area(states).sum()
    >>> round(float(share), 9)
    1.0
    """
    states = basemap.land.geometry.to_numpy()
    # Where neighbours share their vertices, joining only drops the edges between them.
    whole: Any = (
        shapely.coverage_union_all(states)
        if shapely.coverage_is_valid(states)
        else shapely.union_all(shapely.make_valid(states))
    )
    return shapely.get_parts(whole)


def _position(point: Any) -> list[float]:
    return [round(point.x, 4), round(point.y, 4)]


def _large_rings(polygons: Any) -> Any:
    """Return the rings that are large enough to be seen: no islets, no slivers between states."""
    rings = shapely.get_rings(shapely.get_parts(polygons))
    return _eased(rings[shapely.area(shapely.polygons(rings)) > LEAST_WATER_DEG2])


def _shores(lines: Any) -> Any:
    """Return lines without small closed ones: islets, slivers between states."""
    chains = _merged(lines)
    west, south, east, north = shapely.bounds(chains).T
    small = (east - west) * (north - south) < LEAST_WATER_DEG2
    return chains[~(small & shapely.is_closed(chains))]


def _eased(geometries: Any) -> Any:
    return shapely.simplify(geometries, COAST_TOLERANCE_DEG)


def _merged(lines: Any) -> Any:
    return shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
