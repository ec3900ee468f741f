"""What follows from timelines: pure functions, no input and no output."""

from frontmap.analyse.change import Change, gained_and_lost, net_change_km2
from frontmap.analyse.front import fixed_lines, fixed_lines_of, front_lines, is_fixed
from frontmap.analyse.uncertainty import band_km2, plain_band_km2

__all__ = [
    "Change",
    "band_km2",
    "fixed_lines",
    "fixed_lines_of",
    "front_lines",
    "gained_and_lost",
    "is_fixed",
    "net_change_km2",
    "plain_band_km2",
]
