"""Read a folder of layers, or one file of extents, into a Dataset."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from frontmap.dataset import Dataset
from frontmap.errors import DataError
from frontmap.read import basemap, control, tables
from frontmap.read.pack import is_pack, read_pack
from frontmap.read.points import Points
from frontmap.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from frontmap.model import Extent, Repair

_CHECKOUT = Path(__file__).parents[3] / "geodata"


def _shipped() -> Path:
    """Find the layers that travel with the program: in the wheel, else in the checkout."""
    packaged = Path(str(resources.files("frontmap"))) / "geodata"
    return packaged if packaged.is_dir() else _CHECKOUT


#: The folder of the layers that travel with the program.
SHIPPED = _shipped()


def read(
    path: str | Path | None = None, *, progress: Callable[[int, int], None] | None = None
) -> Dataset:
    """Read layers of territorial control.

    Parameters
    ----------
    path : str or Path, optional
        A folder laid out like the shipped one (``control/*.geojson`` and, where they exist,
        ``sectors.geojson``, ``sources.csv``, ``events.geojson``, ``claims.csv``, ``series.csv``
        and ``basemap/``), a folder of vector files, one vector file that GDAL can read, or a
        pack that `frontmap.export.save_pack` wrote.
        By default the shipped layers.
    progress : callable, optional
        Called after each file with the number of files read so far and the number of all.

    Returns
    -------
    Dataset
        Checked; what was mended stands in its ``repairs``.

    Raises
    ------
    DataError
        If the path does not exist, holds no extents, or a file is broken.

    Examples
    --------
    >>> dataset = read()
    >>> sorted(dataset.sectors)
    ['chasiv_yar', 'kursk', 'pokrovsk', 'toretsk', 'vuhledar']
    """
    root = SHIPPED if path is None else Path(path)
    try:
        return _read(root, progress)
    except OSError as error:
        if error.filename is None:  # such as a pipe that progress is told to
            raise
        raise DataError(f"{error.filename}: cannot be read ({error.strerror})") from None


def _read(root: Path, progress: Callable[[int, int], None] | None) -> Dataset:
    if not root.exists():
        raise DataError(f"{root}: no such file or folder")
    if root.is_file() and is_pack(root):
        timelines, sectors, sources = read_pack(root)
        return Dataset(timelines, sectors, sources, hashes={root.name: sha256_of(root)})
    files = _control_files(root)
    layers: list[control.Layer] = []
    points = Points()
    for file in files:
        layers.append(control.parse(file, points))
        if progress is not None:
            progress(len(layers), len(files))
    layers = control.with_empty_days(layers)
    extents: list[Extent] = []
    repairs: list[Repair] = []
    first_seen: dict[tuple[object, ...], str] = {}
    for layer, valid in zip(layers, control.are_valid(layers), strict=True):
        found, mended = control.extents_of(layer, valid)
        _refuse_repeated(layer.file, found, first_seen)
        extents += found
        repairs += mended
    if not extents:
        raise DataError(f"{root}: no extents in {len(files)} files")
    return _assemble(root, files, extents, repairs)


def _refuse_repeated(
    file: Path, extents: list[Extent], first_seen: dict[tuple[object, ...], str]
) -> None:
    """Refuse two extents of one sector, status and source for the same date."""
    for number, extent in enumerate(extents):
        key = (extent.sector, extent.status, extent.source, extent.valid_from)
        where = f"{file}: feature {number}"
        if key in first_seen:
            named = "/".join(str(part) for part in key[:3])
            raise DataError(
                f"{where} is a second extent of {named} for {extent.valid_from}, "
                f"after {first_seen[key]}: keep one a date"
            )
        first_seen[key] = where


def _control_files(root: Path) -> list[Path]:
    """Return the files that hold extents, in order of name."""
    if root.is_file():
        return [root]
    folder = root / "control" if (root / "control").is_dir() else root
    files = sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in control.SUFFIXES and file.name not in tables.NAMES
    )
    if not files:
        raise DataError(f"{folder}: no vector files ({', '.join(sorted(control.SUFFIXES))})")
    return files


def _assemble(
    root: Path, files: list[Path], extents: list[Extent], repairs: list[Repair]
) -> Dataset:
    """Put extents and the tables beside them together."""
    beside = root if root.is_dir() else root.parent
    companions = tables.read_companions(beside) if root.is_dir() else tables.Companions()
    ground, places = basemap.read_basemap(beside / "basemap") if root.is_dir() else (None, ())
    used = [*files, *companions.files, *sorted((beside / "basemap").glob("*.geojson"))]
    if root.is_file():
        used = files
    timelines = timelines_of(extents)
    sectors = dict(companions.sectors)
    for name in dict.fromkeys(line.sector for line in timelines):
        if name not in sectors:
            sectors[name] = tables.sector_of([line for line in timelines if line.sector == name])
    return Dataset(
        timelines=timelines,
        sectors=sectors,
        sources=companions.sources,
        events=companions.events,
        claims=companions.claims,
        series=companions.series,
        places=places,
        basemap=ground,
        hashes={file.relative_to(beside).as_posix(): sha256_of(file) for file in used},
        repairs=tuple(repairs),
    )


def on_shipped_ground(dataset: Dataset) -> Dataset:
    """Return a data set on the shipped basemap, if it has none of its own and lies on that.

    Parameters
    ----------
    dataset : Dataset
        Any.

    Returns
    -------
    Dataset
        With basemap, places and their sources; the same one where there is nothing to add.

    Examples
    --------
    >>> own = read(SHIPPED / "control" / "toretsk.geojson")
    >>> own.basemap is None, on_shipped_ground(own).basemap is None
    (True, False)
    """
    if dataset.basemap is not None:
        return dataset
    ground, places = basemap.read_basemap(SHIPPED / "basemap")
    shapes = [line.extents[-1].geometry for line in dataset.timelines]
    if ground is None or not shapely.box(*ground.land.total_bounds).intersects(
        shapely.box(*shapely.total_bounds(shapes))
    ):
        return dataset
    known = tables.read_companions(SHIPPED).sources
    used = {name: known[name] for name in basemap.GROUND_SOURCES}
    return replace(dataset, basemap=ground, places=places, sources={**used, **dataset.sources})


def timelines_of(extents: Iterable[Extent]) -> tuple[Timeline, ...]:
    """Sort extents into timelines.

    Parameters
    ----------
    extents : iterable of Extent
        In any order.

    Returns
    -------
    tuple of Timeline
        By sector, status and source.

    Raises
    ------
    DataError
        If two extents of one timeline share a date.

    Examples
    --------
    >>> timelines_of([])
    ()
    """
    lines: dict[tuple[str, str, str], list[Extent]] = {}
    for extent in extents:
        lines.setdefault((extent.sector, extent.status, extent.source), []).append(extent)
    return tuple(
        Timeline(
            sector=group[0].sector,
            status=group[0].status,
            source=group[0].source,
            extents=tuple(sorted(group, key=lambda extent: extent.valid_from)),
        )
        for _, group in sorted(lines.items())
    )


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file.

    Parameters
    ----------
    file : Path
        Any file.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
