import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from frontmap.render.figure.settings import settings


@pytest.fixture
def boxes():
    """Return every text of a figure with its kind and its box in points, as it is drawn."""

    def found(figure):
        figure.set_dpi(72)
        renderer = FigureCanvasAgg(figure).get_renderer()
        texts = [one for one in figure.findobj(Text) if one.get_text().strip()]
        with settings():
            extents = [one.get_window_extent(renderer) for one in texts]
        return [
            (one.get_text(), one.get_label(), box) for one, box in zip(texts, extents, strict=True)
        ]

    return found


@pytest.fixture
def overlaps():
    """Return pairs of texts whose boxes share more than half a point both ways."""

    def found(boxes):
        return [
            (one, other)
            for (one, _, a), (other, _, b) in itertools.combinations(boxes, 2)
            if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5
        ]

    return found
