"""Sizes of pages, and the rectangles that a composition is laid out in.

Lengths are points, 72 to the inch, from the lower left corner.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontmap.errors import NotFoundError

PT_PER_IN = 72.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page: left, bottom, right, top in points.

    Examples
    --------
    >>> Box(0, 0, 30, 20).inner(5).width
    20
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height."""
        return self.top - self.bottom

    def covers(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside.

        Parameters
        ----------
        x, y : float
            Points of the page.

        Returns
        -------
        bool
            False on the edge.
        """
        return self.left < x < self.right and self.bottom < y < self.top

    def inner(self, by: float) -> Box:
        """Return it with all sides moved inwards.

        Parameters
        ----------
        by : float
            Points; outwards where negative.

        Returns
        -------
        Box
            Smaller.
        """
        return Box(self.left + by, self.bottom + by, self.right - by, self.top - by)

    def as_tuple(self) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top.

        Returns
        -------
        tuple of float
            Points.
        """
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A size of page.

    Parameters
    ----------
    name : str
        As the caller names it.
    width_in, height_in : float
        Inches.
    scale : float
        Type and lines, compared with a page of A4.
    margin, column : float
        The margin, and what stands beside the map (its width) or below it (its height), in points.
    beside : bool
        True where figures and legend stand beside the map, False where below it.
    """

    name: str
    width_in: float
    height_in: float
    scale: float
    margin: float
    column: float
    beside: bool

    @property
    def box(self) -> Box:
        """The whole page."""
        return Box(0.0, 0.0, self.width_in * PT_PER_IN, self.height_in * PT_PER_IN)

    @property
    def inside(self) -> Box:
        """The page without its margin."""
        return self.box.inner(self.margin)


PAGES = {
    page.name: page
    for page in (
        Page("slide", 40 / 3, 7.5, 1.4, 28.0, 232.0, beside=True),
        Page("a4", 210 / 25.4, 297 / 25.4, 1.05, 34.0, 176.0, beside=False),
        Page("a4-landscape", 297 / 25.4, 210 / 25.4, 1.12, 32.0, 190.0, beside=True),
        Page("square", 7.5, 7.5, 1.0, 22.0, 146.0, beside=False),
    )
}


def page_named(name: str) -> Page:
    """Return a size of page.

    Parameters
    ----------
    name : str
        A key of `PAGES`.

    Returns
    -------
    Page
        The one of that name.

    Raises
    ------
    NotFoundError
        If there is none.

    Examples
    --------
    >>> page_named("slide").height_in
    7.5
    """
    try:
        return PAGES[name]
    except KeyError:
        raise NotFoundError(f"no size {name!r}; there is {', '.join(PAGES)}") from None
