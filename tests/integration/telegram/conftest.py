"""A strict Bot API server, and who talks with it."""

from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.integration.telegram.caller import Caller
from tests.support.botapi import BotApi
from tests.support.telegram_bot import Bot, telegram_bot


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A fresh server."""
    async with BotApi().serving() as server:
        yield server


@pytest.fixture
async def caller(api: BotApi) -> AsyncIterator[Caller]:
    """The bot, by hand."""
    async with ClientSession() as session:
        yield Caller(session, api)


@pytest.fixture(scope="session")
def models() -> Any:
    """The models of another client, aiogram: they take longer to load than all their uses."""
    return import_module("aiogram.types")


@pytest.fixture
async def bot(api: BotApi, tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot, with a forum group."""
    async with telegram_bot(api, tmp_path) as made:
        yield made


@pytest.fixture
def martine(bot: Bot) -> int:
    """Somebody who has begun a private chat with the bot."""
    user = bot.api.world.add_user("Martine", "Duval")
    return bot.api.world.private(user).id
