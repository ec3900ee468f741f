"""Which part of a boundary is front line, and which runs along a border, a coast or a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from frontmap.dataset import Dataset

    Floats = NDArray[np.float64]

#: A point this close to a fixed line lies on it: about 20 m.
ON_LINE_DEG = 0.0002
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
    lines: list[Any] = [window.boundary]
    if dataset.basemap is not None:
        for layer in (dataset.basemap.state_borders, dataset.basemap.coast):
            near = layer.geometry.clip_by_rect(*window.bounds)
            lines += [line for line in near if not line.is_empty]
    return shapely.union_all(lines)


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


def is_fixed(edges: Floats, fixed: BaseGeometry) -> NDArray[np.bool_]:
    """Tell which edges are no front: both ends and the middle lie on a fixed line.

    Parameters
    ----------
    edges : ndarray, shape (e, 2, 2)
        Longitude and latitude in degrees. The same edge day after day is looked at once.
    fixed : geometry
        See `fixed_lines`.

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
    on_node = _near(nodes, lines)[node_of.reshape(-1, 2)].all(axis=1)
    on_line = np.zeros(len(distinct), dtype=bool)
    on_line[on_node] = _near(ends[on_node].mean(axis=1), lines)
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


def _near(points: Floats, lines: shapely.STRtree) -> NDArray[np.bool_]:
    near = np.zeros(len(points), dtype=bool)
    found = lines.query(shapely.points(points), predicate="dwithin", distance=ON_LINE_DEG)
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
