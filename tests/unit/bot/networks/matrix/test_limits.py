"""One refusal holds all calls of its kind, and no other."""

import asyncio
from datetime import timedelta

import pytest

from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.connection.limits import AT_ONCE, Limits, RateLimited, kinds_of
from bot.ports.network import RetryLater

ROOM = "!salle:essai.test"
SEND = kinds_of("PUT", path("rooms", ROOM, "send", "m.room.message", "t1"))
STATE = kinds_of("PUT", path("rooms", ROOM, "state", "m.room.name", ""))
CREATE = kinds_of("POST", path("createRoom"))
JOIN = kinds_of("POST", path("join", ROOM, query={"via": "essai.test"}))
PROFILE = kinds_of("PUT", path("profile", "@fil:essai.test", "displayname"))


def invite(person: str) -> tuple[str, ...]:
    return kinds_of("POST", path("rooms", ROOM, "invite"), person)


class Server:
    """Serves a call after the burst every `each` seconds, as Synapse does; refuses the others."""

    def __init__(self, burst: int, each: float) -> None:
        self.at = 0.0
        self.limits = Limits(lambda: self.at, self._sleep)
        self.refused = self.served = 0
        self._each, self._burst, self._level = each, burst, 0.0

    async def call(self, kinds: tuple[str, ...]) -> float:
        """Seconds to wait; 0 if it was served."""
        try:
            async with self.limits.keeping(kinds):
                await asyncio.sleep(0)
                self._serve()
        except RetryLater as error:
            return error.after.total_seconds()
        return 0.0

    async def _sleep(self, seconds: float) -> None:
        self.at += seconds

    def _serve(self) -> None:
        excess = self._level + 1 - self.at / self._each - self._burst
        if excess > 0:
            self.refused += 1
            raise RateLimited(timedelta(seconds=excess * self._each))
        self._level = max(self._level, self.at / self._each) + 1
        self.served += 1


async def refuse(limits: Limits, kinds: tuple[str, ...], seconds: float) -> None:
    with pytest.raises(RateLimited):
        async with limits.keeping(kinds):
            raise RateLimited(timedelta(seconds=seconds))


async def passes(limits: Limits, kinds: tuple[str, ...]) -> bool:
    try:
        async with limits.keeping(kinds):
            return True
    except RetryLater:
        return False


async def test_a_refusal_holds_its_kind_in_every_room_and_no_other() -> None:
    limits = Limits(lambda: 0.0)
    await refuse(limits, SEND, 5)
    kinds = (SEND, STATE, invite("@a:b"), CREATE, JOIN, PROFILE)

    assert [False, False, False, True, True, True] == [await passes(limits, k) for k in kinds]


async def test_a_room_refused_holds_rooms() -> None:
    limits = Limits(lambda: 0.0)
    await refuse(limits, CREATE, 62)

    assert [False, True] == [await passes(limits, k) for k in (CREATE, SEND)]


@pytest.mark.parametrize(("seconds", "others"), [(3, False), (333, True)])
async def test_an_invitation_refused_for_long_holds_those_of_its_person_alone(
    seconds: float, others: bool
) -> None:
    limits = Limits(lambda: 0.0)
    await refuse(limits, invite("@a:b"), seconds)

    assert not await passes(limits, invite("@a:b"))
    assert others is await passes(limits, invite("@c:d"))
    assert await passes(limits, SEND)


async def test_what_reads_is_never_held() -> None:
    assert () == kinds_of("GET", path("sync", query={"timeout": 1}))


async def test_messages_beyond_the_burst_are_hardly_ever_refused() -> None:
    server = Server(burst=10, each=5.0)
    waiting = dict.fromkeys(range(60), 0.0)
    while waiting:
        due = [n for n, at in waiting.items() if at <= server.at]
        waits = await asyncio.gather(*(server.call(SEND) for _ in due))
        for number, wait in zip(due, waits, strict=True):
            if wait:
                waiting[number] = server.at + wait
            else:
                del waiting[number]
        server.at = max(server.at, min(waiting.values(), default=0.0))

    assert 60 == server.served
    assert server.refused <= AT_ONCE + 2
    assert server.at <= 60 * 5.0
