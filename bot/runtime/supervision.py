"""Keeps the parts of a process running."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.ports.network import NetworkError
from bot.runtime.error_logging import describe

log = logging.getLogger(__name__)

PAUSE_S = 2.0
MISCONFIGURED_PAUSE_S = 60.0


async def supervise(name: str, part: Callable[[], Awaitable[None]], fatal: type[Exception]) -> None:
    """Run a part for ever: if it fails, say so and start it again after a pause.

    Nothing is lost meanwhile: what it works on is in the database. A part that returns has
    finished. A `fatal` error goes on: starting again would not help. A network that cannot be used
    as configured is tried again when it says, or each minute; the others go on.
    """
    while True:
        try:
            await part()
        except fatal:
            raise
        except NetworkError as error:
            log.error("%s: %s", name, error)  # noqa: TRY400 - one line for operators
            pause = error.again_after
            await asyncio.sleep(
                pause.total_seconds() if pause is not None else MISCONFIGURED_PAUSE_S
            )
        except Exception as error:
            log.warning("%s failed (%s), starting it again", name, describe(error))
            await asyncio.sleep(PAUSE_S)
        else:
            return
