"""The numbered reactions that we put under our own questions, so that one tap answers."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import RequestRefused
from bot.networks.matrix.messages.posting import MOST_NUMBERED, REACTION, Poster, sign_of
from bot.ports.network import RetryLater

_APART_S = 0.5
_MOST_AT_ONCE = 20
"""Questions that wait for their reactions: those after get none, as a convenience never piles up.
"""


@dataclass(frozen=True, eq=False)
class AnswerSigns:
    """Puts them beside the way of the messages, one by one, and not while the server limits us."""

    account: Account
    poster: Poster
    _turn: asyncio.Lock = field(init=False, default_factory=asyncio.Lock)
    _under_way: set[asyncio.Task[None]] = field(init=False, default_factory=set)

    def put(self, room_id: str, event_id: str, choices: int) -> None:
        """Begin to put the signs of so many choices under a message of ours."""
        if 0 < choices <= MOST_NUMBERED and len(self._under_way) < _MOST_AT_ONCE:
            task = asyncio.create_task(self._put(room_id, event_id, choices))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Stop what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _put(self, room_id: str, event_id: str, choices: int) -> None:
        async with self._turn:
            with suppress(RequestRefused, RetryLater):
                for number in range(1, choices + 1):
                    if self.account.server.limits_messages:
                        return
                    sign = sign_of(number)
                    relation = {"rel_type": "m.annotation", "event_id": event_id, "key": sign}
                    key = f"{event_id}:{number}"
                    await self.poster.post(room_id, key, {"m.relates_to": relation}, REACTION)
                    await asyncio.sleep(_APART_S)
