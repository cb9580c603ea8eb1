"""What ARCHITECTURE.md says of the tree."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| \d+ \| `(?P<room>[^`]+)`[^|]*\|[^|]*\| (?P<files>.+) \|$", re.MULTILINE)


def way_of_a_message() -> list[Path]:
    """The files of the table, in their order; those without a folder are in the row's room."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.partition("## The way of a message")[2].partition("\n## ")[0]
    return [
        ROOT / name if (ROOT / name).exists() else ROOT / row["room"] / name
        for row in _ROW.finditer(table)
        for name in re.findall(r"`([^`]+)`", row["files"])
    ]


def test_the_way_of_a_message_is_short_and_goes_through_files_that_are_there() -> None:
    way = way_of_a_message()

    assert [] == [str(path) for path in way if not path.is_file()]
    assert 20 <= len(set(way)) <= 25
