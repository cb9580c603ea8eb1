"""Nothing lost, nothing twice: the real process is killed at each boundary, and started again."""

import asyncio
from pathlib import Path

import pytest

from tests.acceptance.whole_story import PASSAGES, survives
from tests.support.postgres import empty_database
from tests.support.service import Service

SQLITE = {
    "posted": 1,
    "received": 2,
    "committed": 4,
    "dispatched": 3,
    "delivered": 9,
    "ticking": 1,
    "migrating": 5,
}
POSTGRESQL = {
    "posted": 6,
    "received": 5,
    "committed": 1,
    "dispatched": 7,
    "delivered": 14,
    "ticking": 2,
    "migrating": 9,
}
"""At which passage each boundary kills: other messages on each database."""


@pytest.mark.parametrize("boundary", PASSAGES)
async def test_whatever_the_moment_of_the_kill_each_message_is_seen_once_and_in_order(
    boundary: str, tmp_path: Path
) -> None:
    with empty_database() as url:
        sqlite, postgresql = Service(tmp_path / "sqlite"), Service(tmp_path / "postgresql", url)
        try:
            # At the same time, each on its core: most of the time goes into starting Python.
            await asyncio.gather(
                survives(sqlite, boundary, SQLITE[boundary]),
                survives(postgresql, boundary, POSTGRESQL[boundary]),
            )
        finally:
            sqlite.end()
            postgresql.end()
