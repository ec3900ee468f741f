"""What is made once a process and kept: by the object it was made from, not by its value."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely

from frontmap.analyse import band_km2, fixed_lines_of, front_lines

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from frontmap.dataset import Dataset
    from frontmap.timeline import Timeline


class Same:
    """A key that is equal only to itself: a data set is not compared, it is the one or another.

    Parameters
    ----------
    thing : object
        Kept alive as long as the key is.

    Examples
    --------
    >>> one = [1]
    >>> Same(one) == Same(one), Same(one) == Same([1])
    (True, False)
    """

    __slots__ = ("thing",)

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        """Return the identity of the thing."""
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        """Tell whether the other is a key to the same thing."""
        return isinstance(other, Same) and self.thing is other.thing


def bands_km2(dataset: Dataset, line: Timeline) -> pd.Series[float]:
    """Return the plain band of a timeline at each of its dates.

    Parameters
    ----------
    dataset : Dataset
        See `frontmap.analyse.band_km2`.
    line : Timeline
        One of the data set's.

    Returns
    -------
    Series
        Square kilometres by date.
    """
    return _bands_km2(Same(dataset), Same(line))


@lru_cache(maxsize=64)
def _bands_km2(dataset: Same, line: Same) -> pd.Series[float]:
    return band_km2(dataset.thing, line.thing)


def front(dataset: Dataset, line: Timeline, position: int) -> BaseGeometry:
    """Return the front of a timeline at one of its dates.

    Parameters
    ----------
    dataset : Dataset
        Gives the lines that are no front.
    line : Timeline
        One of the data set's.
    position : int
        In its dates.

    Returns
    -------
    geometry
        Lines in longitude and latitude.
    """
    return _front(Same(dataset), Same(line), position)


@lru_cache(maxsize=256)
def _front(dataset: Same, line: Same, position: int) -> BaseGeometry:
    fixed = _fixed(dataset, line)
    return front_lines(line.thing.extents[position].geometry, fixed)


@lru_cache(maxsize=64)
def _fixed(dataset: Same, line: Same) -> BaseGeometry:
    found = fixed_lines_of(dataset.thing, line.thing)
    shapely.prepare(found)
    return found
