"""The console, through a pipe."""

import asyncio
import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from bot.networks.console import ConsoleNetwork
from tests.support.memory_ports import Inbox, SettableClock


class ConsoleDriver:
    """Somebody at a terminal."""

    def __init__(self, source: TextIO, keyboard: TextIO) -> None:
        self._keyboard = keyboard
        self._screen = io.StringIO()
        self.network = ConsoleNetwork(
            source, self._screen, SettableClock(), retry_after=timedelta(milliseconds=5)
        )
        self.inbox = Inbox()

    async def types(self, text: str) -> None:
        self._keyboard.write(f"{text}\n")

    async def picks(self, label: str) -> None:
        """By its number, as it stands on the screen."""
        line = next(line for line in self._screen.getvalue().splitlines() if line.endswith(label))
        await self.types(line.strip().partition(".")[0])

    async def shown(self) -> str:
        return self._screen.getvalue()


@asynccontextmanager
async def console_driver(_folder: Path) -> AsyncIterator[ConsoleDriver]:
    """A fresh terminal."""
    reading, writing = os.pipe()
    with (
        os.fdopen(reading, encoding="utf-8") as source,
        os.fdopen(writing, "w", encoding="utf-8", buffering=1) as keyboard,
    ):
        driver = ConsoleDriver(source, keyboard)
        running = asyncio.create_task(driver.network.run(None, driver.inbox.receive))
        yield driver
        keyboard.close()
        with suppress(asyncio.CancelledError):
            await running
