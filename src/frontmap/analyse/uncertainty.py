"""How sure an area is, given how sure its line is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from frontmap.analyse.front import fixed_lines, is_fixed, ring_edges
from frontmap.ellipsoid import edge_length_km
from frontmap.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from frontmap.timeline import Dataset, Timeline


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
        Lines that do not move; see `fixed_lines`. By default the whole boundary moves.
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
    >>> band = plain_band_km2(dataset.timeline("toretsk"), fixed_lines(dataset, "toretsk"))
    >>> bool((band > 0).all())
    True
    """
    still = shapely.LineString() if fixed is None else fixed
    edges, extent_of, _ = ring_edges([extent.geometry for extent in timeline.extents])
    moving = ~is_fixed(edges, still)
    for number, extent in enumerate(timeline.extents):
        here = np.flatnonzero(extent_of == number)
        for other in filter(None, (line.at(extent.valid_from) for line in beside)):
            moving[here] &= ~is_fixed(edges[here], other.geometry.boundary)
    lengths_km = edge_length_km(edges[moving, 0], edges[moving, 1])
    fronts_km = np.bincount(extent_of[moving], weights=lengths_km, minlength=len(timeline.extents))
    errors_km = [extent.positional_error_m / 1000 for extent in timeline.extents]
    index = pd.DatetimeIndex(timeline.dates, name="date")
    return pd.Series(fronts_km * errors_km, index=index, name="band_km2")


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
    return plain_band_km2(timeline, fixed_lines(dataset, timeline.sector), held)
