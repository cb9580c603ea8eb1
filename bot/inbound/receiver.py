"""What people say on a network is kept; by its leader, where a network can have only one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.ports.clock import Clock
from bot.ports.message_queue import MessageQueue
from bot.ports.network import Incoming, Leader, Network
from bot.runtime.leadership import Leadership


@dataclass(frozen=True, eq=False)
class Receiver:
    """Runs networks, each from its saved cursor on, and keeps what they hand over.

    `when_taken_over` is called once messages that another process had claimed are free.
    """

    queue: MessageQueue
    clock: Clock
    leadership: Leadership
    when_taken_over: Callable[[], None]

    async def listen_to(self, network: Network) -> None:
        """Keep what a network hands over, until it ends or is cancelled."""
        leader = network.capabilities.leader
        if leader is Leader.NOBODY:
            await self._run(network)
            return

        async def lead() -> None:
            if leader is Leader.EVERYTHING:
                await self.queue.take_over(network.name)
                self.when_taken_over()
            await self._run(network)

        await self.leadership.run_as_leader(network.name, lead)

    async def _run(self, network: Network) -> None:
        async def receive(events: Sequence[Incoming], next_cursor: str | None) -> None:
            await self.queue.receive(network.name, events, next_cursor, self.clock.now())

        await network.run(await self.queue.cursor(network.name), receive)
