"""A topology on a coarser grid, for files that need not keep every centimetre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from frontmap.topology.grid import UNITS_PER_DEGREE, unpack
from frontmap.topology.merge import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from frontmap.topology.record import Topology

#: So many extents are snapped at a time, so that a long record needs little memory.
_DATES_IN_BATCH = 64


def snapped(topology: Topology, step: int) -> Topology:
    """Return a topology whose vertices lie on a coarser grid.

    Parameters
    ----------
    topology : Topology
        Any; it is returned itself if its vertices lie there already.
    step : int
        The distance of the grid's lines in units of 1e-7 degree.

    Returns
    -------
    Topology
        Of valid extents: edges that collapse are gone, and opposite ones have cancelled.

    Examples
    --------
    >>> coarse = snapped(build(["2024-09-30"], [shapely.box(35.0000004, 51, 36, 52)]), 100)
    >>> coarse.extent(0).bounds
    (35.0, 51.0, 36.0, 52.0)
    """
    if not (unpack(topology.keys) % step).any():
        return topology
    return build(topology.dates, _snapped_extents(topology, step))


def _snapped_extents(topology: Topology, step: int) -> Iterator[Any]:
    scale = UNITS_PER_DEGREE / step
    for first in range(0, len(topology.dates), _DATES_IN_BATCH):
        positions = np.arange(first, min(first + _DATES_IN_BATCH, len(topology.dates)))
        fine = shapely.transform(topology.extents(positions), lambda points: points * scale)
        coarse = shapely.transform(fine, np.rint)
        # Snap rounding moves a little more than the vertices, so it is for those that need it.
        broken = ~shapely.is_valid(coarse)
        coarse[broken] = shapely.set_precision(fine[broken], 1.0)
        yield from shapely.transform(coarse, lambda points: np.rint(points) / scale)
