"""What tests of several kinds of file need."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest


@pytest.fixture
def told_twice(tmp_path):
    """Run a script in two processes that differ in all but its words; return what each printed.

    The script gets a folder of its own as its argument.
    """

    def run(script):
        def made(seed, locale, zone):
            folder = tmp_path / seed
            folder.mkdir()
            surroundings = {
                **os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": zone,
                "SOURCE_DATE_EPOCH": seed,
            }  # fmt: skip
            command = [sys.executable, "-c", script, str(folder)]
            return subprocess.run(
                command, env=surroundings, capture_output=True, text=True, check=True
            ).stdout.splitlines()

        with ThreadPoolExecutor(2) as pool:
            one = pool.submit(made, "1", "C.UTF-8", "UTC")
            other = pool.submit(made, "31337", "de_DE.UTF-8", "Asia/Tokyo")
            return one.result(), other.result()

    return run
