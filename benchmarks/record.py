"""A long record of daily fronts: the reference's days, continued with the reference's own habits.

Every further day copies the habits of a day of the reference drawn at random: at how many places
the front moved, and how many edges went and came there. At such a place a chain of edges near the
front gives way to a new one that bulges outwards. Days on which the whole outline was drawn anew
are not copied. The same seed gives the same record.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from frontmap.topology import build

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20240915
DAYS = 769
#: The mean number of changed edges, births and deaths together, on a day of the continuation.
CHANGED_EDGES_A_DAY = 44
#: More changed edges than this on one day mean a new drawing, not a moving front.
REDRAWN = 700
KM_PER_DEGREE = 111.2
#: How far a chain bulges: uniform between these. It gives the reference's 18 km² a day or so.
BULGE_KM = (0.3, 2.2)


class Record(NamedTuple):
    """Dates, ascending, and their extents as MultiPolygons in longitude and latitude."""

    dates: list[dt.date]
    extents: list[Any]


def read_reference(folder: Path) -> Record:
    """Return the reference's days."""
    files = sorted(folder.glob("*.geojson"))
    if not files:
        raise SystemExit(f"{folder}: no reference days here; name their folder with --reference")
    return Record([date_in_name(file) for file in files], [_extent(file) for file in files])


def date_in_name(file: Path) -> dt.date:
    """Return the date that a file is named after."""
    found = re.search(r"(\d{4})(\d\d)(\d\d)", file.name)
    if found is None:
        raise SystemExit(f"{file.name}: no date in the name")
    return dt.date(*(int(part) for part in found.groups()))


def _extent(file: Path) -> Any:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return shapely.MultiPolygon(shapely.geometry.shape(features[0]["geometry"]))


def continued(reference: Record, days: int = DAYS, seed: int = SEED) -> Record:
    """Return the reference followed by more days like it."""
    random = np.random.default_rng(seed)
    habits = _habits(reference)
    front = _Front(reference)
    dates, extents = list(reference.dates), list(reference.extents)
    while len(dates) < days:
        for came, went in habits[random.integers(len(habits))]:
            front.move(came, went, random)
        dates.append(dates[-1] + dt.timedelta(days=1))
        extents.append(front.extent())
    return Record(dates, extents)


def _habits(reference: Record) -> list[list[tuple[int, int]]]:
    """Return, for each copied day, how many edges came and went at each place."""
    topology = build(reference.dates, reference.extents)
    found = []
    for day in range(len(reference.dates) - 1):
        came, went, _ = topology.edges_between(day, day + 1)
        if len(came) + len(went) <= REDRAWN:
            starts = np.setdiff1d(topology.edges[came, 0], topology.edges[came, 1])
            found.append((len(came), len(went), max(1, len(starts)) if len(came) else 0))
    mean = sum(came + went for came, went, _ in found) / len(found)
    share = CHANGED_EDGES_A_DAY / mean
    return [_split(*(round(number * share) for number in day)) for day in found]


def _split(came: int, went: int, places: int) -> list[tuple[int, int]]:
    if not came or not went:
        return []
    parts = np.arange(max(1, min(places, came, went)) + 1) / max(1, min(places, came, went))
    return list(
        zip(
            np.diff((parts * came).astype(int)).tolist(),
            np.diff((parts * went).astype(int)).tolist(),
            strict=True,
        )
    )


class _Front:
    """The main outline, which moves, and the parts that stay."""

    def __init__(self, reference: Record) -> None:
        parts = sorted(reference.extents[-1].geoms, key=shapely.area)
        self._rest = parts[:-1]
        outline = shapely.orient_polygons(parts[-1])
        self._holes = list(outline.interiors)
        self._ring = shapely.get_coordinates(outline.exterior)[:-1]
        self._size = len(self._ring)
        first = set(map(tuple, shapely.get_coordinates(reference.extents[0]).tolist()))
        self._moves = np.array([tuple(point) not in first for point in self._ring.tolist()])

    def extent(self) -> Any:
        return shapely.MultiPolygon([*self._rest, shapely.Polygon(self._ring, self._holes)])

    def move(self, came: int, went: int, random: np.random.Generator) -> None:
        """Replace a chain of edges by another one; try places until the outline stays sound."""
        came += len(self._ring) < self._size  # the outline keeps its number of vertices
        places = np.flatnonzero(self._moves)
        for _ in range(100):
            at = int(random.choice(places))
            turned = np.roll(self._ring, -at, axis=0)
            bulge = _bulge(turned[: went + 1], came, random)
            candidate = np.concatenate([turned[:1], bulge, turned[went:]])
            if shapely.Polygon(candidate, self._holes).is_valid:
                self._ring = candidate
                moves = np.roll(self._moves, -at)
                new = np.ones(len(bulge), dtype=bool)
                self._moves = np.concatenate([moves[:1], new, moves[went:]])
                return
        raise RuntimeError("no place left where the front can move")


def _bulge(chain: np.ndarray, edges: int, random: np.random.Generator) -> np.ndarray:
    """Return the inner vertices of a new chain with the same ends, further out."""
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(chain, axis=0).T))])
    wanted = np.linspace(0, 1, edges + 1)[1:-1] * along[-1]
    wanted += random.uniform(-0.2, 0.2, len(wanted)) * along[-1] / edges
    points = np.stack([np.interp(wanted, along, chain[:, axis]) for axis in (0, 1)], axis=1)
    way = chain[-1] - chain[0]
    outward = np.array([way[1], -way[0]]) / max(np.hypot(*way), 1e-9)
    reach = random.uniform(*BULGE_KM) / KM_PER_DEGREE * random.uniform(0.5, 1.2, len(points))
    return np.round(points + reach[:, None] * outward, 7)
