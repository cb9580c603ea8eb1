"""Answers Telegram when it brings an update: 200 once it is committed, else it is brought again."""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

HEADER = "X-Telegram-Bot-Api-Secret-Token"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Take = Callable[[Mapping[str, Any]], Awaitable[None]]

_log = logging.getLogger(__name__)


def make_handler(secret: str, take: Take) -> Handler:
    """The handler of the webhook's address. `take` returns once the update is committed."""

    async def answer(request: web.Request) -> web.StreamResponse:
        said = request.headers.get(HEADER, "")
        if not secret or not hmac.compare_digest(said.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
            int(update["update_id"])
        except (ValueError, TypeError, KeyError):
            return web.Response(status=400)
        try:
            await take(update)
        except Exception as error:
            _log.warning("an update could not be handed over: %s", type(error).__name__)
            return web.Response(status=503)
        return web.Response()

    return answer
