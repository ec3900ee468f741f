"""The pictures' peers, as people make them today: Folium photographed, Matplotlib redrawn."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING

import folium
import geopandas as gpd
import imageio.v2 as imageio
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from frontmap.model import Status
from frontmap.render.style import LIGHT

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from stage import Stage

    from frontmap.dataset import Dataset

#: What a page shows when it is drawn.
_DRAWN = 'bench.first(() => document.querySelector("path.leaflet-interactive"))'
#: A slide at 144 dots per inch.
SLIDE_PX = {"width": 1920, "height": 1080}


def photograph(dataset: Dataset, date: str, on: Stage, folder: Path, *, ground: bool) -> int:
    """Write a Folium page of a date and photograph it; Chromium runs already.

    With the ground it has what our picture has under the front: land, water, borders, places.
    Without it, nothing but the control of that date.
    """
    page = folium.Map(tiles=None)
    if ground:
        _lay_ground(page, dataset)
    for line in dataset.timelines:
        extent = line.at(date)
        if extent is not None:
            style = {"color": LIGHT.area(line.status).hue, "weight": 1.5}
            shown = folium.GeoJson(extent.geometry, style_function=lambda _, own=style: own)
            shown.add_to(page)
    windows = np.array([sector.window for sector in dataset.sectors.values()])
    west, south = windows[:, :2].min(axis=0).tolist()
    east, north = windows[:, 2:].max(axis=0).tolist()
    page.fit_bounds([[south, west], [north, east]])
    target = folder / "peer.html"
    page.save(str(target))
    with on.page(fetches=True) as opened:
        opened.set_viewport_size(SLIDE_PX)
        opened.goto(target.as_uri())
        opened.evaluate(_DRAWN)
        return len(opened.screenshot(path=folder / "peer.png"))


def _lay_ground(page: folium.Map, dataset: Dataset) -> None:
    basemap = dataset.basemap
    if basemap is None:
        return
    for layer, style in (
        (basemap.land, {"color": LIGHT.land, "fillColor": LIGHT.land, "fillOpacity": 1}),
        (basemap.lakes, {"color": LIGHT.water, "fillColor": LIGHT.water, "fillOpacity": 1}),
        (basemap.oblasts, {"color": "#999999", "weight": 0.5, "dashArray": "4"}),
        (basemap.state_borders, {"color": "#555555", "weight": 1}),
    ):
        folium.GeoJson(layer.geometry, style_function=lambda _, own=style: own).add_to(page)
    for place in dataset.places[:20]:
        name = folium.DivIcon(html=html.escape(place.name.en))
        folium.Marker((place.lat, place.lon), icon=name).add_to(page)


def film(dataset: Dataset, dates: list[dt.date], target: Path) -> int:
    """Draw every day from the start with GeoPandas and Matplotlib, and hand it to imageio."""
    windows = np.array([sector.window for sector in dataset.sectors.values()])
    west, south = windows[:, :2].min(axis=0)
    east, north = windows[:, 2:].max(axis=0)
    pictures = []
    for day in dates:
        figure, axes = plt.subplots(figsize=(9.6, 5.4), dpi=100)
        _paint(axes, dataset, day)
        axes.set_xlim(west - 1, east + 1)
        axes.set_ylim(south - 0.5, north + 0.5)
        axes.set_title(f"The front on {day}")
        stream = io.BytesIO()
        figure.savefig(stream, format="png")
        plt.close(figure)
        with Image.open(stream) as drawn:
            pictures.append(np.asarray(drawn.convert("RGB")))
    imageio.mimsave(target, pictures, duration=1000 / 7, loop=0)
    return target.stat().st_size


def _paint(axes: plt.Axes, dataset: Dataset, day: dt.date) -> None:
    basemap = dataset.basemap
    if basemap is not None:
        basemap.land.plot(ax=axes, color=LIGHT.land)
        basemap.lakes.plot(ax=axes, color=LIGHT.water)
        basemap.state_borders.plot(ax=axes, color="#555555", linewidth=1)
        basemap.oblasts.plot(ax=axes, color="#999999", linewidth=0.5, linestyle="--")
    for line in dataset.timelines:
        extent = line.at(day)
        if extent is not None:
            hatch = "xx" if line.status is Status.CONTESTED else "//"
            gpd.GeoSeries([extent.geometry]).plot(
                ax=axes, color=LIGHT.area(line.status).hue, alpha=0.4, hatch=hatch
            )
    for place in dataset.places[:20]:
        axes.annotate(place.name.en, (place.lon, place.lat), fontsize=7)
