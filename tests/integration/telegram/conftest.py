"""A strict Bot API server, and who talks with it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from tests.integration.telegram.caller import Caller
from tests.support.botapi import BotApi


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
