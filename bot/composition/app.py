"""The composition root: the only module that knows everything."""

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace

from bot.composition.assembly import App, assemble
from bot.composition.demonstration import Demo, seed
from bot.composition.networks import Around, connected, ways
from bot.networks.console import ConsoleNetwork
from bot.networks.web import WebError
from bot.ports.clock import Clock
from bot.ports.web import Demonstration
from bot.runtime.clocks import DemoClock, SystemClock
from config.catalogue import load_catalogue
from config.data_folder import make_data_folder
from config.file_types import load_file_types
from config.settings import Settings
from storage import FileType, Store, open_store

log = logging.getLogger(__name__)


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
    make_data_folder(settings.data_dir)
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
        await app.run(fatal=WebError)
    finally:
        store.close()


async def _after_jump(app: App | None) -> None:
    if app is not None:
        await app.clockwork.tick()
        app.outbox.wake()


async def _chat(settings: Settings) -> None:
    catalogue = load_catalogue(settings.portals_dir, rooms=settings.rooms.network)
    make_data_folder(settings.data_dir)
    clock = SystemClock()
    store = _open(settings, clock)
    try:
        console = ConsoleNetwork(sys.stdin, sys.stdout, clock)
        await assemble(store, catalogue, clock, [console], settings).run(fatal=WebError)
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
