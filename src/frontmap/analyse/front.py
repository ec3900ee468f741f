"""Which part of a boundary is front line, and which runs along a border, a coast or a window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.model import Method
from frontmap.topology.grid import to_degrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from frontmap.dataset import Dataset
    from frontmap.model import Basemap
    from frontmap.timeline import Timeline
    from frontmap.topology import Topology

    Floats = NDArray[np.float64]

#: A point this close to a fixed line lies on it: about 20 m.
ON_LINE_DEG = 0.0002
#: Other maps generalise borders and coasts of their own: so far from ours they still mean the same.
OTHER_MAP_M = 1500.0
_M_PER_DEG = 111_200.0
_GRID_DEG = 1e-7


def fixed_lines(dataset: Dataset, sector: str) -> BaseGeometry:
    """Return the lines of a sector that are not front: its window, state border and coast.

    Parameters
    ----------
    dataset : Dataset
        With or without a basemap.
    sector : str
        The sector's id.

    Returns
    -------
    geometry
        Lines in longitude and latitude, around the window.

    Examples
    --------
    >>> import frontmap
    >>> fixed_lines(frontmap.read(), "toretsk").bounds
    (37.6, 48.25, 38.05, 48.5)
    """
    window = shapely.box(*dataset.sectors[sector].window)
    return shapely.union_all([window.boundary, *_border_and_coast(dataset, window.bounds)])


def _border_and_coast(dataset: Dataset, bounds: Iterable[float]) -> list[BaseGeometry]:
    """Return the lines of the basemap in a box that are no front."""
    if dataset.basemap is None:
        return []
    layers = (dataset.basemap.state_borders, dataset.basemap.coast)
    clipped = [line for layer in layers for line in layer.geometry.clip_by_rect(*bounds)]
    return [line for line in clipped if not line.is_empty]


def fixed_lines_of(dataset: Dataset, timeline: Timeline) -> BaseGeometry:
    """Return the lines of a timeline that are not front.

    What is drawn here is cut by the basemap's border and coast. What is imported has its own:
    the edges that it draws along them, within its positional error, or within 1.5 km where nobody
    states one, are no front either, nor are those with the sea so far outside of them. A front
    that runs so near to a border is taken for it. The window is the same for every record.

    Parameters
    ----------
    dataset : Dataset
        With or without a basemap.
    timeline : Timeline
        One of the data set's.

    Returns
    -------
    geometry
        The lines of `fixed_lines`, and those of the record that follow them.

    Examples
    --------
    >>> import frontmap
    >>> dataset = frontmap.read()
    >>> fixed_lines_of(dataset, dataset.timeline("toretsk")) == fixed_lines(dataset, "toretsk")
    True
    """
    lines = fixed_lines(dataset, timeline.sector)
    imported = np.array([method is Method.IMPORTED for method in timeline.methods])
    edges = _edges_at(timeline.topology, imported)
    if dataset.basemap is None or not len(edges):
        return lines
    errors_m = np.array(timeline.errors_m)[imported]
    error_m = np.where(np.isnan(errors_m), OTHER_MAP_M, errors_m).max()
    within_deg = max(min(error_m, OTHER_MAP_M) / _M_PER_DEG, ON_LINE_DEG)
    # A degree of longitude is shorter: everything is brought to the same scale.
    scale = np.array([math.cos(math.radians(edges[..., 1].mean())), 1.0])
    west_south, east_north = np.reshape(dataset.sectors[timeline.sector].window, (2, 2))
    # The window may be the record's own outline, with our border just beyond it.
    bounds = (*(west_south - within_deg / scale), *(east_north + within_deg / scale))
    near: Any = shapely.union_all(_border_and_coast(dataset, bounds))
    near = shapely.transform(near, lambda points: points * scale)
    outside = _outside(edges * scale, within_deg) / scale
    fixed = is_fixed(edges * scale, near, within_deg=within_deg)
    own = edges[fixed | ~_on_land(dataset.basemap, outside)]
    both = np.concatenate([shapely.get_parts(lines), shapely.linestrings(own)])
    merged: BaseGeometry = shapely.line_merge(shapely.MultiLineString(both.tolist()))
    return merged


def _edges_at(topology: Topology, dates: NDArray[np.bool_]) -> Floats:
    """Return the edges that exist at any of some dates."""
    before = np.concatenate([[0], np.cumsum(dates)])
    lives = before[topology.birth] < before[topology.death]
    edges: Floats = to_degrees(topology.units)[topology.edges[np.unique(topology.life_edge[lives])]]
    return edges


def _outside(edges: Floats, away_deg: float) -> Floats:
    """Return points beside the middle of edges, on their right: the outside of the extent."""
    along = edges[:, 1] - edges[:, 0]
    right = np.stack([along[:, 1], -along[:, 0]], axis=1)
    beside: Floats = edges.mean(axis=1) + right * (away_deg / np.hypot(*along.T))[:, None]
    return beside


def _on_land(basemap: Basemap, points: Floats) -> NDArray[np.bool_]:
    """Tell which points are on land; beyond the basemap everything is."""
    west, south, east, north = basemap.land.total_bounds
    lon, lat = points.T
    found: NDArray[np.bool_] = (lon <= west) | (lon >= east) | (lat <= south) | (lat >= north)
    for state in basemap.land.geometry:
        shapely.prepare(state)
        found |= shapely.contains_xy(state, lon, lat)
    return found


def ring_edges(
    geometries: Sequence[BaseGeometry],
) -> tuple[Floats, NDArray[np.intp], NDArray[np.intp]]:
    """Return the edges of all rings of areas, in order, and what each is of.

    Parameters
    ----------
    geometries : sequence of Polygon or MultiPolygon, length n
        Longitude and latitude in degrees.

    Returns
    -------
    edges : ndarray, shape (e, 2, 2)
        Start and end of each edge.
    geometry_of_edge : ndarray of int, shape (e,)
        Positions in `geometries`, ascending.
    ring_of_edge : ndarray of int, shape (e,)
        Numbers of the rings, ascending over all geometries.

    Examples
    --------
    >>> edges, geometry, ring = ring_edges([shapely.box(36, 48, 37, 49)])
    >>> edges.shape, geometry.tolist(), ring.tolist()
    ((4, 2, 2), [0, 0, 0, 0], [0, 0, 0, 0])
    """
    parts, geometry_of_part = shapely.get_parts(list(geometries), return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    same = ring_of_point[1:] == ring_of_point[:-1]
    edges = np.stack([points[:-1][same], points[1:][same]], axis=1)
    ring_of_edge: NDArray[np.intp] = ring_of_point[:-1][same]
    return edges, geometry_of_part[part_of_ring[ring_of_edge]], ring_of_edge


def is_fixed(
    edges: Floats, fixed: BaseGeometry, *, within_deg: float = ON_LINE_DEG
) -> NDArray[np.bool_]:
    """Tell which edges are no front: both ends and the middle lie on a fixed line.

    Parameters
    ----------
    edges : ndarray, shape (e, 2, 2)
        Longitude and latitude in degrees. The same edge day after day is looked at once.
    fixed : geometry
        See `fixed_lines`.
    within_deg : float, optional
        So near to a fixed line a point lies on it.

    Returns
    -------
    ndarray of bool, shape (e,)
        True along a fixed line.

    Examples
    --------
    >>> edges, _, _ = ring_edges([shapely.box(36, 48, 37, 49)])
    >>> is_fixed(edges, shapely.LineString([(35, 48), (38, 48)])).tolist()
    [False, False, False, True]
    """
    if not len(edges) or fixed.is_empty:
        return np.zeros(len(edges), dtype=bool)
    units = np.rint(edges.reshape(-1, 4) / _GRID_DEG).astype(np.int64)
    distinct, edge_of = np.unique(units, axis=0, return_inverse=True)
    ends = distinct.reshape(-1, 2, 2) * _GRID_DEG
    nodes, node_of = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    lines = shapely.STRtree(_short_lines(fixed))
    on_node = _near(nodes, lines, within_deg)[node_of.reshape(-1, 2)].all(axis=1)
    on_line = np.zeros(len(distinct), dtype=bool)
    on_line[on_node] = _near(ends[on_node].mean(axis=1), lines, within_deg)
    found: NDArray[np.bool_] = on_line[edge_of.reshape(-1)]
    return found


def _short_lines(lines: BaseGeometry) -> NDArray[np.object_]:
    """Return the segments of lines, so that an index finds the near ones."""
    points, line_of = shapely.get_coordinates(
        shapely.get_parts(shapely.line_merge(lines)), return_index=True
    )
    same = line_of[1:] == line_of[:-1]
    segments: Any = shapely.linestrings(np.stack([points[:-1][same], points[1:][same]], axis=1))
    return np.asarray(segments)


def _near(points: Floats, lines: shapely.STRtree, within_deg: float) -> NDArray[np.bool_]:
    near = np.zeros(len(points), dtype=bool)
    found = lines.query(shapely.points(points), predicate="dwithin", distance=within_deg)
    near[found[0]] = True
    return near


def front_lines(geometry: BaseGeometry, fixed: BaseGeometry) -> BaseGeometry:
    """Return the part of an extent's boundary that is front line.

    Parameters
    ----------
    geometry : Polygon or MultiPolygon
        An extent, longitude and latitude.
    fixed : geometry
        Lines that are known better than the front; see `fixed_lines`.

    Returns
    -------
    geometry
        Lines, perhaps none.

    Examples
    --------
    >>> square = shapely.box(37, 48, 38, 49)
    >>> front_lines(square, shapely.LineString([(37, 48), (38, 48)])).length
    3.0
    """
    edges, _, _ = ring_edges([geometry])
    free = edges[~is_fixed(edges, fixed)]
    if not len(free):
        return shapely.MultiLineString()
    merged: BaseGeometry = shapely.line_merge(shapely.MultiLineString(free.tolist()))
    return merged
