"""The topology that the columns of a compact form hold, checked before it is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from frontmap.ellipsoid import edge_area_km2
from frontmap.errors import DataError
from frontmap.topology.container import Columns, divides_globe, unzigzag
from frontmap.topology.grid import UNITS_PER_DEGREE, pack, to_degrees, unpack
from frontmap.topology.record import Topology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


def topology_of(found: Sequence[Integers]) -> Topology:
    """Return the topology that columns hold.

    Parameters
    ----------
    found : sequence of ndarray of int64
        The columns of a file, in its order.

    Returns
    -------
    Topology
        In canonical order.

    Raises
    ------
    DataError
        If the columns contradict each other or describe no outlines.

    Examples
    --------
    >>> column = np.array([], dtype=np.int64)
    >>> len(topology_of([np.array([1, 1, 0]), *[column] * 11]).dates)
    0
    """
    if len(found) != len(Columns._fields):
        raise DataError(f"the compact file is damaged: it has {len(found)} columns")
    columns = Columns(*found)
    dates, step, split = _read_head(columns)
    path, units = _read_path(columns, split)
    units *= step
    if (np.abs(units) > np.array([180, 90]) * UNITS_PER_DEGREE).any():
        raise DataError("the compact file is damaged: a vertex is not on the globe")
    life_arc, birth, death = _read_lives(columns, len(dates))
    keys, place = np.unique(pack(units), return_inverse=True)
    is_end = np.cumsum(columns.size + 2) - 1
    start, end = place[np.delete(path, is_end)], place[np.delete(path, is_end - columns.size - 1)]
    code = start * max(len(keys), 1) + end
    order = np.argsort(code, kind="stable")
    if len(keys) != len(units) or (start == end).any() or not np.diff(code[order]).all():
        raise DataError("the compact file is damaged: it repeats a vertex or an edge")
    return _checked(
        dates, keys, code[order], _lives_of_edges(columns, order, life_arc, birth, death)
    )


def _read_head(columns: Columns) -> tuple[NDArray[np.datetime64], int, int]:
    head = columns.head.tolist()
    count = len(columns.gap) + 1 if len(head) == 4 else 0
    if len(head) not in {3, 4} or head[2] != count or (not count and len(columns.gap)):
        raise DataError("the compact file is damaged: its dates are not as many as it says")
    step, split = head[:2]
    if step < 1 or not divides_globe(step) or not 1 <= split <= 10:
        raise DataError(f"the compact file is damaged: it has no step of {step} units")
    days = np.cumsum(np.append(unzigzag(columns.head[3:]), columns.gap))
    if (columns.gap < 1).any() or (np.abs(days) >= 2**31).any():
        raise DataError("the compact file is damaged: its dates are not ascending")
    return days.astype("datetime64[D]"), step, split


def _read_path(columns: Columns, split: int) -> tuple[Integers, Integers]:
    """Walk the arcs again; return the path, and where each vertex lies on the file's grid."""
    size, start, end = columns.size, columns.start, columns.end
    lengths = {len(part) for part in (columns.lon, columns.lat, *columns[-2:])}
    count = len(columns.lon)
    if len(lengths) > 1 or not len(size) == len(start) == len(end):
        raise DataError("the compact file is damaged: its columns differ in length")
    if size.max(initial=0) > count or size.sum() > count:
        raise DataError("the compact file is damaged: its arcs have more vertices than it holds")
    path: list[int] = []
    before: list[int] = []
    anchor, at = 0, -1
    for inner, begins, finishes in zip(size.tolist(), start.tolist(), end.tolist(), strict=True):
        if begins == 0:
            before.append(at)
            anchor = at = len(before) - 1
        elif begins > 1:
            anchor = at = _known(anchor + unzigzag(begins - 2), len(before))
        path.append(_known(at, len(before)))
        if finishes == 0:
            inner += 1  # noqa: PLW2901 - the last vertex is new like the inner ones
        first = len(before)
        if inner:
            before.append(at)
            before += range(first, first + inner - 1)
            path += range(first, first + inner)
            at = first + inner - 1
        if finishes:
            anchor = at = _known(anchor + unzigzag(finishes - 1), len(before))
            path.append(at)
    if len(before) != count:
        raise DataError("the compact file is damaged: its arcs do not use every vertex once")
    lon = _positions(before, unzigzag(columns.lon) * split + columns.lon_digit)
    lat = _positions(before, unzigzag(columns.lat) * split + columns.lat_digit)
    return np.array(path, dtype=np.int64), np.stack([lon, lat], axis=1)


