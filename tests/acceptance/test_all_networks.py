"""The loop on all networks at once, its process killed at each boundary of each network."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.acceptance.three_loops import Advisors, World, house, opened
from tests.support.botapi import remote_telegram
from tests.support.guarding import guarded
from tests.support.postgres import empty_database
from tests.support.smtp import mail_server
from tests.support.synapse import synapse

ON_SQLITE = (
    "received@telegram",
    "committed@matrix",
    "dispatched@web",
    "delivered@telegram",
    "delivered@email",
)
ON_POSTGRESQL = (
    "received@matrix",
    "committed@telegram",
    "dispatched@telegram",
    "delivered@matrix",
    "delivered@web",
)
"""Each process dies at the first passage of the next one; all of them, at random passages, are in
tests/soak.
"""


async def survives(folder: Path, deaths: Sequence[str], database: str = "") -> None:
    """Three loops are opened, then go on until the deaths were died; everything is seen once."""
    homeserver = synapse()
    advisors = Advisors(homeserver.register(), homeserver.register())
    with remote_telegram() as telegram:
        async with mail_server() as mails:
            world = World(telegram, homeserver, mails, database)
            service = await asyncio.to_thread(house, folder, world, advisors)
            with guarded(service):
                async with opened(service, world, advisors) as loops:
                    service.deaths = [(boundary, 1) for boundary in deaths]
                    service.strike()
                    while service.killed <= len(deaths):
                        await asyncio.gather(*(loop.exchange() for loop in loops))
                    await asyncio.gather(*(loop.exchange() for loop in loops))
                    await asyncio.gather(*(loop.check() for loop in loops))


async def test_each_word_is_seen_once_whatever_network_it_goes_to_and_wherever_its_carrier_dies(
    tmp_path: Path,
) -> None:
    with empty_database() as url:
        await asyncio.gather(
            survives(tmp_path / "sqlite", ON_SQLITE),
            survives(tmp_path / "postgresql", ON_POSTGRESQL, url),
        )
