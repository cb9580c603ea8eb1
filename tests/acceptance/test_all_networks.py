"""The loop on all networks at once, its process killed on the way."""

from pathlib import Path

from tests.acceptance.three_loops import survives
from tests.support.postgres import empty_database

ON_SQLITE = (
    ("received@telegram", 1),
    ("committed@web", 1),
    ("delivered@email", 1),
)
ON_POSTGRESQL = (
    ("dispatched@matrix", 1),
    ("delivered@telegram", 1),
    ("delivered@matrix", 1),
)
"""Each process dies so, the next one so; every boundary of every network is in tests/soak."""


async def test_each_word_is_seen_once_on_every_network_whatever_kills_come(folder: Path) -> None:
    await survives(folder, [ON_SQLITE])


async def test_on_postgresql_too(folder: Path) -> None:
    with empty_database() as url:
        await survives(folder, [ON_POSTGRESQL], url)
