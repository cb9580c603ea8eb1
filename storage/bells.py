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
_TOGETHER_S = 0.02
"""What grew within that many seconds is told by one notification."""


class Box(StrEnum):
    """What grew."""

    INBOX = "inbox"
    OUTBOX = "outbox"


class Bells:
    """Rings when a box grew here, and hears when one grew elsewhere. `heard` is set by the
    application.
    """

    def __init__(self, url: URL, worker_id: str) -> None:
        self._url = url
        self._worker_id = worker_id
        self._grew: set[Box] = set()
        self._ringing = asyncio.Event()
        self.heard: Callable[[Box], None] = lambda _: None

    @property
    def shared(self) -> bool:
        """Whether there may be other processes to hear."""
        return self._url.get_backend_name() == "postgresql"

    def ring(self, box: Box) -> None:
        """Tell the other processes, soon."""
        self._grew.add(box)
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
            box, _, who = notice.payload.partition(" ")
            if who != self._worker_id:
                self.heard(Box(box))

    async def _ring(self, connection: AsyncConnection) -> None:
        while True:
            await self._ringing.wait()
            self._ringing.clear()
            grew, self._grew = self._grew, set()
            for box in sorted(grew):
                await connection.execute(
                    "SELECT pg_notify(%s, %s)", (_CHANNEL, f"{box} {self._worker_id}")
                )
            await asyncio.sleep(_TOGETHER_S)
