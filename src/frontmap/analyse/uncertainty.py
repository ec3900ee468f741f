"""How sure an area is, given how sure its line is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from frontmap.analyse.front import ON_LINE_DEG, fixed_lines_of, is_fixed
from frontmap.ellipsoid import edge_length_km
from frontmap.model import Status
from frontmap.topology.grid import to_degrees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from frontmap.dataset import Dataset
    from frontmap.timeline import Timeline

    Floats = NDArray[np.float64]

#: A running sum of lengths leaves less than this where no front is left.
_NOTHING_KM = 1e-8
#: So many edges at a time are compared with others date by date.
_EDGES_AT_ONCE = 1024


def plain_band_km2(
    timeline: Timeline, fixed: BaseGeometry | None = None, beside: Iterable[Timeline] = ()
) -> pd.Series[float]:
    """Return the plain band of each area: the whole front displaced by its positional error.

    The front moves out or in as one, by the positional error; state border, coast and window edge
    stay. That is the widest band the stated error allows: errors that differ from place to place
    would partly cancel.

    Parameters
    ----------
    timeline : Timeline
        One sector, status and source.
    fixed : geometry, optional
        Lines that do not move; see `fixed_lines_of`. By default the whole boundary moves.
    beside : iterable of Timeline
        Ground whose own line this one follows, such as the held ground inside a contested fringe:
        the error of a shared line is counted there.

    Returns
    -------
    Series
        Half the width of the band in square kilometres, named ``band_km2``, indexed by date.

    Notes
    -----
    To first order the length of the front times the positional error (Steiner's formula without
    its corner term).

    Examples
    --------
    >>> import frontmap
    >>> dataset = frontmap.read()
    >>> toretsk = dataset.timeline("toretsk")
    >>> band = plain_band_km2(toretsk, fixed_lines_of(dataset, toretsk))
    >>> bool((band > 0).all())
    True
    """
    topology = timeline.topology
    ends = to_degrees(topology.units)[topology.edges]
    moving = ~is_fixed(ends, shapely.LineString() if fixed is None else fixed)
    lengths_km = np.where(moving, edge_length_km(ends[:, 0], ends[:, 1]), 0.0)
    fronts_km = topology.sums_by_date(lengths_km)
    fronts_km[np.abs(fronts_km) < _NOTHING_KM] = 0.0  # what rounding leaves where nothing is left
    others = tuple(beside)
    if others:
        fronts_km -= _shared_km(timeline, others, ends, lengths_km)
    errors_km = [extent.positional_error_m / 1000 for extent in timeline.extents]
    index = pd.DatetimeIndex(timeline.dates, name="date")
    return pd.Series(np.maximum(fronts_km, 0.0) * errors_km, index=index, name="band_km2")


def _shared_km(
    timeline: Timeline, others: tuple[Timeline, ...], ends: Floats, lengths_km: Floats
) -> Floats:
    """Return how much of the front follows others' lines, by date."""
    dates = len(timeline.dates)
    topology = timeline.topology
    shared_km = np.zeros(dates)
    moving = np.flatnonzero(lengths_km)
    for first in range(0, len(moving), _EDGES_AT_ONCE):
        edges = moving[first : first + _EDGES_AT_ONCE]
        points = np.concatenate([ends[edges], ends[edges].mean(axis=1, keepdims=True)], axis=1)
        follows = np.zeros((len(edges), dates), dtype=bool)
        for other in others:
            near = _near_by_date(points.reshape(-1, 2), timeline, other)
            follows |= near.reshape(len(edges), 3, dates).all(axis=1)
        lives = np.isin(topology.life_edge, edges)
        place = np.searchsorted(edges, topology.life_edge[lives])
        alive = _covered(place, topology.birth[lives], topology.death[lives], (len(edges), dates))
        shared_km += lengths_km[edges] @ (follows & alive)
    return shared_km


def _near_by_date(points: Floats, timeline: Timeline, other: Timeline) -> NDArray[np.bool_]:
    """Tell for points and the dates of a timeline which lie on the line another has then."""
    topology = other.topology
    segments: Any = shapely.linestrings(to_degrees(topology.units)[topology.edges])
    found = shapely.STRtree(segments).query(
        shapely.points(points), predicate="dwithin", distance=ON_LINE_DEG
    )
    first = np.searchsorted(topology.life_edge, found[1])
    count = np.searchsorted(topology.life_edge, found[1], side="right") - first
    point = np.repeat(found[0], count)
    life = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)
    in_force = np.searchsorted(topology.dates, timeline.topology.dates, side="right") - 1
    begins, ends = (
        np.searchsorted(in_force, position[life]) for position in (topology.birth, topology.death)
    )
    return _covered(point, begins, ends, (len(points), len(timeline.dates)))


def _covered(
    row: NDArray[Any], begins: NDArray[Any], ends: NDArray[Any], shape: tuple[int, int]
) -> NDArray[np.bool_]:
    """Tell which dates of each row lie in any of its ranges."""
    rows, dates = shape
    changes = np.zeros((rows, dates + 1), dtype=np.int32)
    np.add.at(changes, (row, begins), 1)
    np.add.at(changes, (row, ends), -1)
    covered: NDArray[np.bool_] = np.cumsum(changes, axis=1)[:, :-1] > 0
    return covered


def band_km2(dataset: Dataset, timeline: Timeline) -> pd.Series[float]:
    """Return the plain band of a timeline as its data set knows it.

    Parameters
    ----------
    dataset : Dataset
        Gives the lines that do not move, and to contested ground the held ground inside it.
    timeline : Timeline
        One of the data set's.

    Returns
    -------
    Series
        See `plain_band_km2`.

    Examples
    --------
    >>> import frontmap
    >>> dataset = frontmap.read()
    >>> bands_km2 = [band_km2(dataset, line).iloc[0] for line in dataset.select("kursk")]
    >>> [int(round(band, -2)) for band in bands_km2]
    [200, 100]
    """
    held = [
        line
        for line in dataset.timelines
        if timeline.status is Status.CONTESTED
        and line.status is not Status.CONTESTED
        and (line.sector, line.source) == (timeline.sector, timeline.source)
    ]
    return plain_band_km2(timeline, fixed_lines_of(dataset, timeline), held)
