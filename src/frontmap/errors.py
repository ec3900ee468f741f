"""The errors that frontmap raises: one root, so that a caller can catch them all.

A message says what is wrong, where, and what to do. The command line prints it as one line.
"""

from __future__ import annotations


class FrontmapError(Exception):
    """The root of every error that frontmap raises on purpose."""


class DataError(FrontmapError):
    """Input that cannot be read, repaired or trusted."""


class GeometryError(FrontmapError):
    """Geometry that has no well-defined measure as it stands."""


class NotFoundError(FrontmapError):
    """A sector, status, source, date or message that the data set does not hold."""
