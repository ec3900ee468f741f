"""The records that everything else speaks of: frozen, checked once at the door, then trusted.

Coordinates are longitude and latitude in degrees on WGS 84; windows are west, south, east, north.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

#: West, south, east, north, in degrees.
Window = tuple[float, float, float, float]


class Status(StrEnum):
    """Who holds the ground, as assessed; unstated where the input does not say.

    Examples
    --------
    >>> Status("contested").value
    'contested'
    """

    UKRAINIAN_HELD = "ukrainian_held"
    RUSSIAN_HELD = "russian_held"
    CONTESTED = "contested"
    UNSTATED = "unstated"


class Method(StrEnum):
    """How the outline of an extent came to be."""

    DRAWN = "drawn"
    RECONSTRUCTED = "reconstructed"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text in English, in Japanese, and in the language of the place.

    Parameters
    ----------
    en, ja, local : str
        The same content; a missing form is empty.

    Examples
    --------
    >>> LocalText("Sudzha", "スジャ", "Суджа").text("ja")
    'スジャ'
    """

    en: str
    ja: str = ""
    local: str = ""

    def text(self, language: str) -> str:
        """Return the text in a language, else in English.

        Parameters
        ----------
        language : str
            ``"en"``, ``"ja"`` or ``"local"``.

        Returns
        -------
        str
            The text.

        Examples
        --------
        >>> LocalText("Sudzha").text("ja")
        'Sudzha'
        """
        return {"ja": self.ja, "local": self.local}.get(language, self.en) or self.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record comes from, and on what terms it may be used."""

    id: str
    title: LocalText
    publisher: str = ""
    published: str = ""
    licence: str = ""
    attribution: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of the front, its window, and the status that is measured in it."""

    id: str
    name: LocalText
    window: Window
    status: Status
    description: LocalText = field(default_factory=lambda: LocalText(""))


@dataclass(frozen=True, slots=True)
class Extent:
    """The area that one status holds in one sector, as assessed for a date by one source.

    Parameters
    ----------
    sector : str
        The sector's id.
    status : Status
        Who holds the ground.
    valid_from : datetime.date
        The date of the assessment; it holds until the next one of the same timeline.
    source : str
        The source's id.
    method : Method
        How the outline came to be.
    positional_error_m : float
        How far the drawn line may lie from the true one, in metres, about two times out of three;
        NaN where the input does not say.
    geometry : Polygon or MultiPolygon
        Valid, rings by the right-hand rule; empty when the status holds nothing.
    recorded_at : datetime.date, optional
        When the assessment was written down.
    """

    sector: str
    status: Status
    valid_from: dt.date
    source: str
    method: Method
    positional_error_m: float
    geometry: BaseGeometry
    recorded_at: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a date: at a point, along a line, or at no place of its own."""

    id: str
    date: dt.date
    kind: str
    title: LocalText
    summary: LocalText
    source: str
    source_ref: str = ""
    place: LocalText = field(default_factory=lambda: LocalText(""))
    geometry: BaseGeometry | None = None
    date_end: dt.date | None = None
    positional_precision_m: float | None = None
    range_km: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A published figure, with what a program needs to recompute it."""

    id: str
    metric: str
    value: float
    unit: str
    date_start: dt.date
    date_end: dt.date
    source: str
    source_ref: str
    text: LocalText
    sector: str = ""
    status: Status | None = None
    approximate: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a published series over time."""

    series: str
    date: dt.date
    value: float
    unit: str
    qualifier: str
    source: str
    source_ref: str
    note: LocalText


@dataclass(frozen=True, slots=True)
class Place:
    """A named settlement."""

    id: str
    name: LocalText
    lon: float
    lat: float
    population: int
    kind: str
    rank: int
    country: str


@dataclass(frozen=True, slots=True)
class Basemap:
    """The ground under the layers: tables of geometry in longitude and latitude."""

    land: gpd.GeoDataFrame
    state_borders: gpd.GeoDataFrame
    coast: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    oblasts: gpd.GeoDataFrame
    labels: gpd.GeoDataFrame


@dataclass(frozen=True, slots=True)
class Repair:
    """What was mended in an input, and what that did to the area."""

    where: str
    what: str
    area_change_km2: float
