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
_NEWS = "news"
_TOGETHER_S = 0.1
"""What grew within that many seconds is told by one notification."""


class Box(StrEnum):
    """What grew."""

    INBOX = "inbox"
    OUTBOX = "outbox"


class Notifications:
    """Rings when a box grew here or a conversation has news, and hears what rings elsewhere.

    The application sets `heard`, and `news`, which is given a conversation, or None after a time in
    which any may have had news unheard.
    """

    def __init__(self, url: URL, worker_id: str) -> None:
        self._url = url
        self._worker_id = worker_id
        self._grew: set[Box] = set()
        self._told: set[str] = set()
        self._ringing = asyncio.Event()
        self.heard: Callable[[Box], None] = lambda _: None
        self.news: Callable[[str | None], None] = lambda _: None

    @property
    def shared(self) -> bool:
        """Whether there may be other processes to hear."""
        return self._url.get_backend_name() == "postgresql"

    def ring(self, box: Box) -> None:
        """Tell the other processes, soon."""
        self._grew.add(box)
        self._ringing.set()

    def tell(self, conversation: str) -> None:
        """Tell the other processes, soon, that people who look at the conversation have news."""
        if self.shared:
            self._told.add(conversation)
            self._ringing.set()

    async def run(self) -> None:
        """Ring and listen until cancelled; returns at once where no other process can be.

        Raises what the driver does when the server is lost: to be run again.
        """
        if not self.shared:
            return
        async with AsyncExitStack() as stack:
            listening = await stack.enter_async_context(await self._connect())
            ringing = await stack.enter_async_context(await self._connect())
            await listening.execute(f"LISTEN {_CHANNEL}".encode())
            # Whatever rang while nobody listened.
            for box in Box:
                self.heard(box)
            self.news(None)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._listen(listening))
                both.create_task(self._ring(ringing))

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
                self.news(conversation[0])
            else:
                self.heard(Box(what))

    async def _ring(self, connection: AsyncConnection) -> None:
        while True:
            await self._ringing.wait()
            self._ringing.clear()
            grew, self._grew = self._grew, set()
            told, self._told = self._told, set()
            for rung in (*sorted(grew), *(f"{_NEWS} {each}" for each in sorted(told))):
                await connection.execute(
                    "SELECT pg_notify(%s, %s)", (_CHANNEL, f"{self._worker_id} {rung}")
                )
            await asyncio.sleep(_TOGETHER_S)
