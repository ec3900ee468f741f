"""The compact form of a topology: quantised, delta-encoded arcs that are shared over time.

``docs/format.md`` says what each column holds, so that other programs can read it. At a coarser
step than the topology's own the extents are snapped first and the topology is built again, so that
what is written is a valid topology and comes back as it is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from frontmap.errors import DataError
from frontmap.topology.coarse import snapped
from frontmap.topology.container import divides_globe, seal, unseal
from frontmap.topology.decoder import topology_of
from frontmap.topology.encoder import columns_of
from frontmap.topology.grid import UNITS_PER_DEGREE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from frontmap.topology.record import Topology


def to_bytes(topology: Topology, *, step_deg: float = 1e-7) -> bytes:
    """Return the compact form of a topology.

    Parameters
    ----------
    topology : Topology
        Any.
    step_deg : float, optional
        The distance of grid lines: 1e-7 degree keeps every vertex as it is, 1e-5 is about a metre.

    Returns
    -------
    bytes
        The contents of a file.

    Raises
    ------
    DataError
        If the step is no whole multiple of 1e-7 degree, or does not divide 90 degrees.

    Notes
    -----
    The same topology gives the same inflated payload everywhere; the deflated bytes may differ
    between versions of zlib.

    Examples
    --------
    >>> import shapely
    >>> from frontmap.topology import build
    >>> topology = build(["2024-09-30", "2024-10-04"], [shapely.box(35, 51, 36, 52)] * 2)
    >>> from_bytes(to_bytes(topology)).extent(1).equals(topology.extent(0))
    True
    """
    step = _step_units(step_deg)
    return seal(columns_of(snapped(topology, step), step))


def from_bytes(data: bytes) -> Topology:
    """Return the topology of a compact form.

    Parameters
    ----------
    data : bytes
        What `to_bytes` gave.

    Returns
    -------
    Topology
        Equal, array by array, to what was written.

    Raises
    ------
    DataError
        If the bytes are not a compact form, are cut short or damaged.
    """
    return topology_of(unseal(data))


def areas_km2(data: bytes) -> tuple[NDArray[np.datetime64], NDArray[np.float64]]:
    """Return the area series of a compact form: a running sum, and no geometry.

    Parameters
    ----------
    data : bytes
        What `to_bytes` gave.

    Returns
    -------
    dates : ndarray of datetime64[D], shape (d,)
        The dates of the assessments.
    areas : ndarray of float64, shape (d,)
        Square kilometres on the WGS 84 ellipsoid, of the extents as they were written.

    Raises
    ------
    DataError
        If the bytes are not a compact form, are cut short or damaged.

    Examples
    --------
    >>> import shapely
    >>> from frontmap.topology import build
    >>> topology = build(["2024-09-30"], [shapely.box(36, 48, 37, 49)])
    >>> dates, areas = areas_km2(to_bytes(topology))
    >>> dates.astype(str).tolist(), areas.round(3).tolist()
    (['2024-09-30'], [8217.732])
    """
    topology = from_bytes(data)
    return topology.dates, topology.areas_km2()


def _step_units(step_deg: float) -> int:
    units = step_deg * UNITS_PER_DEGREE
    step = round(units) if math.isfinite(units) else 0
    if step < 1 or abs(units - step) > 1e-6 or not divides_globe(step):
        raise DataError(
            f"a step of {step_deg} degrees is no whole multiple of 1e-7 that divides 90 degrees: "
            "take 1e-7, 1e-6 or 1e-5"
        )
    return step
