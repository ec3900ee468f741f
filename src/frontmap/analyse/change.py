"""How an area changed between two dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from shapely.geometry.base import BaseGeometry

    from frontmap.timeline import Timeline


def net_change_km2(timeline: Timeline, since: str | dt.date, until: str | dt.date) -> float | None:
    """Return how much the area in force changed between two dates.

    Parameters
    ----------
    timeline : Timeline
        One sector, status and source.
    since, until : str or datetime.date
        Any days, in either order.

    Returns
    -------
    float or None
        Square kilometres, positive where the later area is larger; ``None`` when either day lies
        before the first assessment.

    Examples
    --------
    >>> import frontmap
    >>> kursk = frontmap.read().timeline("kursk")
    >>> round(net_change_km2(kursk, "2024-09-30", "2024-12-31"), -1)
    -220.0
    """
    before, after = timeline.area_at(since), timeline.area_at(until)
    return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class Change:
    """What a holder gained and lost between two dates.

    Parameters
    ----------
    gained, lost : MultiPolygon
        Longitude and latitude; disjoint, perhaps empty.
    gained_km2, lost_km2 : float
        Their areas on the ellipsoid.
    """

    gained: BaseGeometry
    lost: BaseGeometry
    gained_km2: float
    lost_km2: float


def gained_and_lost(
    timeline: Timeline, since: str | dt.date, until: str | dt.date
) -> Change | None:
    """Return what was gained and lost between the extents in force on two dates.

    Parameters
    ----------
    timeline : Timeline
        One sector, status and source.
    since, until : str or datetime.date
        Any days, in either order.

    Returns
    -------
    Change or None
        Gained less lost is the net change; ``None`` when either day lies before the first
        assessment.

    Examples
    --------
    >>> import frontmap
    >>> kursk = frontmap.read().timeline("kursk")
    >>> change = gained_and_lost(kursk, "2024-09-30", "2024-12-31")
    >>> change.gained_km2 < 1, round(change.lost_km2, -1)
    (True, 220.0)
    """
    before, after = timeline.position(since), timeline.position(until)
    if min(before, after) < 0:
        return None
    found = timeline.topology.changes(before, after)
    return Change(
        gained=found.gained[0],
        lost=found.lost[0],
        gained_km2=float(found.gained_km2[0]),
        lost_km2=float(found.lost_km2[0]),
    )
