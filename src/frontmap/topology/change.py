"""What was gained and lost between two dates, from the edges that differ between them.

The edges that are new, with those that are gone turned round, bound a field: 1 where ground was
gained, -1 where it was lost, 0 elsewhere. Edges that did not change are never touched. Where new
and gone edges cross they are cut, and the field beside each piece is counted along a ray.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from frontmap.geodesy import area_km2, edge_area_km2
from frontmap.topology.crossings import Pieces, cut_where_they_cross, merged
from frontmap.topology.field import field_on_the_right
from frontmap.topology.grid import to_degrees
from frontmap.topology.polygons import polygons_of
from frontmap.topology.rings import DirectedEdges, OutlineError
from frontmap.topology.strips import spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.topology.record import Topology

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]


#: A gain less a loss must meet the net change within this much of the larger extent, or of 1 km².
_TOLERANCE = 1e-9


class Changes(NamedTuple):
    """What changed between pairs of dates.

    Attributes
    ----------
    gained, lost : ndarray of MultiPolygon, shape (n,)
        Held only at the second date of a pair, and only at the first.
    gained_km2, lost_km2 : ndarray of float64, shape (n,)
        Their areas on the WGS 84 ellipsoid, both positive.
    """

    gained: NDArray[np.object_]
    lost: NDArray[np.object_]
    gained_km2: Floats
    lost_km2: Floats


def changes_between(topology: Topology, since: Indices, until: Indices) -> Changes:
    """Return what was gained and lost between pairs of dates.

    Parameters
    ----------
    topology : Topology
        The extents.
    since, until : ndarray of int, shape (n,)
        Positions in its dates, in either order.

    Returns
    -------
    Changes
        One row for each pair.
    """
    since, until = np.broadcast_arrays(since, until)
    earlier, later = np.minimum(since, until), np.maximum(since, until)
    whole, is_new = _changed_edges(topology, earlier, later)
    cut, nodes = cut_where_they_cross(whole, is_new, topology.units, topology.keys)
    pieces = merged(cut)
    right = field_on_the_right(pieces, nodes)
    left = right + pieces.weight
    sides = _sides(pieces, left == 1, right == -1)
    areas = _areas_km2(sides, nodes, len(earlier))
    before, after = topology.areas_km2()[[earlier, later]]
    slack = _TOLERANCE * np.maximum(1.0, np.maximum(before, after))
    unsure = np.abs(areas[0::2] - areas[1::2] - (after - before)) > slack
    unsure |= np.minimum(areas[0::2], areas[1::2]) < -slack
    unsure[pieces.group[(left > 1) | (right < -1)]] = True
    regions = _regions(sides, nodes, unsure)
    unsure |= ~shapely.is_valid(regions).reshape(-1, 2).all(axis=1)
    for pair in np.flatnonzero(unsure).tolist():
        both = slice(2 * pair, 2 * pair + 2)
        regions[both] = _overlay(*topology.extents([earlier[pair], later[pair]]))
        areas[both] = area_km2(regions[both])
    gains, losses = regions[0::2], regions[1::2]
    gains_km2, losses_km2 = np.maximum(areas, 0.0).reshape(-1, 2).T
    back = since > until
    return Changes(
        np.where(back, losses, gains),
        np.where(back, gains, losses),
        np.where(back, losses_km2, gains_km2),
        np.where(back, gains_km2, losses_km2),
    )


def _changed_edges(
    topology: Topology, earlier: Indices, later: Indices
) -> tuple[Pieces, NDArray[np.bool_]]:
    """Return the edges that live at one date of a pair only, and whether at the later one."""
    new, pair_of_new = _lives_between(topology.birth, topology.lives_by_birth, earlier, later)
    stays = topology.death[new] > later[pair_of_new]
    gone, pair_of_gone = _lives_between(topology.death, topology.lives_by_death, earlier, later)
    lived = topology.birth[gone] <= earlier[pair_of_gone]
    pair = np.concatenate([pair_of_new[stays], pair_of_gone[lived]])
    edge = topology.life_edge[np.concatenate([new[stays], gone[lived]])].astype(np.int64)
    is_new = np.arange(len(pair)) < stays.sum()
    # An edge that went and came back within the span is the same edge at both dates.
    _, place, often = np.unique(
        pair * len(topology.edges) + edge, return_inverse=True, return_counts=True
    )
    changed = often[place] == 1
    pair, edge, is_new = pair[changed], edge[changed], is_new[changed]
    start, end = topology.edges[edge].T.astype(np.int64)
    heading = topology.units[end] - topology.units[start]
    return Pieces(pair, start, end, heading, np.where(is_new, 1, -1)), is_new


def _lives_between(
    when: NDArray[np.int32], order: NDArray[np.int32], earlier: Indices, later: Indices
) -> tuple[NDArray[np.int32], Indices]:
    """Return the lives with an event after one date and up to another, and the pair of each."""
    ordered = when[order]
    first = np.searchsorted(ordered, earlier, side="right")
    count = np.searchsorted(ordered, later, side="right") - first
    place, pair = spread(first, count)
    return order[place], pair


def _sides(
    pieces: Pieces, bounds_gain: NDArray[np.bool_], bounds_loss: NDArray[np.bool_]
) -> Pieces:
    """Return the pieces around gains, as regions 0, 2, 4, and around losses, as 1, 3, 5."""
    chosen = np.concatenate([np.flatnonzero(bounds_gain), np.flatnonzero(bounds_loss)])
    is_loss = np.arange(len(chosen)) >= bounds_gain.sum()
    sides = pieces.take(chosen)._replace(group=2 * pieces.group[chosen] + is_loss)
    return sides.turn(is_loss)


def _areas_km2(sides: Pieces, nodes: Floats, pairs: int) -> Floats:
    shares = edge_area_km2(to_degrees(nodes[sides.start]), to_degrees(nodes[sides.end]))
    sums = np.bincount(sides.group, weights=shares, minlength=2 * pairs)
    return sums.astype(np.float64, copy=False)


def _regions(sides: Pieces, nodes: Floats, unsure: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Return the regions that pieces bound; mark the pairs where they bound none.

    Crossings closer together than the precision of a double can be put in the wrong order.
    """
    while True:
        kept = sides.take(~unsure[sides.group // 2]) if unsure.any() else sides
        edges = DirectedEdges(kept.group, kept.start, kept.end, kept.heading)
        try:
            return polygons_of(edges, nodes[kept.start], 2 * len(unsure))
        except OutlineError as error:
            unsure[error.region // 2] = True


def _overlay(before: shapely.Geometry, after: shapely.Geometry) -> list[shapely.MultiPolygon]:
    """Return gain and loss by a full overlay of both extents."""
    sides = []
    for geometry in (shapely.difference(after, before), shapely.difference(before, after)):
        parts = shapely.get_parts(geometry)
        sides.append(shapely.MultiPolygon(list(parts[shapely.get_type_id(parts) == 3])))
    return sides
