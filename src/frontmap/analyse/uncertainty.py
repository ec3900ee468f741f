"""How sure an area is, given how sure its line is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from frontmap.geodesy import length_km
from frontmap.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from frontmap.timeline import Dataset, Timeline

#: A boundary this close to a fixed line lies on it: about 20 m.
_ON_LINE_DEG = 0.0002


def fixed_lines(dataset: Dataset, sector: str) -> BaseGeometry:
    """Return the lines of a sector that are not front: its window, state border and coast.

    Parameters
    ----------
    dataset : Dataset
        With or without a basemap.
    sector : str
        The sector's id.

    Returns
    -------
    geometry
        Lines in longitude and latitude, around the window.

    Examples
    --------
    >>> import frontmap
    >>> fixed_lines(frontmap.read(), "toretsk").bounds
    (37.6, 48.25, 38.05, 48.5)
    """
    window = shapely.box(*dataset.sectors[sector].window)
    lines: list[Any] = [window.boundary]
    if dataset.basemap is not None:
        for layer in (dataset.basemap.state_borders, dataset.basemap.coast):
            near = layer.geometry.clip_by_rect(*window.bounds)
            lines += [line for line in near if not line.is_empty]
    return shapely.union_all(lines)


def front_lines(geometry: BaseGeometry, fixed: BaseGeometry) -> BaseGeometry:
    """Return the part of an extent's boundary that is front line.

    Parameters
    ----------
    geometry : Polygon or MultiPolygon
        An extent, longitude and latitude.
    fixed : geometry
        Lines that are known better than the front; see `fixed_lines`.

    Returns
    -------
    geometry
        Lines, perhaps none.

    Examples
    --------
    >>> square = shapely.box(37, 48, 38, 49)
    >>> front_lines(square, shapely.LineString([(37, 48), (38, 48)])).length.__round__(2)
    3.0
    """
    return shapely.difference(geometry.boundary, fixed.buffer(_ON_LINE_DEG))


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
    fronts = []
    for extent in timeline.extents:
        neighbours = [other for line in beside if (other := line.at(extent.valid_from))]
        still = [shapely.LineString() if fixed is None else fixed]
        still += [other.geometry.boundary for other in neighbours]
        fronts.append(front_lines(extent.geometry, shapely.union_all(still)))
    errors_km = [extent.positional_error_m / 1000 for extent in timeline.extents]
    index = pd.DatetimeIndex(timeline.dates, name="date")
    return pd.Series(length_km(fronts) * errors_km, index=index, name="band_km2")


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
