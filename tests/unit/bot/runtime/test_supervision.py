"""Parts that fail are started again when it makes sense."""

import asyncio
from datetime import timedelta

from bot.ports.network import NetworkError
from bot.runtime.supervision import supervise


async def test_a_network_that_knows_when_another_try_makes_sense_is_tried_then() -> None:
    tries: list[int] = []

    async def part() -> None:
        tries.append(len(tries))
        if len(tries) == 1:
            raise NetworkError("Its session ended.", again_after=timedelta())

    async with asyncio.timeout(30):
        await supervise("matrix", part, fatal=KeyError)
    assert [0, 1] == tries
