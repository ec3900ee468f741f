"""How an area changed between two dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

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
