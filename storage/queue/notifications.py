"""Wake-ups between the processes of one PostgreSQL database: LISTEN and NOTIFY.

They are hints only: nothing is lost with one, the boxes are looked at every few seconds anyway. So
they are sent beside the transactions, together for whatever grew meanwhile, on connections of their
own: a transaction that notifies would wait at its commit for all others that do.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from enum import StrEnum

from psycopg import AsyncConnection
from sqlalchemy.engine import URL

_CHANNEL = "filrouge"
_CHANGED = "news"
_TOGETHER_S = 0.1
"""What grew within that many seconds is told by one notification."""


class Box(StrEnum):
    """What grew."""

    INBOX = "inbox"
    OUTBOX = "outbox"


class Notifications:
    """Tells other processes that a box grew here or a conversation changed, and hears of theirs.

    The application sets `heard`, and `changed`, which is given a conversation, or None after a time
    in which any may have changed unheard.
    """

    def __init__(self, url: URL, worker_id: str) -> None:
        self._url = url
        self._worker_id = worker_id
        self._grew: set[Box] = set()
        self._changes: set[str] = set()
        self._pending = asyncio.Event()
        self.heard: Callable[[Box], None] = lambda _: None
        self.changed: Callable[[str | None], None] = lambda _: None

    @property
    def shared(self) -> bool:
        """Whether there may be other processes to hear."""
        return self._url.get_backend_name() == "postgresql"

    def notify_growth(self, box: Box) -> None:
        """Tell the other processes, soon."""
        self._grew.add(box)
        self._pending.set()

    def notify_change(self, conversation: str) -> None:
        """Tell the other processes, soon, that pages that show the conversation are out of date."""
        if self.shared:
            self._changes.add(conversation)
            self._pending.set()

    async def run(self) -> None:
        """Send and listen until cancelled; returns at once where no other process can be.

        Raises what the driver does when the server is lost: to be run again.
        """
        if not self.shared:
            return
        async with AsyncExitStack() as stack:
            listening = await stack.enter_async_context(await self._connect())
            sending = await stack.enter_async_context(await self._connect())
            await listening.execute(f"LISTEN {_CHANNEL}".encode())
            # Whatever was sent while nobody listened.
            for box in Box:
                self.heard(box)
            self.changed(None)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._listen(listening))
                both.create_task(self._send(sending))

    async def _connect(self) -> AsyncConnection:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        return await AsyncConnection.connect(
            address, autocommit=True, keepalives_idle=10, keepalives_interval=5, keepalives_count=3
        )

    async def _listen(self, connection: AsyncConnection) -> None:
        async for notice in connection.notifies():
            who, what, *conversation = notice.payload.split(" ", 2)
            if who == self._worker_id:
                continue
            if conversation:
                self.changed(conversation[0])
            else:
                self.heard(Box(what))

    async def _send(self, connection: AsyncConnection) -> None:
        while True:
            await self._pending.wait()
            self._pending.clear()
            grew, self._grew = self._grew, set()
            changes, self._changes = self._changes, set()
            for what in (*sorted(grew), *(f"{_CHANGED} {each}" for each in sorted(changes))):
                await connection.execute(
                    "SELECT pg_notify(%s, %s)", (_CHANNEL, f"{self._worker_id} {what}")
                )
            await asyncio.sleep(_TOGETHER_S)
