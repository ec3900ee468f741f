"""The temporal topology: each directed edge once, with the dates for which it exists."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from frontmap.topology.change import Changes, changes_between
from frontmap.topology.grid import unpack
from frontmap.topology.polygons import polygons_of
from frontmap.topology.rings import DirectedEdges

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

#: Extents are rebuilt for so many dates at a time, so that a long record needs little memory.
_DATES_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Topology:
    """Extents over time, stored as the lives of their directed edges.

    An edge has the inside of the extent on its left. It may live several times; each life is a
    half-open range of positions in ``dates``. All arrays are read-only and in canonical order, so
    that the same extents give the same arrays, however they were put in.

    Attributes
    ----------
    dates : ndarray of datetime64[D], shape (d,)
        The dates of the assessments, ascending.
    keys : ndarray of uint64, shape (v,)
        The distinct vertices at 1e-7 degree, packed (`frontmap.topology.grid.pack`), ascending.
    edges : ndarray of int32, shape (e, 2)
        The distinct directed edges, start and end as positions in ``keys``; ascending.
    edge_areas_km2 : ndarray of float64, shape (e,)
        Each edge's share of the area (`frontmap.ellipsoid.edge_area_km2`).
    life_edge : ndarray of int32, shape (k,)
        Which edge lives; ascending.
    birth, death : ndarray of int32, shape (k,)
        The first date with the edge, and the first date without it: ``len(dates)`` for an edge
        that lives to the end. Lives of one edge are ascending and do not touch.

    Examples
    --------
    >>> import shapely
    >>> from frontmap.topology import build
    >>> topology = build(["2024-09-30", "2024-10-04"], [shapely.box(35, 51, 36, 52)] * 2)
    >>> topology.edges.shape, topology.birth.tolist(), topology.death.tolist()
    ((4, 2), [0, 0, 0, 0], [2, 2, 2, 2])
    """

    dates: NDArray[np.datetime64]
    keys: NDArray[np.uint64]
    edges: NDArray[np.int32]
    edge_areas_km2: Floats
    life_edge: NDArray[np.int32]
    birth: NDArray[np.int32]
    death: NDArray[np.int32]

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for field in fields(self):
            getattr(self, field.name).flags.writeable = False

    @property
    def nbytes(self) -> int:
        """The bytes that the arrays hold, those made on first use included."""
        return sum(array.nbytes for array in vars(self).values())

    @cached_property
    def units(self) -> NDArray[np.int64]:
        """The vertices in grid units, longitude and latitude, shape (v, 2)."""
        return _fixed(unpack(self.keys))

    @cached_property
    def lives_again(self) -> NDArray[np.bool_]:
        """Whether an edge has more than one life, shape (e,)."""
        return _fixed(np.bincount(self.life_edge, minlength=len(self.edges)) > 1)

    def areas_km2(self) -> Floats:
        """Return the area at every date: a running sum over births and deaths.

        Returns
        -------
        ndarray, shape (d,)
            Square kilometres on the WGS 84 ellipsoid.

        Examples
        --------
        >>> import shapely
        >>> from frontmap.topology import build
        >>> squares = [shapely.box(36, 48, 37, 49), None]
        >>> build(["2024-09-30", "2024-10-04"], squares).areas_km2().round(3).tolist()
        [8217.732, 0.0]
        """
        return self._series.copy()

    @cached_property
    def _series(self) -> Floats:
        areas = self.sums_by_date(self.edge_areas_km2)
        # A sum of shares of thousands of square kilometres leaves 1e-9 where it should leave none.
        areas[self.sums_by_date(np.ones(len(self.edges))) == 0] = 0.0
        return _fixed(areas)

    def sums_by_date(self, values: Floats) -> Floats:
        """Return the sum over the edges that exist at every date, by births and deaths.

        Parameters
        ----------
        values : ndarray, shape (e,)
            One an edge.

        Returns
        -------
        ndarray, shape (d,)
            With what rounding leaves of those that are gone.

        Examples
        --------
        >>> import shapely
        >>> from frontmap.topology import build
        >>> topology = build(["2024-09-30", "2024-10-04"], [shapely.box(36, 48, 37, 49), None])
        >>> topology.sums_by_date(np.ones(4)).tolist()
        [4.0, 0.0]
        """
        dates, shares = len(self.dates) + 1, values[self.life_edge]
        born = np.bincount(self.birth, weights=shares, minlength=dates)
        gone = np.bincount(self.death, weights=shares, minlength=dates)
        sums: Floats = np.cumsum(born - gone)[:-1]
        return sums

    def net_change_km2(self, since: ArrayLike, until: ArrayLike) -> Floats:
        """Return how much larger the extent is at one date than at another.

        Parameters
        ----------
        since, until : array_like of int, shape (n,)
            Positions in ``dates``, in either order.

        Returns
        -------
        ndarray, shape (n,)
            Square kilometres, positive where the extent grew.
        """
        areas = self.areas_km2()
        return areas[self.positions(until)] - areas[self.positions(since)]

    def positions(self, at: ArrayLike) -> Indices:
        """Return positions in ``dates`` as a flat array, checked; negative ones count from the end.

        Parameters
        ----------
        at : array_like of int, shape (n,)
            Positions.

        Returns
        -------
        ndarray of int, shape (n,)
            Between 0 and ``len(dates) - 1``.

        Raises
        ------
        IndexError
            If there is no such position.
        """
        positions = np.atleast_1d(np.asarray(at, dtype=None if np.size(at) else np.intp))
        positions = positions.astype(np.intp, casting="same_kind")
        if ((positions < -len(self.dates)) | (positions >= len(self.dates))).any():
            raise IndexError(f"there are {len(self.dates)} dates")
        return positions % max(len(self.dates), 1)

    def edges_at(self, position: int) -> NDArray[np.int32]:
        """Return the edges that bound the extent at a date.

        Parameters
        ----------
        position : int
            Position in ``dates``.

        Returns
        -------
        ndarray of int32
            Positions in ``edges``, ascending.
        """
        at = self.positions(position)[0]
        alive: NDArray[np.int32] = self.life_edge[(self.birth <= at) & (at < self.death)]
        return alive

    def edges_between(
        self, since: int, until: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Return the edges that are new, gone and steady between two dates.

        Parameters
        ----------
        since, until : int
            Positions in ``dates``, in either order.

        Returns
        -------
        new, gone, steady : ndarray of int32
            Positions in ``edges``: alive only at ``until``, only at ``since``, at both; ascending.
        """
        before, after = self.edges_at(since), self.edges_at(until)
        return (
            np.setdiff1d(after, before, assume_unique=True),
            np.setdiff1d(before, after, assume_unique=True),
            np.intersect1d(before, after, assume_unique=True),
        )

    def extent(self, position: int) -> Any:
        """Return the extent at a date.

        Parameters
        ----------
        position : int
            Position in ``dates``.

        Returns
        -------
        MultiPolygon
            Valid, longitude and latitude in degrees; empty when nothing is held.

        Examples
        --------
        >>> import shapely
        >>> from frontmap.topology import build
        >>> west, east = shapely.box(35, 51, 36, 52), shapely.box(36, 51, 37, 52)
        >>> halves = shapely.MultiPolygon([west, east])
        >>> build(["2024-09-30"], [halves]).extent(0).wkt
        'MULTIPOLYGON (((35 51, 36 51, 37 51, 37 52, 36 52, 35 52, 35 51)))'
        """
        return self.extents([position])[0]

    def extents(self, positions: ArrayLike) -> NDArray[np.object_]:
        """Return the extents at many dates; see `extent`.

        Parameters
        ----------
        positions : array_like of int, shape (n,)
            Positions in ``dates``.

        Returns
        -------
        ndarray of MultiPolygon, shape (n,)
            One for each position.
        """
        found = self.positions(positions)
        out = np.empty(len(found), dtype=object)
        for first in range(0, len(found), _DATES_AT_ONCE):
            portion = slice(first, first + _DATES_AT_ONCE)
            out[portion] = self._extents_at(found[portion])
        return out

    def _extents_at(self, positions: Indices) -> NDArray[np.object_]:
        alive = [self.edges_at(int(at)) for at in positions]
        region = np.repeat(np.arange(len(alive)), [len(edges) for edges in alive])
        start, end = self.edges[np.concatenate(alive)].T
        heading = self.units[end] - self.units[start]
        edges = DirectedEdges(region, start, end, heading)
        return polygons_of(edges, self.units[start], len(alive))

    def changes(self, since: ArrayLike, until: ArrayLike) -> Changes:
        """Return what was gained and lost between pairs of dates.

        Parameters
        ----------
        since, until : array_like of int, shape (n,)
            Positions in ``dates``, in either order.

        Returns
        -------
        Changes
            Areas and geometries, one for each pair.

        Examples
        --------
        >>> import shapely
        >>> from frontmap.topology import build
        >>> squares = [shapely.box(35, 51, 36, 52), shapely.box(35.5, 51, 36.5, 52)]
        >>> change = build(["2024-09-30", "2024-10-04"], squares).changes(0, 1)
        >>> change.gained[0].bounds, change.gained_km2.round(3).tolist()
        ((36.0, 51.0, 36.5, 52.0), [3862.85])
        """
        return changes_between(self, self.positions(since), self.positions(until))


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array that can no longer be changed: it is handed out again at the next use."""
    array.flags.writeable = False
    return array
