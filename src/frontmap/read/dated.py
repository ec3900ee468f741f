"""Files that say little of themselves: what their name and folder can still tell."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from frontmap.model import Method, Status

if TYPE_CHECKING:
    from pathlib import Path

_DATE = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


def told_by_name(file: Path) -> dict[str, Any]:
    """Return the properties that a dated file's extents have when they state none themselves.

    Parameters
    ----------
    file : Path
        With a date in its name, as ``YYYYMMDD`` or ``YYYY-MM-DD``.

    Returns
    -------
    dict of str to value
        ``valid_from`` from the date; ``sector`` and ``source`` from the rest of the name, else
        from the folder; the status and the positional error as not stated. Empty when the name
        holds no date.

    Examples
    --------
    >>> from pathlib import Path
    >>> told = told_by_name(Path("daily/front_20240930.geojson"))
    >>> told["valid_from"], told["sector"], str(told["status"])
    ('2024-09-30', 'front', 'unstated')
    """
    found = _DATE.search(file.stem)
    if found is None:
        return {}
    rest = (file.stem[: found.start()] + file.stem[found.end() :]).strip("_-. ")
    name = rest or file.resolve().parent.name
    return {
        "sector": name,
        "status": Status.UNSTATED,
        "valid_from": "-".join(found.groups()),
        "source": name,
        "method": Method.IMPORTED,
        "positional_error_m": math.nan,
    }
