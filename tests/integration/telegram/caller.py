"""Calls a Bot API server without any client library."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession

from tests.support.botapi import BotApi


async def until(condition: Callable[[], object]) -> None:
    """Return once the condition holds."""
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.002)


class Caller:
    """The bot, by hand."""

    def __init__(self, session: ClientSession, api: BotApi) -> None:
        self._session = session
        self._api = api

    async def asks(self, method: str, *, token: str = "", **arguments: Any) -> dict[str, Any]:
        """The whole answer of a call, `ok` or not."""
        url = f"{self._api.url}/bot{token or self._api.token}/{method}"
        async with self._session.post(url, json=arguments) as answer:
            body = await answer.json()
            assert isinstance(body, dict)
            assert (200 if body["ok"] else body["error_code"]) == answer.status
            return body

    async def gets(self, method: str, **arguments: Any) -> Any:
        """What a call that is carried out gives."""
        answer = await self.asks(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **arguments: Any) -> str:
        """Why a call is refused."""
        answer = await self.asks(method, **arguments)
        assert not answer["ok"], answer
        return str(answer["description"])
