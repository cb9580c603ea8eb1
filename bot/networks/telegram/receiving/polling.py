"""Polls for updates. Each poll confirms to Telegram what was committed before it, and no more.

python-telegram-bot's own poller confirms updates before anybody has taken them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError, TimedOut

from bot.networks.telegram.api.backoff import Backoff
from bot.networks.telegram.api.client import AskedToWait, Client
from bot.networks.telegram.settings import TelegramSettings, WrongToken

KNOWN = 1000
"""Updates numbered at most so far below the cursor were committed already, and not confirmed.

After a week without updates, Telegram draws the next number at random, maybe below the cursor:
the cursor must never be sent as an offset.
"""

RawUpdate = Mapping[str, Any]
HandOver = Callable[[Sequence[RawUpdate], str], Awaitable[None]]
"""Takes raw updates and the cursor after them; returns once both are committed."""


class Poller:
    """Asks Telegram for updates; a bot may have only one poller. `answered`: the last poll was."""

    def __init__(
        self, client: Client, bot_id: int, settings: TelegramSettings, hand_over: HandOver
    ) -> None:
        self._client = client
        self._bot_id = bot_id
        self._settings = settings
        self._hand_over = hand_over
        self._backoff = Backoff(settings.pause, settings.longest_pause)
        self.answered = True

    async def run(self, cursor: str | None) -> None:
        """Hand over updates from the cursor on, until cancelled. Raises WrongToken."""
        committed = self._read_cursor(cursor)
        offset: int | None = None
        while True:
            updates = await self._poll(offset)
            self.answered = updates is not None
            if updates is None:
                continue
            fresh = [u for u in updates if not committed - KNOWN <= u["update_id"] < committed]
            if fresh:
                committed = int(fresh[-1]["update_id"]) + 1
                await self._hand_over_until_committed(fresh, f"{self._bot_id}:{committed}")
            # No answer to an offset is left: all is confirmed.
            offset = int(updates[-1]["update_id"]) + 1 if updates else None

    def _read_cursor(self, cursor: str | None) -> int:
        """The number after the last update committed; 0 if the cursor is another bot's."""
        bot, _, number = (cursor or "").partition(":")
        return int(number) if bot == str(self._bot_id) and number.isdecimal() else 0

    async def _poll(self, offset: int | None) -> list[dict[str, Any]] | None:
        settings = self._settings
        try:
            updates = await self._client.get_raw_updates(
                offset, settings.poll_for, settings.answers_within
            )
        except InvalidToken as error:
            raise WrongToken from error
        except AskedToWait as error:
            self.answered = False
            await self._backoff.wait(error.after)
        except Conflict:
            self.answered = False
            await self._backoff.warn_and_wait(
                "another program receives this bot's updates (it polls too, or has set a webhook): "
                "stop it; waiting"
            )
        except TelegramError as error:
            if _is_unanswered(error):
                return None
            self.answered = False
            await self._backoff.warn_and_wait(unreached(error))
        else:
            self._backoff.reset()
            return updates
        return None

    async def _hand_over_until_committed(self, updates: Sequence[RawUpdate], cursor: str) -> None:
        while True:
            try:
                await self._hand_over(updates, cursor)
            except Exception as error:
                why = f"updates could not be handed over: {type(error).__name__}"
                await self._backoff.warn_and_wait(why)
            else:
                self._backoff.reset()
                return


def unreached(error: TelegramError) -> str:
    """What is logged while Telegram cannot be reached."""
    return f"Telegram cannot be reached ({type(error).__name__}); trying again"


def _is_unanswered(error: TelegramError) -> bool:
    """Whether a long poll got no answer at all, as happens: we poll again at once."""
    return isinstance(error, TimedOut) and type(error.__cause__).__name__ == "ReadTimeout"
