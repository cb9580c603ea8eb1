"""What people say on a network is kept; as its leader, where a network can have only one."""

from collections.abc import Callable, Sequence

from bot.ports.clock import Clock
from bot.ports.message_queue import MessageQueue
from bot.ports.network import Incoming, Leader, Network
from bot.runtime.leadership import Leadership


class Listening:
    """Runs networks, each from its saved cursor on."""

    def __init__(
        self,
        mail: MessageQueue,
        clock: Clock,
        leadership: Leadership,
        taken_over: Callable[[], None],
    ) -> None:
        """`taken_over` is called when messages that another process had claimed are free."""
        self._mail = mail
        self._clock = clock
        self._leadership = leadership
        self._taken_over = taken_over

    async def to(self, network: Network) -> None:
        """Hand over what a network hears, until it ends or is cancelled."""
        leader = network.capabilities.leader
        if leader is Leader.NOBODY:
            await self._hear(network)
            return

        async def lead() -> None:
            if leader is Leader.EVERYTHING:
                await self._mail.take_over(network.name)
                self._taken_over()
            await self._hear(network)

        await self._leadership.keep(network.name, lead)

    def may_send(self, network: Network) -> bool:
        """Whether messages may be sent on a network from here, at this instant."""
        alone = network.capabilities.leader is Leader.EVERYTHING
        return not alone or self._leadership.leads(network.name)

    async def _hear(self, network: Network) -> None:
        async def receive(events: Sequence[Incoming], next_cursor: str | None) -> None:
            await self._mail.receive(network.name, events, next_cursor, self._clock.now())

        await network.run(await self._mail.cursor(network.name), receive)
