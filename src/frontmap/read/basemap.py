"""Read the ground under the layers, and the places on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from frontmap.errors import DataError
from frontmap.model import Basemap, LocalText, Place

if TYPE_CHECKING:
    from pathlib import Path

#: The ids of the sources that the ground is drawn from.
GROUND_SOURCES = ("osm", "geonames", "natural-earth")
_LAYERS = ("land", "state_borders", "coast", "lakes", "oblasts", "labels")


def read_basemap(folder: Path) -> tuple[Basemap | None, tuple[Place, ...]]:
    """Read a basemap.

    Parameters
    ----------
    folder : Path
        With ``land``, ``state_borders``, ``coast``, ``lakes``, ``oblasts``, ``labels`` and
        ``places``, each ``.geojson``.

    Returns
    -------
    basemap : Basemap or None
        ``None`` where there is no such folder.
    places : tuple of Place
        The most important first.

    Raises
    ------
    DataError
        If a layer is missing or broken.

    Examples
    --------
    >>> from frontmap.read import SHIPPED
    >>> ground, places = read_basemap(SHIPPED / "basemap")
    >>> places[0].name.ja
    'モスクワ'
    """
    if not folder.is_dir():
        return None, ()
    layers = {name: _layer(folder / f"{name}.geojson") for name in _LAYERS}
    table = _layer(folder / "places.geojson")
    try:
        places = [
            Place(
                id=str(row.place_id),
                name=LocalText(row.name_en, row.name_ja, row.name_local),
                lon=row.geometry.x,
                lat=row.geometry.y,
                population=int(row.population),
                kind=row.kind,
                rank=int(row.rank),
                country=row.country,
            )
            for row in table.itertuples(index=False)
        ]
    except (AttributeError, TypeError, ValueError) as error:
        raise DataError(f"{folder / 'places.geojson'}: {error}") from None
    return Basemap(**layers), tuple(
        sorted(places, key=lambda place: (place.rank, -place.population, place.id))
    )


def _layer(file: Path) -> gpd.GeoDataFrame:
    if not file.is_file():
        raise DataError(f"{file}: the basemap needs this layer")
    try:
        return gpd.read_file(file)
    except (OSError, ValueError, RuntimeError) as error:
        raise DataError(f"{file}: cannot be read ({str(error).splitlines()[0]})") from None
