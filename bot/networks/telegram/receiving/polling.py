"""Polls for updates; what was handed over is confirmed by the next poll, never before."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError, TimedOut

from bot.networks.telegram.api.client import AskedToWait, Client
from bot.networks.telegram.api.errors import WrongToken
from bot.networks.telegram.api.pauses import Pauses
from bot.networks.telegram.settings import TelegramSettings

KNOWN = 1000
"""Updates numbered at most so far below the cursor are those committed before, not yet confirmed.

After a week without any, Telegram draws the next number at random: a cursor may be above what comes
next, so that it must never be an offset.
"""

RawUpdate = Mapping[str, Any]
HandOver = Callable[[Sequence[RawUpdate], str], Awaitable[None]]
"""Takes raw updates and the cursor after them; returns once both are committed."""

_log = logging.getLogger(__name__)


class Poller:
    """One poller; a bot may have no other."""

    def __init__(
        self, client: Client, bot_id: int, settings: TelegramSettings, hand_over: HandOver
    ) -> None:
        self._client = client
        self._bot_id = bot_id
        self._settings = settings
        self._hand_over = hand_over
        self._pauses = Pauses(settings.pause, settings.longest_pause)
        self._said = ""

    async def run(self, cursor: str | None) -> None:
        """Hand over updates from the cursor on, until cancelled. Raises WrongToken."""
        committed = self._committed(cursor)
        offset: int | None = None
        while True:
            updates = await self._poll(offset)
            if updates is None:
                continue
            fresh = [u for u in updates if not committed - KNOWN <= u["update_id"] < committed]
            if fresh:
                committed = int(fresh[-1]["update_id"]) + 1
                await self._committed_at_last(fresh, f"{self._bot_id}:{committed}")
            # An empty answer to an offset: all is confirmed.
            offset = int(updates[-1]["update_id"]) + 1 if updates else None

    def _committed(self, cursor: str | None) -> int:
        """The number that follows the last update committed; a cursor of another bot is none."""
        bot, _, number = (cursor or "").partition(":")
        return int(number) if bot == str(self._bot_id) and number.isdecimal() else 0

    async def _poll(self, offset: int | None) -> list[dict[str, Any]] | None:
        settings = self._settings
        try:
            updates = await self._client.raw_updates(
                offset, settings.poll_for, settings.answers_within
            )
        except InvalidToken as error:
            raise WrongToken from error
        except AskedToWait as error:
            await self._pauses.wait(error.after)
        except Conflict:
            await self._wait(
                "another program receives this bot's updates (it polls too, or has set a webhook): "
                "stop it; waiting"
            )
        except TelegramError as error:
            if _unanswered(error):
                return None
            await self._wait(f"Telegram cannot be reached ({type(error).__name__}); trying again")
        else:
            self._pauses.over()
            self._said = ""
            return updates
        return None

    async def _committed_at_last(self, updates: Sequence[RawUpdate], cursor: str) -> None:
        """The same updates are handed over again until they are committed."""
        while True:
            try:
                await self._hand_over(updates, cursor)
            except Exception as error:
                await self._wait(f"updates could not be handed over: {type(error).__name__}")
            else:
                self._pauses.over()
                return

    async def _wait(self, why: str) -> None:
        """Said once, until it goes well again or something else is wrong."""
        if why != self._said:
            _log.warning("%s", why)
            self._said = why
        await self._pauses.wait()


def _unanswered(error: TelegramError) -> bool:
    """Whether a long poll was just never answered, as happens: it is asked again at once."""
    return isinstance(error, TimedOut) and type(error.__cause__).__name__ == "ReadTimeout"
