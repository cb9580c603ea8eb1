"""The composition root: the only module that knows everything."""

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.clocks import DemoClock, SystemClock
from bot.clockwork import Clockwork
from bot.connecting import Around, connected, paces, ways
from bot.demo import Demo, seed
from bot.dispatch import Dispatch
from bot.domain.calendar import next_opening
from bot.domain.portal import FollowUpPolicy
from bot.leadership import Leadership
from bot.listening import Listening
from bot.networks.console import ConsoleNetwork
from bot.networks.web import WebError
from bot.outbox import Outbox
from bot.ports.clock import Clock
from bot.ports.mail import Delivery, Outcome
from bot.ports.network import Incoming, Network
from bot.ports.records import UnitOfWork
from bot.ports.web import Demonstration
from bot.supervision import supervise
from config.catalogue import Catalogue, load_catalogue
from config.data_folder import made
from config.file_types import load_file_types
from config.settings import Settings
from handlers import digests, followups, reception, rooms, undelivered
from storage import Box, FileType, Purged, Store, open_store

log = logging.getLogger(__name__)


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

    async def run(self) -> None:
        """Run everything until cancelled, or until every network has ended (a closed terminal).

        A part that fails is started again after a pause. Raises WebError if the pages cannot be
        served.
        """
        scheduler = self.clockwork.scheduler(self.tick_every)
        scheduler.start()
        fault: Exception | None = None
        try:
            async with asyncio.TaskGroup() as group:
                working = [
                    group.create_task(supervise(name, part, fatal=WebError))
                    for name, part in (
                        ("dispatch", self.dispatch.run),
                        ("outbox", self.outbox.run),
                        ("bells", self.store.bells.run),
                    )
                ]
                listening = [
                    group.create_task(
                        supervise(name, partial(self.listening.to, network), WebError)
                    )
                    for name, network in self.networks.items()
                ]
                await asyncio.wait(listening)
                for part in working:
                    part.cancel()
        except* WebError as faults:
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

    def receive(uow: UnitOfWork, now: datetime, incoming: Incoming) -> None:
        reception.receive(uow, catalogue, now, incoming)

    def follow_up(uow: UnitOfWork, now: datetime, ref: str) -> None:
        followups.follow_up(uow, catalogue, now, ref)

    def digest(uow: UnitOfWork, now: datetime) -> None:
        digests.enrol(uow, catalogue, now)
        digests.send_due(uow, catalogue, now)

    policies = {portal.prefix: portal.policy for portal in catalogue.portals.values()}

    def opening(delivery: Delivery, now: datetime) -> datetime:
        rule = delivery.rule
        if rule.window is None:
            return now
        prefix = delivery.outgoing.projects[0].partition("-")[0]
        return next_opening(now, rule.window, rule.audience, policies.get(prefix, FollowUpPolicy()))

    async def tell(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        await store.database.transact(
            lambda uow: undelivered.tell(uow, catalogue, now, delivery.outgoing, outcome)
        )

    dispatch = Dispatch(
        store.mail,
        clock,
        receive,
        pauses=settings.dispatch.pauses,
        apology=catalogue.texts("dispatch.apology"),
    )
    leadership = Leadership(store.leases)
    outbox = Outbox(
        store.mail,
        clock,
        by_name,
        lease=settings.outbox.lease,
        paces={n: pace for n, pace in paces(settings).items() if n in by_name},
        opening=opening,
        undelivered=tell,
        may_send=lambda name: listening.may_send(by_name[name]),
    )
    listening = Listening(store.mail, clock, leadership, taken_over=outbox.wake)
    _connect(store, dispatch, outbox)
    store.seats.planner = lambda uow, conversation: rooms.plan(uow, catalogue, conversation)

    async def purge(now: datetime) -> Purged:
        return await store.purging.purge(now, settings.keep.words, settings.keep.copies)

    clockwork = Clockwork(store.database, clock, follow_up, digest, purge)
    tick_every = settings.followup.tick
    return App(
        store, by_name, dispatch, outbox, clockwork, clock, tick_every, leadership, listening
    )


def _connect(store: Store, dispatch: Dispatch, outbox: Outbox) -> None:
    """Whatever grows a box, here or in another process, wakes who looks after it."""
    wakes = {Box.INBOX: dispatch.wake, Box.OUTBOX: outbox.wake}

    def grew(box: Box) -> None:
        wakes[box]()
        store.bells.ring(box)

    store.signals.inbox_grew = partial(grew, Box.INBOX)
    store.signals.outbox_grew = partial(grew, Box.OUTBOX)
    store.bells.heard = lambda box: wakes[box]()


def run(settings: Settings) -> None:
    """`filrouge run`: everything, until SIGTERM or Ctrl-C."""
    _log_to_stderr(settings)
    asyncio.run(_until_stopped(_serve(settings)))


def chat(settings: Settings) -> None:
    """`filrouge chat`: the assistant in this terminal."""
    _log_to_stderr(settings, at_least=logging.ERROR)
    asyncio.run(_until_stopped(_chat(settings)))


async def _serve(settings: Settings) -> None:
    catalogue = load_catalogue(settings.portals_dir, rooms=settings.rooms.network)
    catalogue = replace(catalogue, ways=ways(settings))
    made(settings.data_dir)
    clock: Clock = DemoClock(settings.data_dir / "demo-clock") if settings.demo else SystemClock()
    store = _open(settings, clock)
    try:
        app, demo = None, None
        if isinstance(clock, DemoClock):
            links = await seed(store.database, catalogue, clock)
            demo = Demo(clock, links, lambda: _after_jump(app))
        around = Around(settings, catalogue, clock, store)
        networks = connected(around, demo, lambda: _show(settings, demo))
        app = assemble(store, catalogue, clock, networks, settings)
        await app.run()
    finally:
        store.close()


async def _after_jump(app: App | None) -> None:
    if app is not None:
        await app.clockwork.tick()
        app.outbox.wake()


async def _chat(settings: Settings) -> None:
    catalogue = load_catalogue(settings.portals_dir, rooms=settings.rooms.network)
    made(settings.data_dir)
    clock = SystemClock()
    store = _open(settings, clock)
    try:
        console = ConsoleNetwork(sys.stdin, sys.stdout, clock)
        await assemble(store, catalogue, clock, [console], settings).run()
    finally:
        store.close()


def _open(settings: Settings, clock: Clock) -> Store:
    return open_store(
        settings.database_url,
        data_dir=settings.data_dir,
        now=clock.now,
        worker_id=f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(4)}",
        file_types={
            suffix: FileType(*signature)
            for suffix, signature in load_file_types(settings.web.upload_types).items()
        },
        max_file_size=settings.web.upload_max_bytes,
    )


def _show(settings: Settings, demo: Demonstration | None) -> None:
    """Say where the pages are and, in a demonstration, how to play its people."""
    url = settings.web.url
    if demo is None:
        log.info("the pages are served at %s", url)
        return
    lines = [
        f"Demonstration: {url}/",
        *(f"  {link.name} ({link.role}): {url}{link.path}" for link in demo.links),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _log_to_stderr(settings: Settings, at_least: int = logging.DEBUG) -> None:
    level = max(logging.getLevelNamesMapping()[settings.log_level.upper()], at_least)
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("alembic", "apscheduler"):
        logging.getLogger(talkative).setLevel(max(level, logging.WARNING))


async def _until_stopped(main: Awaitable[None]) -> None:
    """Run until it ends, or SIGTERM or SIGINT cancel it."""
    task = asyncio.ensure_future(main)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
