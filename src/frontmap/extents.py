"""The extents of a timeline, drawn from its topology only when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, overload

from frontmap.errors import DataError
from frontmap.model import Extent, Method, Status

if TYPE_CHECKING:
    import datetime as dt

    from frontmap.topology import Topology

#: So many extents stay in memory after they were drawn.
_KEPT = 8
#: So many are drawn at a time when all are wanted, one after the other.
_AT_ONCE = 64


class StoredExtents(Sequence[Extent]):
    """Extents of one sector, status and source, as a topology and what is said of each date.

    Two years of daily fronts need about a megabyte so, and some hundred as geometry.

    Parameters
    ----------
    topology : Topology
        Of d dates.
    sector : str
        The sector's id.
    status : Status
        Who holds the ground.
    source : str
        The source's id.
    methods : sequence of Method, length d
        How each outline came to be.
    errors_m : sequence of float, length d
        The positional error of each; NaN where nobody stated one.
    recorded : sequence of date or None, length d
        When each was written down.

    Raises
    ------
    DataError
        If there are not as many methods, errors or records as dates.

    Examples
    --------
    >>> import shapely
    >>> from frontmap.topology import build
    >>> days = build(["2024-09-30", "2024-10-04"], [shapely.box(35, 51, 36, 52), None])
    >>> said = {"methods": [Method.DRAWN] * 2, "errors_m": [500.0] * 2, "recorded": [None] * 2}
    >>> held = StoredExtents(days, "kursk", Status.UKRAINIAN_HELD, "some-source", **said)
    >>> held[0].geometry.bounds, held[1].geometry.is_empty, held[1].valid_from.isoformat()
    ((35.0, 51.0, 36.0, 52.0), True, '2024-10-04')
    """

    def __init__(
        self,
        topology: Topology,
        sector: str,
        status: Status,
        source: str,
        *,
        methods: Sequence[Method],
        errors_m: Sequence[float],
        recorded: Sequence[dt.date | None],
    ) -> None:
        self.topology = topology
        self.dates: tuple[dt.date, ...] = tuple(topology.dates.tolist())
        self.methods, self.errors_m = tuple(methods), tuple(errors_m)
        self.recorded = tuple(recorded)
        if {len(self.methods), len(self.errors_m), len(self.recorded)} != {len(self.dates)}:
            raise DataError(f"{sector}/{status}: not every date has a method and an error")
        self._named = {"sector": sector, "status": status, "source": source}
        self._one = lru_cache(_KEPT)(self._draw)

    def _draw(self, position: int) -> Extent:
        return self._extent(position, self.topology.extent(position))

    def _extent(self, position: int, geometry: Any) -> Extent:
        return Extent(
            **self._named,  # type: ignore[arg-type]  # of three types
            valid_from=self.dates[position],
            method=self.methods[position],
            positional_error_m=self.errors_m[position],
            geometry=geometry,
            recorded_at=self.recorded[position],
        )

    def __len__(self) -> int:
        """Return the number of dates."""
        return len(self.dates)

    def __iter__(self) -> Iterator[Extent]:
        """Draw all, some at a time; none is kept."""
        for first in range(0, len(self), _AT_ONCE):
            positions = range(first, min(first + _AT_ONCE, len(self)))
            yield from map(self._extent, positions, self.topology.extents(positions))

    @overload
    def __getitem__(self, position: int) -> Extent: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Extent, ...]: ...
    def __getitem__(self, position: int | slice) -> Extent | tuple[Extent, ...]:
        """Draw one, or some."""
        at = range(len(self))[position]
        if isinstance(at, int):
            return self._one(at)
        return tuple(map(self._extent, at, self.topology.extents(at)))
