"""What was gained and lost between two dates, from the edges that differ between them.

The edges that are new, with those that are gone turned round, bound a field: 1 where ground was
gained, -1 where it was lost, 0 elsewhere. Edges that did not change are never touched. Where new
and gone edges cross they are cut, and the field beside each piece is counted along a ray.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from frontmap.ellipsoid import edge_area_km2
from frontmap.geodesy import area_km2
from frontmap.topology.crossings import Pieces, cut_where_they_cross, merged
from frontmap.topology.field import field_on_the_right
from frontmap.topology.grid import to_degrees
from frontmap.topology.polygons import polygons_of
from frontmap.topology.rings import DirectedEdges, OutlineError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from frontmap.topology.record import Topology

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]


#: A gain less a loss must meet the net change within this much of the larger extent, or of 1 km².
_TOLERANCE = 1e-9

#: In grid units: what is shorter or longer than these may suffer from rounding.
_SHORT_PIECE, _LONG_PIECE = 1.0, 2.5e6


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
    doubtful = _doubtful_regions(sides, nodes)
    unsure[doubtful[~shapely.is_valid(regions[doubtful])] // 2] = True
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
    found = [
        _lives_at_one_date(topology, *pair)
        for pair in zip(earlier.tolist(), later.tolist(), strict=True)
    ]
    pair = np.repeat(np.arange(len(found)), [len(life) for life, _ in found])
    life = np.concatenate([np.empty(0, dtype=np.intp), *(life for life, _ in found)])
    is_new = np.concatenate([np.empty(0, dtype=bool), *(new for _, new in found)])
    edge = topology.life_edge[life].astype(np.int64)
    # An edge that went and came back within the span is the same edge at both dates.
    doubtful = np.flatnonzero(topology.lives_again[edge])
    twice = pair[doubtful] * len(topology.edges) + edge[doubtful]
    _, place, often = np.unique(twice, return_inverse=True, return_counts=True)
    changed = np.ones(len(pair), dtype=bool)
    changed[doubtful] = often[place] == 1
    pair, edge, is_new = pair[changed], edge[changed], is_new[changed]
    start, end = topology.edges[edge].T.astype(np.int64)
    heading = topology.units[end] - topology.units[start]
    return Pieces(pair, start, end, heading, np.where(is_new, 1, -1)), is_new


def _lives_at_one_date(
    topology: Topology, earlier: int, later: int
) -> tuple[Indices, NDArray[np.bool_]]:
    """Return the lives at one of two dates only, and whether each is at the later one."""
    before = (topology.birth <= earlier) & (topology.death > earlier)
    after = (topology.birth <= later) & (topology.death > later)
    life = np.flatnonzero(before != after)
    return life, after[life]


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


def _doubtful_regions(sides: Pieces, nodes: Floats) -> Indices:
    """Return the regions that rounding to a double might have made invalid.

    Edges of one date are at least one over their length apart where they do not meet, in grid
    units, for their ends are whole numbers; rounding moves a point by less than 2e-7. So edges of
    ordinary length stay apart, except beside a crossing that all but hits another node.
    """
    wide, high = np.abs(nodes[sides.end] - nodes[sides.start]).T
    length = np.maximum(wide, high)
    return np.unique(sides.group[(length < _SHORT_PIECE) | (length > _LONG_PIECE)])


def _overlay(before: shapely.Geometry, after: shapely.Geometry) -> list[shapely.MultiPolygon]:
    """Return gain and loss by a full overlay of both extents."""
    sides = []
    for geometry in (shapely.difference(after, before), shapely.difference(before, after)):
        parts = shapely.get_parts(geometry)
        sides.append(shapely.MultiPolygon(list(parts[shapely.get_type_id(parts) == 3])))
    return sides
