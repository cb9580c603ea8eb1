"""The loop on all networks at once, its process killed on the way."""

from pathlib import Path

from tests.acceptance.three_loops import survives

DEATHS = (
    ("received@telegram", 1),
    ("delivered@email", 1),
    ("delivered@matrix", 1),
)
"""Each process dies so, the next one so. Every boundary of every network, on both databases, is in
tests/soak.
"""


async def test_each_word_is_seen_once_on_every_network_whatever_kills_come(folder: Path) -> None:
    await survives(folder, [DEATHS])
