"""The homeserver's limits on our account, learnt from its refusals and kept to.

A refusal holds all calls of its kind: the server would refuse each of them, and count it. Then they
go one by one, as far apart as the refusal shows that they may.
"""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.ports.network import RetryLater

AT_ONCE = 4
"""Calls of a kind under way at once: as many may be refused before the first refusal is known."""

OF_ONE_PERSON_S = 30.0
"""An invitation refused for longer is refused for its person: Synapse's limit on an account's own
invitations is of a few seconds, on those of a person 333 s. Others can be invited meanwhile."""

_SOON_S = 1.0
"""So short a wait is waited at once."""

_FORGOTTEN_AFTER_S = 120.0
_LONGEST_QUEUE = 2
"""Turns that somebody put off waits at most: some of those before will not come back."""

_IN_ROOM = re.compile(r"/rooms/[^/]+/(\w+)")
_ENDPOINT = re.compile(r"/_matrix/\w+/\w+/(\w+)")
MESSAGE = "message"
"""The kind of what is put into rooms."""

_INVITE = "invite"


class RateLimited(RetryLater):
    """The homeserver limits our rate."""


@dataclass(slots=True)
class _Limit:
    """Calls are `apart`, the next one not before `opens`; `put_off` of them wait for their turn."""

    apart: float
    opens: float
    learnt: float
    put_off: int = 0


class Limits:
    """What may be asked of the server now, by kinds of call."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`now` is a monotonic clock, in seconds, by which `sleep` sleeps."""
        self._now = now
        self._sleep = sleep
        self._limits: dict[str, _Limit] = {}
        self._at_once: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(AT_ONCE)
        )

    @asynccontextmanager
    async def keeping(self, kinds: Sequence[str]) -> AsyncIterator[None]:
        """Make a call of these kinds (`kinds_of`) within it: RetryLater, unless it may go now."""
        if not kinds:
            yield
            return
        async with self._at_once[kinds[0]]:
            await self._enter(kinds)
            entered = self._now()
            try:
                yield
            except RateLimited as error:
                self._learn(kinds, error.after.total_seconds(), entered)
                raise

    def holds(self, kind: str) -> bool:
        """Whether calls of that kind were refused of late."""
        return self._known(kind) is not None

    async def _enter(self, kinds: Sequence[str]) -> None:
        while limits := [limit for kind in kinds if (limit := self._known(kind)) is not None]:
            last = max(limits, key=lambda limit: limit.opens)
            wait = last.opens - self._now()
            if wait > _SOON_S:
                wait += last.put_off * last.apart
                last.put_off = min(last.put_off + 1, _LONGEST_QUEUE)
                raise RetryLater(timedelta(seconds=wait), "The homeserver's limit is kept to.")
            if wait <= 0:
                break
            await self._sleep(wait)
        for limit in limits:
            came_in_time = self._now() - limit.opens < limit.apart
            limit.opens = self._now() + limit.apart
            limit.put_off = max(0, limit.put_off - 1) if came_in_time else 0

    def _known(self, kind: str) -> _Limit | None:
        limit = self._limits.get(kind)
        if limit is not None and self._now() > max(limit.learnt + _FORGOTTEN_AFTER_S, limit.opens):
            # It may have been lifted, or have been that of one busy minute.
            del self._limits[kind]
            return None
        return limit

    def _learn(self, kinds: Sequence[str], after: float, entered: float) -> None:
        kind = kinds[-1] if kinds[0] == _INVITE and after > OF_ONE_PERSON_S else kinds[0]
        now, known = self._now(), self._known(kind)
        apart = after
        if known is not None:
            # One that went in its turn shows by how much the turns are too close.
            went_in_turn = entered > known.learnt
            apart = max(after, known.apart + (after if went_in_turn else 0.0))
        put_off = known.put_off if known else 0
        self._limits[kind] = _Limit(apart, now + after, now, put_off)


def kinds_of(method: str, address: str, person: str = "") -> tuple[str, ...]:
    """The kinds that a call is of, by the server's limits: its own first, that of the `person`
    invited last. What only reads is of none.
    """
    found = _IN_ROOM.search(address) or _ENDPOINT.match(address)
    if method == "GET" or found is None:
        return ()
    name = found[1]
    if name == _INVITE:
        # Synapse counts an invitation among the messages, too.
        return (_INVITE, MESSAGE, f"{_INVITE} {person}")
    return (MESSAGE,) if name in {"send", "redact", "state"} else (name,)
