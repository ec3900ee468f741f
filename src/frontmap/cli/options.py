"""Options that several commands share, each worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PathArgument = Annotated[
    Path | None,
    typer.Argument(
        readable=False,  # reading says it in one line
        help="A folder or file of layers. Default: the layers shipped with frontmap.",
    ),
]
SectorOption = Annotated[str | None, typer.Option("--sector", "-s", help="Only this sector.")]
StatusOption = Annotated[
    str | None, typer.Option("--status", help="Only this status, for example ukrainian_held.")
]
DateOption = Annotated[str | None, typer.Option("--date", "-d", help="A day, as YYYY-MM-DD.")]
BaselineOption = Annotated[
    str | None, typer.Option("--baseline", "-b", help="A day to compare with.")
]
EveryOption = Annotated[
    str | None, typer.Option("--every", help="A regular step in place of them: 7d or 2w.")
]
LanguageOption = Annotated[str, typer.Option("--lang", "-l", help="en or ja.")]
LanguagesOption = Annotated[str, typer.Option("--lang", "-l", help="en, ja or both.")]
SizeOption = Annotated[
    str, typer.Option("--size", help="slide (16:9), a4, a4-landscape or square.")
]
ThemeOption = Annotated[str, typer.Option("--theme", help="light or dark.")]
