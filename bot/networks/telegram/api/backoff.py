"""How long to wait before what failed is tried again."""

import asyncio
from datetime import timedelta


class Backoff:
    """Waits twice as long each time, up to a limit, until it is reset."""

    def __init__(self, first: timedelta, longest: timedelta) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    async def wait(self, at_least: timedelta = timedelta()) -> None:
        """Wait for the next pause, or `at_least` if that is longer."""
        pause, self._next = self._next, min(self._longest, 2 * self._next)
        await asyncio.sleep(max(at_least, pause).total_seconds())

    def reset(self) -> None:
        """Begin again with the first pause: what was tried went well."""
        self._next = self._first