def _known(number: int, known: int) -> int:
    if not 0 <= number < known:
        raise DataError("the compact file is damaged: an arc ends at no known vertex")
    return number


def _positions(before: list[int], delta: Integers) -> Integers:
    """Add to each vertex the one that the walk came from."""
    found: list[int] = []
    for origin, step in zip(before, delta.tolist(), strict=True):
        found.append(step + found[origin] if origin >= 0 else step)
    if max(map(abs, found), default=0) > 180 * UNITS_PER_DEGREE:
        raise DataError("the compact file is damaged: a vertex is not on the globe")
    return np.array(found, dtype=np.int64)


def _read_lives(columns: Columns, dates: int) -> tuple[Integers, Integers, Integers]:
    """Return the arc, birth and death of each life."""
    again, stay = columns.again, columns.stay
    if not len(columns.size) == len(columns.birth) == len(again):
        raise DataError("the compact file is damaged: its columns differ in length")
    if again.max(initial=0) > len(stay) or len(stay) != 2 * again.sum() + len(again):
        raise DataError("the compact file is damaged: its lives are not as many as it says")
    if max(columns.birth.max(initial=0), stay.max(initial=0)) > dates:
        raise DataError("the compact file is damaged: an edge lives at no date")
    arc = np.repeat(np.arange(len(again)), again + 1)
    begins = 2 * (np.cumsum(again + 1) - again - 1)
    ends = begins + 2 * again + 1
    events = np.insert(stay, begins - np.arange(len(begins)), np.cumsum(columns.birth))
    is_last = np.zeros(len(events), dtype=np.bool_)
    is_last[ends] = True
    is_open = is_last & (events == 0)
    if len(begins):
        # The running sum starts anew with each arc.
        events[begins[1:]] -= np.add.reduceat(events, begins)[:-1]
    events = np.cumsum(events)
    events[is_open] = dates
    birth, death = events[0::2], events[1::2]
    pause = (birth[1:] > death[:-1]) | (arc[1:] != arc[:-1])
    if not (birth < death).all() or not pause.all() or (death > dates).any():
        raise DataError("the compact file is damaged: an edge ends before it begins")
    return arc, birth, death


def _lives_of_edges(
    columns: Columns, order: NDArray[np.intp], arc: Integers, birth: Integers, death: Integers
) -> tuple[Integers, Integers, Integers]:
    """Give each edge, in canonical order, the lives of its arc."""
    arc_of_edge = np.repeat(np.arange(len(columns.size)), columns.size + 1)[order]
    count = (columns.again + 1)[arc_of_edge]
    first = np.searchsorted(arc, arc_of_edge)
    life = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)
    return np.repeat(np.arange(len(order)), count), birth[life], death[life]


def _checked(
    dates: NDArray[np.datetime64],
    keys: NDArray[np.uint64],
    code: Integers,
    lives: tuple[Integers, Integers, Integers],
) -> Topology:
    """Return the topology, if at every date as many edges come to each vertex as leave it."""
    edges = np.stack(np.divmod(code, max(len(keys), 1)), axis=1)
    edge, birth, death = lives
    event = np.concatenate([birth, death]) + np.concatenate(2 * [edges[edge] * (len(dates) + 1)]).T
    sign = np.repeat([1, -1], len(edge))
    place, number = np.unique(event.ravel(), return_inverse=True)
    weight = np.concatenate([sign, -sign])
    if np.bincount(number.ravel(), weights=weight, minlength=len(place)).any():
        raise DataError("the compact file is damaged: an outline does not close")
    degrees = to_degrees(unpack(keys))
    return Topology(
        dates=dates,
        keys=keys,
        edges=edges.astype(np.int32),
        edge_areas_km2=edge_area_km2(degrees[edges[:, 0]], degrees[edges[:, 1]]),
        life_edge=edge.astype(np.int32),
        birth=birth.astype(np.int32),
        death=death.astype(np.int32),
    )
