"""How long to wait before what failed is tried again."""

import asyncio
import logging
from datetime import timedelta

_log = logging.getLogger(__name__)


class Backoff:
    """Waits twice as long each time, up to a limit, until it is reset."""

    def __init__(self, first: timedelta, longest: timedelta) -> None:
        self._first = first
        self._longest = longest
        self._next = first
        self._last_warning = ""

    async def wait(self, at_least: timedelta = timedelta()) -> None:
        """Wait for the next pause, or `at_least` if that is longer."""
        pause, self._next = self._next, min(self._longest, 2 * self._next)
        await asyncio.sleep(max(at_least, pause).total_seconds())

    async def warn_and_wait(self, why: str) -> None:
        """Log why, once until it goes well again or something else is wrong; then wait."""
        if why != self._last_warning:
            _log.warning("%s", why)
            self._last_warning = why
        await self.wait()

    def reset(self) -> None:
        """Begin again with the first pause: what was tried went well."""
        self._next = self._first
        self._last_warning = ""
