"""The command that a file names can be typed as it stands."""

import shlex

from frontmap.export.command import command_line


def test_what_is_so_by_default_is_left_out():
    usual = {"language": "en", "size": "slide", "theme": "light", "sector": None}
    assert command_line("snapshot", "map.png", usual) == "frontmap snapshot -o map.png"


def test_options_are_called_as_the_command_line_calls_them():
    asked = {"start": "2024-10-01", "end": "2024-10-03", "language": "ja", "events": True}
    assert command_line("verb", "x", asked) == (
        "frontmap verb --from 2024-10-01 --to 2024-10-03 --lang ja --events -o x"
    )


def test_names_with_spaces_and_quotes_stay_whole():
    line = command_line("table", "It's.csv", {"sector": "a b"}, "my folder")
    assert shlex.split(line)[2:] == ["my folder", "--sector", "a b", "-o", "It's.csv"]
