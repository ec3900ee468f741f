"""How a film runs: true to the calendar, at a pace that is chosen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from frontmap.errors import DataError

#: A week a second.
SPEED_DAYS_PER_S = 7.0
#: How long the picture of a day with an event stands beyond its day.
HOLD_S = 1.5
WIDTH_PX = 960
#: More pictures a second than this are not told apart, and many viewers would not show them.
_MOST_PER_S = 25.0
_FASTEST, _NARROWEST_PX, _WIDEST_PX, _LONGEST_HOLD_S = 1000.0, 160, 3840, 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a film runs.

    Parameters
    ----------
    speed_days_per_s : float
        Days of the calendar that pass in a second.
    hold_s : float
        How much longer the picture of a day with an event stands, in seconds.
    width_px : int
        Of the pictures.

    Raises
    ------
    DataError
        If one of them is senseless.

    Examples
    --------
    >>> Pace(7.0).step_days, Pace(100.0).step_days
    (1, 4)
    """

    speed_days_per_s: float = SPEED_DAYS_PER_S
    hold_s: float = HOLD_S
    width_px: int = WIDTH_PX

    def __post_init__(self) -> None:
        """Refuse what cannot be shown."""
        limits = (
            ("days a second", self.speed_days_per_s, 0.05, _FASTEST),
            ("seconds of holding", self.hold_s, 0.0, _LONGEST_HOLD_S),
            ("pixels of width", self.width_px, _NARROWEST_PX, _WIDEST_PX),
        )
        for unit, value, least, most in limits:
            if not least <= value <= most:
                raise DataError(f"{value:g} {unit}: a film has {least:g} to {most:g}")

    @property
    def step_days(self) -> int:
        """How many days a picture stands for: more than one only in a very fast film."""
        return math.ceil(self.speed_days_per_s / _MOST_PER_S)

    def options(self) -> dict[str, str | None]:
        """Return how the film runs, by the options of the command.

        Returns
        -------
        dict of str to str or None
            ``None`` where it is as by default.

        Examples
        --------
        >>> Pace(speed_days_per_s=14.0).options()
        {'speed': '14', 'hold': None, 'width': None}
        """
        return {
            "speed": _told(self.speed_days_per_s, SPEED_DAYS_PER_S),
            "hold": _told(self.hold_s, HOLD_S),
            "width": _told(self.width_px, WIDTH_PX),
        }


def _told(value: float, usual: float) -> str | None:
    return None if f"{value:g}" == f"{usual:g}" else f"{value:g}"
