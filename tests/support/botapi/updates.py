"""The updates of a bot: kept until confirmed, at most 24 hours, for one poller or one webhook."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.refusals import bad, conflict

KEPT_S = 24 * 3600
MOST = 100

KINDS = frozenset(
    {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "message_reaction",
        "message_reaction_count",
    }
)
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Sent only to a bot that asked for them."""

FIRST = 514_000_001


@dataclass(frozen=True, slots=True)
class Update:
    """One update, with the second at which it came to be."""

    id: int
    at: float
    body: dict[str, Any]


@dataclass(eq=False)
class Waiter:
    """A poll that waits; `ended` when another took its place."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False


class Updates:
    """The queue of one bot. `now` gives the server's time, in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._next = FIRST
        self._kept: list[Update] = []
        self._allowed = KINDS - UNASKED
        self._waiters: list[Waiter] = []
        self._poller: Waiter | None = None
        self.webhook_url = ""

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update and return it; None if the bot did not ask for that kind."""
        if kind not in self._allowed:
            return None
        update = Update(self._next, self._now(), {"update_id": self._next, kind: content})
        self._next += 1
        self._kept.append(update)
        for waiter in self._waiters:
            waiter.event.set()
        return update.id

    def restart_at(self, number: int) -> None:
        """Give the next update that number, as Telegram draws one at random after a quiet week."""
        self._next = number

    def allow(self, kinds: Sequence[str] | None) -> None:
        """From now on these kinds are queued; None changes nothing, [] is the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) & KINDS if kinds else KINDS - UNASKED

    @property
    def pending(self) -> list[Update]:
        """The updates not confirmed yet, oldest first."""
        oldest = self._now() - KEPT_S
        self._kept = [update for update in self._kept if update.at >= oldest]
        return self._kept

    @property
    def is_polled(self) -> bool:
        """Whether somebody waits for updates."""
        return self._poller is not None

    def confirm(self, update_id: int) -> None:
        """Forget the update and all before it."""
        self._kept = [update for update in self.pending if update.id > update_id]

    def forget_all(self) -> None:
        """Forget all pending updates."""
        self._kept = []

    async def wait_added(self) -> None:
        """Wait until an update is added."""
        waiter = Waiter()
        self._waiters.append(waiter)
        try:
            await waiter.event.wait()
        finally:
            self._waiters.remove(waiter)

    async def poll(self, offset: int | None, limit: int | None, seconds: int) -> list[Any]:
        """getUpdates. The newest poller wins: one that waits is told of the conflict."""
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        if limit is not None and not 1 <= limit <= MOST:
            raise bad("limit must be between 1 and 100")
        if self._poller is not None:
            self._poller.ended = True
            self._poller.event.set()
        mine = self._poller = Waiter()
        self._waiters.append(mine)
        try:
            self._confirm_by(offset)
            return await self._wait(mine, limit or MOST, seconds)
        finally:
            self._waiters.remove(mine)
            if self._poller is mine:
                self._poller = None

    def _confirm_by(self, offset: int | None) -> None:
        if offset is not None and offset > 0:
            self.confirm(offset - 1)
        elif offset is not None and offset < 0:
            self._kept = self.pending[offset:]

    async def _wait(self, mine: Waiter, limit: int, seconds: int) -> list[Any]:
        try:
            async with asyncio.timeout(seconds):
                while not self.pending and not mine.ended:
                    mine.event.clear()
                    await mine.event.wait()
        except TimeoutError:
            return []
        if mine.ended:
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        return [update.body for update in self.pending[:limit]]
