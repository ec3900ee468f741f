"""Numbers of any size put in their places: the distinct ones, ascending, and which each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indices = NDArray[np.intp]

#: A table with this many places for each number is still quicker than sorting the numbers.
_PLACES_A_NUMBER = 16
#: From so many numbers on, hashing them is quicker than sorting them.
_MANY = 10_000


def numbered(values: NDArray[Any]) -> tuple[NDArray[Any], Indices]:
    """Return the distinct values and the place of each value among them.

    Parameters
    ----------
    values : ndarray of int64 or uint64, shape (n,)
        Not negative.

    Returns
    -------
    distinct : ndarray, shape (d,)
        Ascending, of the same kind.
    place : ndarray of int, shape (n,)
        ``distinct[place]`` gives the values again.

    Examples
    --------
    >>> [part.tolist() for part in numbered(np.array([7, 3, 7]))]
    [[3, 7], [1, 0, 1]]
    """
    top = int(values.max(initial=0)) + 1
    if top > _PLACES_A_NUMBER * len(values):
        return _sorted(values) if len(values) < _MANY else _hashed(values)
    table = np.zeros(top, dtype=np.intp)
    table[values] = 1
    distinct = np.flatnonzero(table)
    table[distinct] = np.arange(len(distinct))
    return distinct.astype(values.dtype, copy=False), table[values]


def _sorted(values: NDArray[Any]) -> tuple[NDArray[Any], Indices]:
    distinct, place = np.unique(values, return_inverse=True)
    return distinct, place.astype(np.intp, copy=False)


def _hashed(values: NDArray[Any]) -> tuple[NDArray[Any], Indices]:
    place, distinct = pd.factorize(values)
    order = np.argsort(distinct)
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    return distinct[order], rank[place]
