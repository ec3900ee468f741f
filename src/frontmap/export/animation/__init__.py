"""The front as a film in which a day is always as long."""

from frontmap.export.animation.animation import END_S, film_dates, film_format, save_animation
from frontmap.export.animation.pace import HOLD_S, Pace

__all__ = ["END_S", "HOLD_S", "Pace", "film_dates", "film_format", "save_animation"]
