"""The two programs that run for long: the service, and the assistant in a terminal."""

import asyncio
import logging
import os
import secrets
import sys
from contextlib import closing
from dataclasses import replace

from bot.composition.assembly import assemble
from bot.composition.demonstration import Demo, seed
from bot.composition.networks import NetworkFactory
from bot.networks.console import ConsoleNetwork
from bot.networks.web.network import AddressInUse
from bot.ports.clock import Clock
from bot.ports.web import Demonstration
from bot.runtime.clocks import DemoClock, SystemClock
from bot.runtime.process import log_to_stderr, run_until_stopped
from bot.runtime.readiness import ReadinessCheck
from config.catalogue import load_catalogue
from config.data_folder import make_data_folder
from config.file_types import load_file_types
from config.portals import stand_in_of, unattended
from config.settings import Settings
from storage import FileType, Store, open_store

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """`filrouge run`: everything, until SIGTERM or Ctrl-C."""
    log_to_stderr(settings.log_level)
    asyncio.run(run_until_stopped(_serve(settings)))


def chat(settings: Settings) -> None:
    """`filrouge chat`: the assistant in this terminal."""
    log_to_stderr(settings.log_level, at_least=logging.ERROR)
    asyncio.run(run_until_stopped(_chat(settings)))


async def _serve(settings: Settings) -> None:
    catalogue = load_catalogue(
        settings.portals_dir, rooms=settings.rooms.network, off=settings.portals_off
    )
    catalogue = replace(catalogue, ways=frozenset(settings.networks))
    make_data_folder(settings.data_dir)
    clock: Clock = DemoClock(settings.data_dir / "demo-clock") if settings.demo else SystemClock()
    with closing(_open_store(settings, clock)) as store:
        coordinated = await store.queries.coordinated()
        for portal in () if settings.demo else unattended(catalogue.portals, coordinated):
            stand_in = stand_in_of(catalogue.portals, portal).slug
            log.warning("portal %s has no team: its projects go to %s", portal.slug, stand_in)
        demo = None
        if isinstance(clock, DemoClock):
            demo = Demo(clock, await seed(store.database, catalogue, clock))
        readiness = ReadinessCheck(
            store.probe,
            clock,
            settings.data_dir,
            oldest=settings.ready.oldest_message,
            free_mb=settings.ready.free_mb,
        )
        factory = NetworkFactory(settings, catalogue, clock, store, readiness.look)
        networks = factory.connect(demo, lambda: _announce(settings, demo))
        app = assemble(store, catalogue, clock, networks, settings)
        readiness.watch(app.networks, app.leadership, lambda: app.courier.standstill)
        if demo is not None:
            demo.after_jump = app.catch_up
        await app.run(fatal=AddressInUse)


async def _chat(settings: Settings) -> None:
    catalogue = load_catalogue(
        settings.portals_dir, rooms=settings.rooms.network, off=settings.portals_off
    )
    make_data_folder(settings.data_dir)
    clock = SystemClock()
    with closing(_open_store(settings, clock)) as store:
        console = ConsoleNetwork(sys.stdin, sys.stdout, clock)
        await assemble(store, catalogue, clock, [console], settings).run(fatal=AddressInUse)


def _open_store(settings: Settings, clock: Clock) -> Store:
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


def _announce(settings: Settings, demo: Demonstration | None) -> None:
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
