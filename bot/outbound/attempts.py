"""One attempt at delivering a message: what its network can do of it, and what became of it."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.outbound.outcomes import Incapable, is_worth_a_double, outcome_of
from bot.outbound.rate import Pace
from bot.ports.clock import Clock
from bot.ports.message_queue import Delivery, MessageQueue, Outcome, Settlement
from bot.ports.network import (
    DeliveryError,
    Network,
    Operation,
    Outgoing,
    Refused,
    RetryLater,
    Target,
)
from bot.runtime.error_logging import describe

log = logging.getLogger(__name__)

Opening = Callable[[Delivery, datetime], datetime]
"""When a message may go by its rule: the instant itself if now, else a later one."""

_OF_A_MESSAGE = frozenset({Operation.EDIT, Operation.DELETE, Operation.REACT})


@dataclass(frozen=True, slots=True)
class Attempts:
    """Sends messages through their networks, at their pace; gives one up after `patience`."""

    queue: MessageQueue
    clock: Clock
    networks: Mapping[str, Network]
    paces: Mapping[str, Pace]
    opening: Opening
    patience: timedelta

    @property
    def marked(self) -> tuple[str, ...]:
        """The networks on which a message that has begun to go cannot simply be sent again."""
        names = self.networks.items()
        return tuple(name for name, each in names if not each.capabilities.idempotent)

    async def make(self, delivery: Delivery) -> Settlement:
        """Send it unless stale, early or maybe sent; return what became of it. Never raises."""
        now = self.clock.now()
        try:
            outgoing = None if delivery.stale else await self._prepare(delivery.outgoing)
            if outgoing is None:
                return Settlement(delivery.id, Outcome.DROPPED, now)
            delivery = replace(delivery, outgoing=outgoing)
            if delivery.interrupted and not self._is_repeatable(delivery):
                # A try of it may have arrived, and a double is worse.
                return Settlement(delivery.id, Outcome.UNCERTAIN, now, error="interrupted")
            opens = self.opening(delivery, now)
            if opens > now:
                return Settlement(delivery.id, Outcome.POSTPONED, now, again_at=opens)
        except Exception as error:
            return self._failure(delivery, error)
        return await self._send(delivery)

    async def _prepare(self, outgoing: Outgoing) -> Outgoing | None:
        """The message with its target's remote id, or None if its target never arrived: then there
        is nothing to do. Raises Incapable.

        An edit that cannot be made is said as new words; an answer to a message that is not there
        is said without it.
        """
        operation = outgoing.operation
        if operation is Operation.SAY and outgoing.target is None:
            return outgoing
        capable = self._network(outgoing).capabilities.operations | {Operation.SAY}
        if operation not in capable and operation is not Operation.EDIT:
            raise Incapable
        remote_id = await self._find_remote_id(outgoing) if operation in capable else None
        if remote_id is not None:
            return replace(outgoing, target=Target(remote_id=remote_id))
        if operation in {Operation.SAY, Operation.EDIT}:
            return as_new_words(outgoing)
        return None if operation in _OF_A_MESSAGE else outgoing

    async def _find_remote_id(self, outgoing: Outgoing) -> str | None:
        target = outgoing.target
        if target is None or target.remote_id is not None or target.key is None:
            return None if target is None else target.remote_id
        return await self.queue.remote_id(outgoing.conversation, target.key)

    async def _send(self, delivery: Delivery) -> Settlement:
        try:
            remote_id = await self._hand_over(delivery)
        except Exception as error:
            if isinstance(error, Refused) and self._can_be_said_anew(delivery):
                # What was there may be gone: the new words are still to be read.
                return await self._send(replace(delivery, outgoing=as_new_words(delivery.outgoing)))
            return self._failure(delivery, error)
        return Settlement(delivery.id, Outcome.SENT, self.clock.now(), remote_id=remote_id)

    async def _hand_over(self, delivery: Delivery) -> str:
        outgoing = delivery.outgoing
        network = self._network(outgoing)
        pace = self.paces.get(network.name)
        if pace is not None:
            await asyncio.sleep(pace.reserve(outgoing.conversation.name, time.monotonic()))
        if not network.capabilities.idempotent and not await self.queue.begin(delivery.id):
            raise RetryLater(timedelta(), "another process has it")
        async with asyncio.timeout(self.patience.total_seconds()):
            return await network.send(outgoing)

    def _network(self, outgoing: Outgoing) -> Network:
        return self.networks[outgoing.conversation.network]

    def _can_be_said_anew(self, delivery: Delivery) -> bool:
        in_doubt = delivery.interrupted and not self._is_idempotent(delivery)
        return delivery.outgoing.operation is Operation.EDIT and not in_doubt

    def _is_repeatable(self, delivery: Delivery) -> bool:
        """Whether it may be sent a second time: it would show nothing new, or is worth a double."""
        is_saying = delivery.outgoing.operation is Operation.SAY
        return not is_saying or self._is_idempotent(delivery) or is_worth_a_double(delivery)

    def _is_idempotent(self, delivery: Delivery) -> bool:
        """Whether the network shows once what it is sent again, now as when it was first tried."""
        capabilities, tried_at = self._network(delivery.outgoing).capabilities, delivery.tried_at
        if tried_at is None:
            return capabilities.idempotent
        remembered, since = capabilities.idempotent_for, capabilities.idempotent_since
        is_old = remembered is not None and self.clock.now() - tried_at >= remembered
        is_forgotten = is_old or (since is not None and tried_at < since)
        return capabilities.idempotent and not is_forgotten

    def _failure(self, delivery: Delivery, error: Exception) -> Settlement:
        if not isinstance(error, DeliveryError | TimeoutError):
            log.warning("sending message %d failed: %s", delivery.id, describe(error))
        return outcome_of(
            delivery,
            error,
            self.clock.now(),
            idempotent=self._is_idempotent(delivery) or is_worth_a_double(delivery),
            repeatable=self._is_repeatable(delivery),
        )


def as_new_words(outgoing: Outgoing) -> Outgoing:
    """The message said as new words: a file that came with the first ones is there already."""
    if outgoing.operation is Operation.SAY:
        return replace(outgoing, target=None)
    return replace(outgoing, operation=Operation.SAY, target=None, attachment=None)
