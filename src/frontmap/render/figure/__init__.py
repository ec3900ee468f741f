"""A picture of the front on a date, for a slide or a page: drawn by Matplotlib, without pyplot."""

from frontmap.render.figure.composition import figure
from frontmap.render.figure.order import Caption, Choice, caption
from frontmap.render.figure.page import PAGES
from frontmap.render.figure.picture import FORMATS, picture
from frontmap.render.figure.plate import Plate, plate

__all__ = [
    "FORMATS",
    "PAGES",
    "Caption",
    "Choice",
    "Plate",
    "caption",
    "figure",
    "picture",
    "plate",
]
