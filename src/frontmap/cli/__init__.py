"""The command line: one thin command a verb, the library's own words.

Every failure that the library names becomes one line on standard error and exit code 1.
"""

from frontmap.cli import areas, data, pictures, serving, validation  # noqa: F401  each adds its own
from frontmap.cli.program import app, main

__all__ = ["app", "main"]
