"""The working parts put together, whatever the networks: no network's library is loaded here."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.calendar import next_opening
from bot.domain.followup import FollowUpPolicy
from bot.inbound.dispatch import Dispatch
from bot.inbound.receiver import Listening
from bot.outbound.delivery import Outbox
from bot.outbound.rate import Pace
from bot.ports.clock import Clock
from bot.ports.message_queue import Delivery, Outcome, Waiting
from bot.ports.network import Incoming, Network
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
from storage import Box, Purged, Store


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, put together; nothing is started yet."""

    store: Store
    networks: Mapping[str, Network]
    dispatch: Dispatch
    outbox: Outbox
    clockwork: Clockwork
    clock: Clock
    tick_every: timedelta
    leadership: Leadership
    listening: Listening

    async def run(self, fatal: type[Exception]) -> None:
        """Run everything until cancelled, or until every network has ended (a closed terminal).

        A part that fails is started again after a pause; a network that raises `fatal` ends all.
        """
        scheduler = self.clockwork.scheduler(self.tick_every)
        scheduler.start()
        fault: Exception | None = None
        try:
            async with asyncio.TaskGroup() as group:
                working = [
                    group.create_task(supervise(name, part, fatal=fatal))
                    for name, part in (
                        ("dispatch", self.dispatch.run),
                        ("outbox", self.outbox.run),
                        ("bells", self.store.bells.run),
                    )
                ]
                listening = [
                    group.create_task(supervise(name, partial(self.listening.to, network), fatal))
                    for name, network in self.networks.items()
                ]
                await asyncio.wait(listening)
                for part in working:
                    part.cancel()
        except* fatal as faults:
            fault = faults.exceptions[0]
        finally:
            scheduler.shutdown(wait=False)
            await self.leadership.release()
        if fault is not None:
            raise fault
        await self._finish()

    async def _finish(self) -> None:
        """Answer what was said last."""
        while await self.dispatch.round():
            await self.dispatch.drain()
        while await self.outbox.round():
            await self.outbox.drain()


def assemble(
    store: Store,
    catalogue: Catalogue,
    clock: Clock,
    networks: Sequence[Network],
    settings: Settings,
) -> App:
    """Put the parts together."""
    by_name = {network.name: network for network in networks}
    leadership = Leadership(store.leases)
    dispatch = _dispatch(store, catalogue, clock, settings)
    outbox = Outbox(
        store.queue,
        clock,
        by_name,
        lease=settings.outbox.lease,
        paces={name: pace for name, pace in _paces(settings).items() if name in by_name},
        opening=_opening(catalogue),
        undelivered=partial(_tell_undelivered, store, catalogue),
        may_send=lambda name: listening.may_send(by_name[name]),
    )
    listening = Listening(store.queue, clock, leadership, taken_over=outbox.wake)
    connect(store, dispatch, outbox)
    store.remote_rooms.planner = lambda uow, conversation: plan.plan(uow, catalogue, conversation)
    clockwork = _clockwork(store, catalogue, clock, settings)
    tick_every = settings.followup.tick
    return App(
        store, by_name, dispatch, outbox, clockwork, clock, tick_every, leadership, listening
    )


def _dispatch(store: Store, catalogue: Catalogue, clock: Clock, settings: Settings) -> Dispatch:
    def receive(uow: UnitOfWork, now: datetime, incoming: Incoming) -> None:
        router.receive(uow, catalogue, now, incoming)

    return Dispatch(
        store.queue,
        clock,
        receive,
        pauses=settings.dispatch.pauses,
        apology=catalogue.texts("dispatch.apology"),
    )


def _clockwork(store: Store, catalogue: Catalogue, clock: Clock, settings: Settings) -> Clockwork:
    def follow_up(uow: UnitOfWork, now: datetime, refs: Sequence[str]) -> None:
        sending.follow_up(uow, catalogue, now, refs)

    def digest(uow: UnitOfWork, now: datetime) -> None:
        digests.enrol_teams(uow, catalogue, now)
        digests.send_due(uow, catalogue, now)

    async def purge(now: datetime) -> Purged:
        return await store.purging.purge(now, settings.keep.words, settings.keep.copies)

    return Clockwork(store.database, clock, follow_up, digest, purge)


def _opening(catalogue: Catalogue) -> Callable[[Delivery, datetime], datetime]:
    """When a message may be sent, by its window."""
    policies = {portal.prefix: portal.policy for portal in catalogue.portals.values()}

    def opening(delivery: Delivery, now: datetime) -> datetime:
        rule = delivery.rule
        if rule.window is None:
            return now
        prefix = delivery.outgoing.projects[0].partition("-")[0]
        return next_opening(now, rule.window, rule.audience, policies.get(prefix, FollowUpPolicy()))

    return opening


async def _tell_undelivered(
    store: Store, catalogue: Catalogue, delivery: Delivery, outcome: Outcome, now: datetime
) -> None:
    await store.database.transact(
        lambda uow: undelivered.tell(uow, catalogue, now, delivery.outgoing, outcome)
    )


def connect(store: Store, dispatch: Dispatch, outbox: Outbox) -> None:
    """Whatever grows a box, here or in another process, wakes who looks after it."""
    wakes = {Box.INBOX: dispatch.wake, Box.OUTBOX: outbox.wake}

    def inbox_grew(arrived: Sequence[Waiting]) -> None:
        dispatch.take_up(arrived)
        store.bells.ring(Box.INBOX)

    def outbox_grew() -> None:
        outbox.wake()
        store.bells.ring(Box.OUTBOX)

    store.signals.inbox_grew = inbox_grew
    store.signals.outbox_grew = outbox_grew
    store.bells.heard = lambda box: wakes[box]()


def _paces(settings: Settings) -> dict[str, Pace]:
    """The pace of each network that has one."""
    pace = settings.outbox.pace
    paces = {
        "web": pace.web,
        "console": pace.console,
        "telegram": pace.telegram,
        "matrix": pace.matrix,
        "email": pace.email,
    }
    return {
        name: Pace(pace.per_minute, pace.place_per_minute)
        for name, pace in paces.items()
        if pace.per_minute or pace.place_per_minute
    }
