"""Layers checked, and compared with the data package beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from frontmap.cli.options import PathArgument
from frontmap.cli.program import app
from frontmap.cli.terminal import layers
from frontmap.errors import DataError
from frontmap.read import SHIPPED

if TYPE_CHECKING:
    from frontmap.dataset import Dataset


@app.command()
def validate(path: PathArgument = None) -> None:
    """Check layers: read them all, say what was mended, compare files with their stated hashes."""
    root = SHIPPED if path is None else path
    dataset = layers(root)
    for repair in dataset.repairs:
        typer.echo(f"mended  {repair.where}: {repair.what} ({repair.area_change_km2:+.3f} km²)")
    _check_hashes(root, dataset)
    count = sum(len(line.extents) for line in dataset.timelines)
    first, last = dataset.span
    typer.echo(
        f"valid   {count} extents in {len(dataset.timelines)} timelines, {first} to {last}; "
        f"{len(dataset.repairs)} mended"
    )


def _check_hashes(root: Path, dataset: Dataset) -> None:
    """Refuse files that differ from the data package beside them."""
    package = root / "datapackage.json"
    if not package.is_file():
        return
    try:
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
        stated = {item["path"]: item["hash"].removeprefix("sha256:") for item in resources}
        absent = sorted(name for name in stated if not (root / name).is_file())
    except RecursionError:
        raise DataError(f"{package}: broken (nested too deeply)") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{package}: broken ({error})") from None
    if absent:
        raise DataError(f"{root}: lacks what its datapackage.json lists: {', '.join(absent)}")
    changed = sorted(
        name for name, digest in dataset.hashes.items() if stated.get(name, digest) != digest
    )
    if changed:
        raise DataError(f"{root}: differs from its datapackage.json: {', '.join(changed)}")
