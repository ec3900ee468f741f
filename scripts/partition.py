"""Give every place to one state, and take the borders from that.

The source gives each state as polygons of its own, so neighbours may both have a place, or none
of the two. Lines that bound two polygons at once break off there. ``one_state_each`` decides such
places first; then the line between two states is one line. ``ended_on`` ends other lines on it.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

import numpy as np
import shapely

from frontmap.ellipsoid import edge_length_km
from frontmap.geodesy import area_km2

#: The source gives coordinates to seven digits.
SOURCE_GRID_DEG = 1e-7


def polygons_of(geometry: Any) -> Any:
    """Return the polygons of a geometry as an array, without what has no area."""
    parts = shapely.get_parts(geometry)
    return parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 0)]


def one_state_each(claims: dict[str, Any], smallest_km2: float) -> dict[str, Any]:
    """Return the ground of each state, such that neighbours neither overlap nor leave a gap.

    Ground of several states goes to the one whose polygon is the smallest, so an enclave stays
    with its state. A gap between states, and a piece that this cuts off its state, goes to the
    neighbour along which it has the longest line; both only below ``smallest_km2``. So the border
    always runs along lines of the source.
    """
    codes = sorted(claims)
    parts = {code: polygons_of(claims[code]) for code in codes}
    rings = [shapely.boundary(part) for code in codes for part in parts[code]]
    lines = shapely.union_all(rings, grid_size=SOURCE_GRID_DEG)
    faces = polygons_of(shapely.polygonize([lines]))
    inside = shapely.point_on_surface(faces)
    least, owner = np.full(len(faces), np.inf), np.full(len(faces), -1)
    for number, code in enumerate(codes):
        tree = shapely.STRtree(parts[code])
        face, part = tree.query(inside, predicate="within")
        smaller = shapely.area(parts[code])[part] < least[face]
        face, part = face[smaller], part[smaller]
        least[face], owner[face] = shapely.area(parts[code])[part], number
    ground = {
        code: shapely.union_all(faces[owner == number], grid_size=SOURCE_GRID_DEG)
        for number, code in enumerate(codes)
    }
    gaps = polygons_of(shapely.union_all(faces[owner == -1], grid_size=SOURCE_GRID_DEG))
    return _without_gaps(_without_crumbs(ground, smallest_km2), gaps, smallest_km2)


def _without_crumbs(ground: dict[str, Any], smallest_km2: float) -> dict[str, Any]:
    """Give pieces that are cut off their state to the neighbour; islands stay."""
    large: dict[str, Any] = {code: [] for code in ground}
    crumbs = []
    for code, shape in ground.items():
        for part in polygons_of(shape):
            if area_km2(part) < smallest_km2:
                crumbs.append((code, part))
            else:
                large[code].append(part)
    states = {code: shapely.MultiPolygon(parts) for code, parts in large.items()}
    for code, part in crumbs:
        beside = _lengths_beside(part, states)
        large[max(beside, key=lambda other: beside[other]) if beside else code].append(part)
    return _joined(large)


def _without_gaps(ground: dict[str, Any], gaps: Any, smallest_km2: float) -> dict[str, Any]:
    """Give gaps between states to one of them; water within one state stays as it is."""
    parts: dict[str, Any] = {code: [shape] for code, shape in ground.items()}
    for gap in gaps:
        beside = _lengths_beside(gap, ground)
        if len(beside) > 1 and area_km2(gap) < smallest_km2:
            parts[max(beside, key=lambda other: beside[other])].append(gap)
    return _joined(parts)


def _lengths_beside(part: Any, states: dict[str, Any]) -> dict[str, float]:
    """Return how long a line a polygon shares with each state that it touches along one."""
    shared = {
        code: shapely.intersection(part.boundary, states[code].boundary).length
        for code in sorted(states)
        if shapely.intersects(states[code], part)
    }
    return {code: length for code, length in shared.items() if length > 0}


def _joined(parts: dict[str, Any]) -> dict[str, Any]:
    return {code: shapely.union_all(own, grid_size=SOURCE_GRID_DEG) for code, own in parts.items()}


def borders_between(ground: dict[str, Any]) -> dict[str, Any]:
    """Return the line between each pair of states that have one."""
    borders = {}
    for first, second in combinations(sorted(ground), 2):
        shared = shapely.intersection(ground[first].boundary, ground[second].boundary)
        lines = [part for part in shapely.get_parts(shared) if part.length > 0]
        if lines:
            borders[f"{first}-{second}"] = shapely.line_merge(shapely.union_all(lines))
    return borders


def ended_on(border: Any, lines: Any, abroad: Any, reach_km: float) -> Any:
    """Cut lines where they go abroad, and lead loose ends to a border within reach of them."""
    parts = shapely.get_parts(shapely.line_merge(shapely.difference(lines, abroad)))
    ends = Counter(point for part in parts for point in (part.coords[0], part.coords[-1]))
    loose = shapely.points([point for point, count in ends.items() if count == 1])
    leads = shapely.shortest_line(loose, border)
    steps = shapely.get_coordinates(leads).reshape(-1, 2, 2)
    lengths = edge_length_km(steps[:, 0], steps[:, 1])
    near = (lengths > 0) & (lengths < reach_km)
    return shapely.line_merge(shapely.union_all([*parts, *leads[near]]))
