"""The working parts put together, whatever the networks: no network's library is loaded here."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.calendar import next_opening
from bot.domain.followup import FollowUpPolicy
from bot.inbound.dispatch import Dispatch
from bot.inbound.receiver import Receiver
from bot.outbound.courier import Courier
from bot.outbound.rate import Pace
from bot.ports.clock import Clock
from bot.ports.message_queue import Delivery, Outcome, Waiting
from bot.ports.network import Network
from bot.ports.records import UnitOfWork
from bot.runtime.leadership import Leadership
from bot.runtime.supervision import supervise
from bot.scheduler import Clockwork
from config.catalogue import Catalogue
from config.settings import Settings
from handlers.followups import digests, sending
from handlers.rooms import plan
from handlers.routing import router
from handlers.thread import undelivered
from storage import Box, Store


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, put together; nothing is started yet."""

    store: Store
    networks: Mapping[str, Network]
    receiver: Receiver
    dispatch: Dispatch
    courier: Courier
    clockwork: Clockwork
    leadership: Leadership
    tick_every: timedelta

    async def run(self, fatal: type[Exception]) -> None:
        """Run everything until cancelled, or until every network has ended (a closed terminal).

        A part that fails is started again after a pause; a network that raises `fatal` ends all.
        """
        scheduler = self.clockwork.scheduler(self.tick_every)
        scheduler.start()
        fault: Exception | None = None
        try:
            await self._run_parts(fatal)
        except* fatal as faults:
            fault = faults.exceptions[0]
        finally:
            scheduler.shutdown(wait=False)
            await self.leadership.release()
        if fault is not None:
            raise fault
        await self._answer_last_words()

    async def catch_up(self) -> None:
        """Follow up what time has made due, and let it go out."""
        await self.clockwork.tick()
        self.courier.wake()

    async def _run_parts(self, fatal: type[Exception]) -> None:
        async with asyncio.TaskGroup() as group:
            working = [
                group.create_task(supervise(name, part, fatal))
                for name, part in (
                    ("dispatch", self.dispatch.run),
                    ("courier", self.courier.run),
                    ("notifications", self.store.notifications.run),
                )
            ]
            listening = [
                group.create_task(supervise(name, partial(self.receiver.listen_to, network), fatal))
                for name, network in self.networks.items()
            ]
            await asyncio.wait(listening)
            for part in working:
                part.cancel()

    async def _answer_last_words(self) -> None:
        while await self.dispatch.start_due():
            await self.dispatch.drain()
        while await self.courier.start_due():
            await self.courier.drain()


def assemble(
    store: Store,
    catalogue: Catalogue,
    clock: Clock,
    networks: Sequence[Network],
    settings: Settings,
) -> App:
    """Put the parts together: a message goes from the receiver through dispatch to the courier."""
    by_name = {network.name: network for network in networks}
    leadership = Leadership(store.leases)
    dispatch = Dispatch(
        store.queue,
        clock,
        lambda uow, now, incoming: router.receive(uow, catalogue, now, incoming),
        pauses=settings.dispatch.pauses,
        apology=catalogue.texts("dispatch.apology"),
    )
    courier = Courier(
        store.queue,
        clock,
        by_name,
        lease=settings.outbox.lease,
        paces=_paces(settings, by_name),
        opening=_opening(catalogue),
        tell_people=partial(_tell_people, store, catalogue),
        may_send=lambda name: leadership.may_send(by_name[name]),
    )
    receiver = Receiver(store.queue, clock, leadership, when_taken_over=courier.wake)
    connect(store, dispatch, courier)
    store.remote_rooms.planner = lambda uow, conversation: plan.plan(uow, catalogue, conversation)
    clockwork = _clockwork(store, catalogue, clock, settings)
    tick_every = settings.followup.tick
    return App(store, by_name, receiver, dispatch, courier, clockwork, leadership, tick_every)


def connect(store: Store, dispatch: Dispatch, courier: Courier) -> None:
    """Whatever grows the inbox or the outbox, here or in another process, wakes who works on it."""
    wakes = {Box.INBOX: dispatch.wake, Box.OUTBOX: courier.wake}

    def inbox_grew(arrived: Sequence[Waiting]) -> None:
        dispatch.take_up(arrived)
        store.notifications.notify_growth(Box.INBOX)

    def outbox_grew() -> None:
        courier.wake()
        store.notifications.notify_growth(Box.OUTBOX)

    store.signals.inbox_grew = inbox_grew
    store.signals.outbox_grew = outbox_grew
    store.notifications.heard = lambda box: wakes[box]()


def _clockwork(store: Store, catalogue: Catalogue, clock: Clock, settings: Settings) -> Clockwork:
    def digest(uow: UnitOfWork, now: datetime) -> None:
        digests.enrol_teams(uow, catalogue, now)
        digests.send_due(uow, catalogue, now)

    return Clockwork(
        store.database,
        clock,
        lambda uow, now, refs: sending.follow_up(uow, catalogue, now, refs),
        digest,
        partial(store.purging.purge, words=settings.keep.words, copies=settings.keep.copies),
    )


def _opening(catalogue: Catalogue) -> Callable[[Delivery, datetime], datetime]:
    """What tells when a message may be sent: at once, or in the next window of its portal."""
    policies = {portal.prefix: portal.policy for portal in catalogue.portals.values()}

    def opening(delivery: Delivery, now: datetime) -> datetime:
        rule = delivery.rule
        if rule.window is None:
            return now
        prefix = delivery.outgoing.projects[0].partition("-")[0]
        return next_opening(now, rule.window, rule.audience, policies.get(prefix, FollowUpPolicy()))

    return opening


async def _tell_people(
    store: Store, catalogue: Catalogue, delivery: Delivery, outcome: Outcome, now: datetime
) -> None:
    await store.database.transact(
        lambda uow: undelivered.tell(uow, catalogue, now, delivery.outgoing, outcome)
    )


def _paces(settings: Settings, networks: Collection[str]) -> dict[str, Pace]:
    return {
        name: Pace(pace.per_minute, pace.place_per_minute)
        for name, pace in settings.outbox.pace
        if name in networks and (pace.per_minute or pace.place_per_minute)
    }
