"""How the program begins and ends as a process: its log, and the signals that stop it."""

import asyncio
import logging
import signal
from collections.abc import Awaitable
from contextlib import suppress


def log_to_stderr(level_name: str, at_least: int = logging.DEBUG) -> None:
    """Write logs of that level, or of `at_least` if it is higher, to standard error."""
    level = max(logging.getLevelNamesMapping()[level_name.upper()], at_least)
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("alembic", "apscheduler"):
        logging.getLogger(talkative).setLevel(max(level, logging.WARNING))


async def run_until_stopped(main: Awaitable[None]) -> None:
    """Run until it ends, or SIGTERM or SIGINT cancel it."""
    task = asyncio.ensure_future(main)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
