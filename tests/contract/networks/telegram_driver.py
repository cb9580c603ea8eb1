"""Telegram, through a strict local Bot API server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.networks.telegram.network import TelegramNetwork
from tests.support.botapi import BotApi
from tests.support.botapi.world import User, labels
from tests.support.telegram_bot import Bot, telegram_bot


class TelegramDriver:
    """An élu in their private chat with the bot."""

    def __init__(self, bot: Bot, network: TelegramNetwork, user: User) -> None:
        self._bot = bot
        self._user = user
        self.network = network
        self.inbox = bot.inbox

    async def types(self, text: str) -> None:
        self._bot.api.people.says(self._user.id, text)

    async def picks(self, label: str) -> None:
        self._bot.api.people.taps(self._user.id, label)

    async def shown(self) -> str:
        messages = self._bot.api.people.shown(self._user.id)
        return "\n".join("\n".join([m["text"], *labels(m)]) for m in messages)


@asynccontextmanager
async def telegram_driver(folder: Path) -> AsyncIterator[TelegramDriver]:
    """A fresh server and a fresh chat."""
    async with (
        BotApi().serving() as api,
        telegram_bot(api, folder) as bot,
        bot.running() as network,
    ):
        yield TelegramDriver(bot, network, bot.api.world.add_user("Martine", "Duval"))
