"""A file that the reader asks for: what it is called, how it is made, the command that does so."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from frontmap.app.view import View
    from frontmap.dataset import Dataset

    Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be asked for.

    Parameters
    ----------
    command : str
        Of the command line.
    endings : tuple of str
        The formats, the usual one first.
    spans : tuple of str
        Which dates it can show, keys of messages; empty where there is nothing to choose.
    sized, themed : bool
        Whether it has a size of page, and a theme.
    """

    command: str
    endings: tuple[str, ...]
    spans: tuple[str, ...] = ()
    sized: bool = False
    themed: bool = False


KINDS = {
    "picture": Kind("snapshot", (".png", ".svg", ".pdf"), sized=True, themed=True),
    "deck": Kind("deck", (".pptx",), ("shown", "weekly", "events")),
    "film": Kind("animate", (".gif", ".webp"), sized=True, themed=True),
    "atlas": Kind("atlas", (".pdf",), ("shown", "weekly", "assessments"), sized=True, themed=True),
    "table": Kind("table", (".xlsx", ".csv", ".parquet", ".geojson", ".gpkg"), ("shown", "all")),
    "page": Kind("map", (".html",)),
}
#: The sizes of a page that a picture can have; a test holds them to those of the figure.
SIZES = ("slide", "a4", "a4-landscape", "square")
_PREVIEW_DPI = 96


@dataclass(frozen=True, slots=True)
class Order:
    """What to make of what is on screen.

    Parameters
    ----------
    kind : str
        A key of `KINDS`.
    view : View
        What is on screen.
    first : str
        The day a film begins where nothing is compared, as an ISO date.
    origin : str
        Where the layers were read from; empty for the shipped ones.
    ending, size, span : str
        Of the kind's own; by default the usual ones.
    """

    kind: str
    view: View
    first: str
    origin: str = ""
    ending: str = ""
    size: str = SIZES[0]
    span: str = "shown"

    @property
    def name(self) -> str:
        """The name of the file."""
        view = self.view
        sector = re.sub(r"[^\w-]+", "-", view.sector) or "all"
        when = str(view.date) if self.span == "shown" else self.span
        ending = self.ending or KINDS[self.kind].endings[0]
        return f"frontmap-{self.kind}-{sector}-{when}{ending}"

    def arguments(self) -> dict[str, Any]:
        """Return what the function that makes the file is asked for.

        Returns
        -------
        dict
            Without what is not asked.
        """
        kind, view = KINDS[self.kind], self.view
        baseline = None if view.baseline is None else str(view.baseline)
        asked = {
            **self._when(baseline),
            "sector": view.sector or None,
            "baseline": baseline,
            "language": view.language,
            "size": self.size if kind.sized else None,
            "theme": view.theme if kind.themed else None,
        }
        return {name: value for name, value in asked.items() if value is not None}

    def _when(self, baseline: str | None) -> dict[str, Any]:
        """Return the dates asked for, by the names that the kind gives them."""
        day = str(self.view.date)
        if self.kind == "film":
            return {"start": baseline or self.first, "end": day}
        dated = {"dates": [day]} if self.kind in {"deck", "atlas"} else {"date": day}
        return {
            "shown": dated,
            "weekly": {"every": "7d"},
            "events": {"events": True},
            "assessments": {},
            "all": {},
        }[self.span]

    def command(self) -> str:
        """Return the command that makes the same file.

        Returns
        -------
        str
            One line for a shell; what is as it is by default is left out.

        Examples
        --------
        >>> import datetime as dt
        >>> from frontmap.app.view import View
        >>> view = View(dt.date(2024, 11, 21), None, "kursk", "ja")
        >>> print(Order("deck", view, "2024-09-30", span="events").command())
        frontmap deck --events --sector kursk --lang ja -o frontmap-deck-kursk-events.pptx
        """
        from frontmap.export.command import command_line

        asked = {
            key: ",".join(value) if isinstance(value, list) else value
            for key, value in self.arguments().items()
        }
        return command_line(KINDS[self.kind].command, self.name, asked, self.origin)

    def make(self, dataset: Dataset, progress: Progress | None = None) -> bytes:
        """Make the file.

        Parameters
        ----------
        dataset : Dataset
            The layers on screen.
        progress : callable, optional
            Told how many pictures are drawn, and of how many, where there are several.

        Returns
        -------
        bytes
            Its content.

        Raises
        ------
        FrontmapError
            If it cannot be made of what is on screen.
        """
        arguments = self.arguments()
        if self.kind != "page":
            arguments["origin"] = self.origin
        if self.kind in {"deck", "film", "atlas"}:
            arguments["progress"] = progress
        if self.kind == "atlas" and "every" in arguments:
            from frontmap.export.atlas.plan import step_days

            arguments["every_days"] = step_days(arguments.pop("every"))
        return _written(self.kind, dataset, self.name, arguments)

    def preview(self, dataset: Dataset, content: bytes) -> bytes | None:
        """Return a picture of what was made.

        Parameters
        ----------
        dataset : Dataset
            The layers on screen.
        content : bytes
            What `make` returned.

        Returns
        -------
        bytes or None
            A picture or a film that a browser shows; ``None`` for what is neither.
        """
        if self.kind == "film" or self.name.endswith(".png"):
            return content
        if self.kind != "picture":
            return None
        return _written(
            "picture", dataset, "preview.png", {**self.arguments(), "dpi": _PREVIEW_DPI}
        )


def _written(kind: str, dataset: Dataset, name: str, arguments: dict[str, Any]) -> bytes:
    """Let the function of a kind write into a folder of its own, and return what it wrote."""
    from frontmap import export

    saves: dict[str, Callable[..., int]] = {
        "picture": export.save_snapshot,
        "table": export.save_table,
        "deck": export.save_deck,
        "film": export.save_animation,
        "atlas": export.save_atlas,
        "page": export.save_page,
    }
    with tempfile.TemporaryDirectory(prefix="frontmap-") as folder:
        target = Path(folder) / name
        saves[kind](dataset, target, **arguments)
        return target.read_bytes()
