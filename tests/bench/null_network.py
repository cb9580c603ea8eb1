"""A network that delivers at once to nobody, and remembers when."""

import asyncio
import time
from collections.abc import Sequence

from bot.ports.network import Capabilities, Incoming, Outgoing, Receive

NAME = "null"


class NullNetwork:
    """Hands over batches as a poller would: the next one once the last is committed."""

    connected = True
    name = NAME
    capabilities = Capabilities(idempotent=True)

    def __init__(self) -> None:
        self.batches: asyncio.Queue[Sequence[Incoming]] = asyncio.Queue()
        self.sent_at: dict[str, float] = {}
        """When each message was sent (seconds of the performance counter), by key."""
        self.sent = asyncio.Event()

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over batches until cancelled."""
        count = int(cursor or 0)
        while True:
            batch = list(await self.batches.get())
            while not self.batches.empty() and len(batch) < 100:
                batch += self.batches.get_nowait()
            count += len(batch)
            await receive(batch, str(count))

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver to nobody."""
        self.sent_at[outgoing.key] = time.perf_counter()
        self.sent.set()
        return outgoing.key
