"""The table of results: rows, units, and the page in which every program has a section."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import NamedTuple

from frontmap.export import write_whole

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
REFERENCE = HERE.parents[1] / "shared" / "reference" / "deepstate_daily"
_TITLE = "# Results\n\nMade by `make bench`, each section in one run of one program.\n"
#: The order of the sections.
_SECTIONS = ("Topology", "Browser", "Pictures")


class Row(NamedTuple):
    """One line of the table."""

    what: str
    bar: str
    reached: str
    ours: str
    peer: str


def write_section(target: Path, name: str, text: str, rows: list[Row]) -> None:
    """Replace one section of the page of results; the others stay."""
    found = _sections(target)
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    head = "| what | bar | reached | ours | peer |\n|---|---|---|---|---|\n"
    found[name] = f"## {name}\n\n{text}\n\n{head}{table}\n"
    parts = [found[known] for known in _SECTIONS if known in found]
    write_whole(target, "\n".join([_TITLE, *parts]))


def _sections(target: Path) -> dict[str, str]:
    text = target.read_text(encoding="utf-8") if target.exists() else ""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return {
        part[3:].split("\n", 1)[0]: part.rstrip("\n") + "\n"
        for part in parts
        if part.startswith("## ")
    }


def times(ratio: float, digits: int = 0) -> str:
    return f"{ratio:.{digits}f} ×" if ratio >= 10 or digits else f"{ratio:.1f} ×"


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def mb(count: float) -> str:
    return f"{count / 1e6:.2f} MB" if count < 1e7 else f"{count / 1e6:.0f} MB"


def machine() -> str:
    """Name the machine and its Python."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
