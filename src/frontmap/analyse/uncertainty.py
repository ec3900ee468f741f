"""How sure an area is, given how sure its line is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from frontmap.geodesy import length_km

if TYPE_CHECKING:
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


def plain_band_km2(timeline: Timeline, fixed: BaseGeometry | None = None) -> pd.Series[float]:
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
    fixed = shapely.LineString() if fixed is None else fixed
    fronts = [front_lines(extent.geometry, fixed) for extent in timeline.extents]
    errors_km = [extent.positional_error_m / 1000 for extent in timeline.extents]
    index = pd.DatetimeIndex(timeline.dates, name="date")
    return pd.Series(length_km(fronts) * errors_km, index=index, name="band_km2")
