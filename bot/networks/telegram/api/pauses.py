"""How long to wait before what failed is tried again."""

import asyncio
from datetime import timedelta


class Pauses:
    """Waits twice as long each time, up to a limit, until it goes well again."""

    def __init__(self, first: timedelta, longest: timedelta) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    async def wait(self, at_least: timedelta = timedelta()) -> None:
        """One more pause."""
        pause, self._next = self._next, min(self._longest, 2 * self._next)
        await asyncio.sleep(max(at_least, pause).total_seconds())

    def over(self) -> None:
        """It went well."""
        self._next = self._first
