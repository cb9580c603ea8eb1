"""A message in parts is said whole, once, whatever comes between its parts."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import TimedOut

from bot.networks.telegram.api.client import AskedToWait, Client
from bot.networks.telegram.api.pace import GroupPace
from bot.networks.telegram.rooms.known_messages import KnownMessages
from bot.networks.telegram.rooms.remote_ids import Spot
from bot.networks.telegram.rooms.topics import Topics
from bot.networks.telegram.sending.composing import Piece
from bot.networks.telegram.sending.posting import Poster
from bot.networks.telegram.sending.speaking import Speaker
from bot.ports.network import Operation, RetryLater, Target, Uncertain
from tests.support.memory_ports import MemoryFiles, MemoryRemoteRooms
from tests.support.telegram_bot import ROOM, WORDS, saying

CLIENT = Client("1:unused")
LONG = " ".join(f"mot{number:04d}" for number in range(1500))
FLOOD = [AskedToWait(timedelta())] * 3


class ScriptedPoster(Poster):
    """Says what it is told, and fails as it was told to; None is success."""

    def __init__(self, script: Sequence[Exception | None], per_minute: int = 20) -> None:
        super().__init__(CLIENT, MemoryFiles(Path()), GroupPace(per_minute), WORDS)
        self._script = list(script)
        self.said: list[str] = []

    async def post(self, piece: Piece, here: Spot, answers: int | None) -> int:
        fault = self._script.pop(0) if self._script else None
        if fault is not None:
            raise fault
        self.said.append(piece.part.plain)
        return len(self.said)

    async def edit(
        self, here: Spot, message: int, piece: Piece, *, under_file: bool = False
    ) -> None:
        pass


def speaker(poster: Poster, rooms: MemoryRemoteRooms | None = None) -> Speaker:
    rooms = rooms or MemoryRemoteRooms()
    topics = Topics(CLIENT, rooms, {}, GroupPace(20))
    return Speaker(CLIENT, topics, poster, KnownMessages(rooms), WORDS)


async def test_asked_to_wait_midway_it_goes_on_where_it_is() -> None:
    poster = ScriptedPoster([None, AskedToWait(timedelta()), None, AskedToWait(timedelta())])

    assert "1,2,3" == await speaker(poster).perform(saying(101, LONG))
    assert LONG == " ".join(poster.said)


async def test_asked_to_wait_before_the_first_part_it_is_tried_again_later() -> None:
    poster = ScriptedPoster([AskedToWait(timedelta(seconds=7))])
    with pytest.raises(RetryLater):
        await speaker(poster).perform(saying(101, LONG))

    assert [] == poster.said


@pytest.mark.parametrize("faults", [[TimedOut()], [AskedToWait(timedelta(seconds=30))], FLOOD])
async def test_a_message_that_stops_midway_is_left_uncertain(faults: list[Exception]) -> None:
    poster = ScriptedPoster([None, *faults])
    with pytest.raises(Uncertain):
        await speaker(poster).perform(saying(101, LONG))

    assert 1 == len(poster.said)


async def test_a_group_has_room_for_all_parts_or_hears_none() -> None:
    rooms = MemoryRemoteRooms()
    await rooms.bind(ROOM, "-1001/5")
    poster = ScriptedPoster([], per_minute=4)
    speaking = speaker(poster, rooms)
    await speaking.perform(saying(ROOM, "Bonjour"))
    await speaking.perform(saying(ROOM, LONG, key="long"))

    with pytest.raises(RetryLater):
        await speaking.perform(saying(ROOM, LONG, key="longer"))
    assert 4 == len(poster.said)


@pytest.mark.parametrize("added", [0, 1])
async def test_the_parts_that_an_edit_adds_are_not_added_twice(added: int) -> None:
    poster = ScriptedPoster([None] * added + [TimedOut()])
    edit = saying(101, LONG, operation=Operation.EDIT, target=Target("77"))
    with pytest.raises(Uncertain):
        await speaker(poster).perform(edit)

    assert added == len(poster.said)


async def test_said_twice_under_one_key_it_is_said_twice() -> None:
    poster = ScriptedPoster([])
    speaking = speaker(poster)
    arguments: dict[str, Any] = {"to": 101, "text": "Bonjour"}

    assert ["1", "2"] == [await speaking.perform(saying(**arguments)) for _ in range(2)]
