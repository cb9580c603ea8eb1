"""The homeserver's limits on our account, learnt from its refusals and kept to.

A refusal holds all calls of its kind: the server would refuse each of them, and count it. Then they
go one by one, as far apart as the refusal shows that they may.
"""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.ports.network import RetryLater

AT_ONCE = 4
"""Calls of a kind under way at once: as many may be refused before the first refusal is known."""

OF_ONE_PERSON_S = 30.0
"""An invitation refused for longer is refused for its person: Synapse's limit on an account's own
invitations is of a few seconds, on those of a person 333 s. Others can be invited meanwhile."""

_FORGOTTEN_AFTER_S = 600.0
_LONGEST_QUEUE_S = 300.0
_IN_ROOM = re.compile(r"/rooms/[^/]+/(\w+)")
_ENDPOINT = re.compile(r"/_matrix/\w+/\w+/(\w+)")
_MESSAGE = "message"
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

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` is a monotonic clock, in seconds."""
        self._now = now
        self._limits: dict[str, _Limit] = {}
        self._served: dict[str, float] = {}
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
            self._enter(kinds)
            try:
                yield
            except RateLimited as error:
                self._learn(kinds, error.after.total_seconds())
                raise
            self._served |= dict.fromkeys(kinds[:1], self._now())

    def _enter(self, kinds: Sequence[str]) -> None:
        limits = [limit for kind in kinds if (limit := self._known(kind)) is not None]
        wait = max((limit.opens - self._now() for limit in limits), default=0.0)
        if wait > 0:
            longest = max(limits, key=lambda limit: limit.opens)
            wait += min(longest.put_off * longest.apart, _LONGEST_QUEUE_S)
            longest.put_off += 1
            raise RetryLater(timedelta(seconds=wait), "The homeserver's limit is kept to.")
        for limit in limits:
            limit.opens = self._now() + limit.apart
            limit.put_off = max(0, limit.put_off - 1)

    def _known(self, kind: str) -> _Limit | None:
        limit = self._limits.get(kind)
        if limit is not None and self._now() > max(limit.learnt + _FORGOTTEN_AFTER_S, limit.opens):
            # It may have been lifted, or have been that of one busy minute.
            del self._limits[kind]
            return None
        return limit

    def _learn(self, kinds: Sequence[str], after: float) -> None:
        kind = kinds[-1] if kinds[0] == _INVITE and after > OF_ONE_PERSON_S else kinds[0]
        now = self._now()
        since_served = min(now - self._served.get(kind, now), _FORGOTTEN_AFTER_S)
        known = self._known(kind)
        apart = max(after, min(since_served + after, known.apart + after)) if known else after
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
        return (_INVITE, _MESSAGE, f"{_INVITE} {person}")
    return (_MESSAGE,) if name in {"send", "redact", "state"} else (name,)
