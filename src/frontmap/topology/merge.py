"""Dated polygons made into a topology, and days added to one: both are the same merge.

The dates are taken in batches. Each batch gives the lives of its edges; where a life ends at the
end of one batch and begins at the start of the next, it is one life. A day that is appended is a
batch of one.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from frontmap.ellipsoid import edge_area_km2
from frontmap.errors import DataError
from frontmap.topology.boundary import boundary_of
from frontmap.topology.grid import to_degrees, unpack
from frontmap.topology.record import Topology

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

#: A batch is closed when it holds this many points, so that building needs little memory.
_POINTS_IN_BATCH = 120_000
#: So many batches are worked on at a time: most of the work leaves Python's lock alone.
_BATCHES_AT_ONCE = 2


class _Lives(NamedTuple):
    """The lives of edges during a run of dates, not yet in canonical order.

    ``share`` is each edge's area share; ``birth`` and ``death`` are positions among all dates.
    """

    keys: NDArray[np.uint64]
    edges: NDArray[Any]
    share: NDArray[np.float64]
    edge: NDArray[Any]
    birth: NDArray[Any]
    death: NDArray[Any]


_NO_LIVES = _Lives(
    keys=np.empty(0, dtype=np.uint64),
    edges=np.empty((0, 2), dtype=np.int64),
    share=np.empty(0),
    edge=np.empty(0, dtype=np.int64),
    birth=np.empty(0, dtype=np.int64),
    death=np.empty(0, dtype=np.int64),
)


def build(
    dates: Iterable[str | dt.date | np.datetime64], polygons: Iterable[Any], *, valid: bool = False
) -> Topology:
    """Return the topology of a sequence of dated extents.

    Parameters
    ----------
    dates : iterable of str, date or datetime64, length d
        Ascending, each once.
    polygons : iterable of Polygon, MultiPolygon or None, length d
        Longitude and latitude in degrees on WGS 84. It is read once, in batches, so it may be a
        generator. ``None`` and empty geometries mean that nothing is held.
    valid : bool
        Whether the polygons are known to be valid; then it takes half the time.

    Returns
    -------
    Topology
        Of all dates.

    Raises
    ------
    DataError
        If the dates are not ascending, or are not as many as the polygons.
    GeometryError
        If a geometry is no valid polygon on the globe; see `frontmap.topology.boundary`.

    Examples
    --------
    >>> square = shapely.box(35, 51, 36, 52)
    >>> build(["2024-09-30", "2024-10-04"], [square, None]).death.tolist()
    [1, 1, 1, 1]
    """
    days = _as_days(dates)
    parts: list[_Lives] = []
    waiting: deque[Future[_Lives]] = deque()
    done = 0
    with ThreadPoolExecutor(_BATCHES_AT_ONCE) as pool:
        for batch in _batches(polygons):
            if done + len(batch) > len(days):
                raise DataError(f"there are more polygons than the {len(days)} dates")
            if len(waiting) == _BATCHES_AT_ONCE:
                parts.append(waiting.popleft().result())
            its_days = days[done : done + len(batch)]
            waiting.append(pool.submit(_lives_of, batch, its_days, done, valid=valid))
            done += len(batch)
        parts += [life.result() for life in waiting]
    if done != len(days):
        raise DataError(f"there are {len(days)} dates, but {done} polygons")
    return _merged(days, parts)


def append(topology: Topology, date: str | dt.date | np.datetime64, polygon: Any) -> Topology:
    """Return a topology with one more date; the work is that of the new day alone.

    Parameters
    ----------
    topology : Topology
        Stays as it is.
    date : str, date or datetime64
        Later than all its dates.
    polygon : Polygon, MultiPolygon or None
        The extent of that date; see `build`.

    Returns
    -------
    Topology
        Equal, array by array, to one built from all dates.

    Raises
    ------
    DataError
        If the date is not later than the last one.
    GeometryError
        If the geometry is no valid polygon on the globe.

    Examples
    --------
    >>> square = shapely.box(35, 51, 36, 52)
    >>> longer = append(build(["2024-09-30"], [square]), "2024-10-04", square)
    >>> longer.birth.tolist(), longer.death.tolist()
    ([0, 0, 0, 0], [2, 2, 2, 2])
    """
    days = _as_days([*topology.dates, date])
    known = _Lives(
        topology.keys,
        topology.edges,
        topology.edge_areas_km2,
        topology.life_edge,
        topology.birth,
        topology.death,
    )
    batch = np.array([polygon], dtype=object)
    return _merged(days, [known, _lives_of(batch, days[-1:], len(topology.dates))])


def _as_days(dates: Iterable[str | dt.date | np.datetime64]) -> NDArray[np.datetime64]:
    try:
        days = np.array(list(dates), dtype="datetime64[D]")
    except (TypeError, ValueError) as error:
        raise DataError(f"a date is not of the form YYYY-MM-DD: {error}") from None
    late = np.flatnonzero(np.diff(days) <= np.timedelta64(0, "D"))
    if len(late) or np.isnat(days).any():
        named = f"{days[late[0] + 1]} after {days[late[0]]}" if len(late) else "NaT"
        raise DataError(f"the dates are not ascending ({named}): sort them and keep one a date")
    return days


def _batches(polygons: Iterable[Any]) -> Iterator[NDArray[np.object_]]:
    batch: list[Any] = []
    points = 0
    for polygon in polygons:
        batch.append(polygon)
        points += int(shapely.get_num_coordinates(polygon))
        if points >= _POINTS_IN_BATCH:
            yield _object_array(batch)
            batch, points = [], 0
    if batch:
        yield _object_array(batch)


def _object_array(geometries: Sequence[Any]) -> NDArray[np.object_]:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def _lives_of(
    batch: NDArray[np.object_],
    days: NDArray[np.datetime64],
    first_date: int,
    *,
    valid: bool = False,
) -> _Lives:
    """Return the lives of the edges of a batch: runs of dates without a gap."""
    boundary = boundary_of(batch, np.datetime_as_string(days).tolist(), valid=valid)
    degrees = to_degrees(unpack(boundary.keys))
    start, end = boundary.edges.T
    share = edge_area_km2(degrees[start], degrees[end])
    breaks = (np.diff(boundary.edge) != 0) | (np.diff(boundary.date) != 1)
    begins = np.flatnonzero(np.concatenate([[len(boundary.edge) > 0], breaks]))
    ends = np.append(begins, len(boundary.edge))[1:] - 1
    birth = boundary.date[begins] + first_date
    death = boundary.date[ends] + first_date + 1
    return _Lives(boundary.keys, boundary.edges, share, boundary.edge[begins], birth, death)


def _merged(days: NDArray[np.datetime64], parts: Sequence[_Lives]) -> Topology:
    """Join the lives of runs of dates that follow each other, in canonical order."""
    parts = [_NO_LIVES, *parts]
    keys = np.unique(np.concatenate([part.keys for part in parts]))
    codes = []
    for part in parts:
        place = np.searchsorted(keys, part.keys)
        codes.append(place[part.edges[:, 0]] * len(keys) + place[part.edges[:, 1]])
    code, known, number = np.unique(np.concatenate(codes), return_index=True, return_inverse=True)
    before = np.cumsum([0, *(len(part.edges) for part in parts[:-1])])
    edge = number[np.concatenate([part.edge + at for part, at in zip(parts, before, strict=True)])]
    birth = np.concatenate([part.birth for part in parts])
    death = np.concatenate([part.death for part in parts])
    order = np.lexsort((birth, edge))
    edge, birth, death = edge[order], birth[order], death[order]
    goes_on = (edge[1:] == edge[:-1]) & (birth[1:] == death[:-1])
    begins = np.concatenate([[True], ~goes_on])[: len(edge)]
    ends = np.concatenate([~goes_on, [True]])[: len(edge)]
    return Topology(
        dates=days,
        keys=keys,
        edges=np.stack(np.divmod(code, max(len(keys), 1)), axis=1).astype(np.int32),
        edge_areas_km2=np.concatenate([part.share for part in parts])[known],
        life_edge=edge[begins].astype(np.int32),
        birth=birth[begins].astype(np.int32),
        death=death[ends].astype(np.int32),
    )
