"""A message in parts is said whole, once, whatever comes between its parts."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import TimedOut

from bot.networks.telegram.client import AskedToWait, Client
from bot.networks.telegram.composing import Piece
from bot.networks.telegram.pace import GroupPace
from bot.networks.telegram.posting import Poster
from bot.networks.telegram.remote_ids import Spot
from bot.networks.telegram.speaking import Speaker
from bot.networks.telegram.topics import Topics
from bot.networks.telegram.whereabouts import Whereabouts
from bot.ports.network import RetryLater, Uncertain
from tests.support.memory_ports import MemoryFiles, MemorySeats
from tests.support.telegram_bot import WORDS, saying

CLIENT = Client("1:unused")
LONG = " ".join(f"mot{number:04d}" for number in range(1500))


class ScriptedPoster(Poster):
    """Says what it is told, and fails as it was told to; None is success."""

    def __init__(self, script: Sequence[Exception | None]) -> None:
        super().__init__(CLIENT, MemoryFiles(Path()), GroupPace(20), WORDS)
        self._script = list(script)
        self.said: list[str] = []

    async def post(self, piece: Piece, here: Spot, answers: int | None) -> int:
        fault = self._script.pop(0) if self._script else None
        if fault is not None:
            raise fault
        self.said.append(piece.part.plain)
        return len(self.said)


def speaker(poster: Poster) -> Speaker:
    seats = MemorySeats()
    topics = Topics(CLIENT, seats, {}, GroupPace(20))
    return Speaker(CLIENT, topics, poster, Whereabouts(seats), WORDS)


async def test_asked_to_wait_it_goes_on_where_it_was() -> None:
    poster = ScriptedPoster(
        [None, AskedToWait(timedelta(seconds=7)), None, AskedToWait(timedelta())]
    )
    speaking = speaker(poster)
    for _ in range(2):
        with pytest.raises(RetryLater):
            await speaking.perform(saying(101, LONG))

    assert "1,2,3" == await speaking.perform(saying(101, LONG))
    assert LONG == " ".join(poster.said)


async def test_left_uncertain_it_does_not_go_on() -> None:
    poster = ScriptedPoster([None, TimedOut()])
    speaking = speaker(poster)
    with pytest.raises(Uncertain):
        await speaking.perform(saying(101, LONG))

    assert "2,3,4" == await speaking.perform(saying(101, LONG))


async def test_said_twice_under_one_key_it_is_said_twice() -> None:
    poster = ScriptedPoster([])
    speaking = speaker(poster)
    arguments: dict[str, Any] = {"conversation": 101, "text": "Bonjour"}

    assert ["1", "2"] == [await speaking.perform(saying(**arguments)) for _ in range(2)]
