"""The Bot API over HTTP."""

import asyncio
import inspect
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import web

from tests.support.botapi.control import control
from tests.support.botapi.faults import Fault, Planned
from tests.support.botapi.hooks import deliver_to_webhook
from tests.support.botapi.methods import METHODS
from tests.support.botapi.parameters import parameters
from tests.support.botapi.people import People
from tests.support.botapi.refusals import Refusal, flood
from tests.support.botapi.world import World, shown

BODY_MOST = 60_000_000
NEVER_S = 3600.0
_TOKEN = re.compile(r"\d{1,10}:[A-Za-z0-9_-]{35}")


class BotApi:
    """A Bot API server for one bot, with the people who talk to it."""

    def __init__(self) -> None:
        self.world = World()
        self.people = People(self.world)
        self.url = ""

    @property
    def token(self) -> str:
        """The bot's token, the only one that is accepted."""
        return self.world.token

    def application(self) -> web.Application:
        """The server's routes."""
        app = web.Application(client_max_size=BODY_MOST)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.router.add_post("/control", control(self.world, self.people))
        return app

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator["BotApi"]:
        """The server, on a port of this machine (0: a free one)."""
        runner = web.AppRunner(
            self.application(), access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await runner.setup()
        delivering = asyncio.create_task(deliver_to_webhook(self.world))
        try:
            site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self
        finally:
            delivering.cancel()
            with suppress(asyncio.CancelledError):
                await delivering
            await runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        if not _TOKEN.fullmatch(token):
            return _refuse(Refusal(404, "Not Found"))
        if token != self.world.token:
            return _refuse(Refusal(401, "Unauthorized"))
        if method.lower() not in METHODS:
            return _refuse(Refusal(404, "Not Found"))
        self.world.calls.append(method)
        planned = self.world.faults.next(method)
        early = _fail_before(request, planned)
        if early is not None:
            return early
        answer = await self._carry_out(request, method)
        return await _fail_after(request, planned, answer)

    async def _carry_out(self, request: web.Request, method: str) -> web.Response:
        try:
            result = METHODS[method.lower()](self.world, await parameters(request))
            if inspect.isawaitable(result):
                result = await result
        except Refusal as refusal:
            return _refuse(refusal)
        return web.json_response({"ok": True, "result": _as_result(result)})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _refuse(Refusal(401, "Unauthorized"))
        planned = self.world.faults.next("file")
        early = _fail_before(request, planned)
        if early is not None:
            return early
        for stored in self.world.files.values():
            if stored.path == request.match_info["path"]:
                return web.Response(body=stored.content, content_type="application/octet-stream")
        return _refuse(Refusal(404, "Not Found"))


def _as_result(result: Any) -> Any:
    return shown(result) if isinstance(result, dict) else result


def _refuse(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


def _fail_before(request: web.Request, planned: Planned | None) -> web.StreamResponse | None:
    """The answer, if a fault keeps the call from being carried out."""
    if planned is None:
        return None
    if planned.fault is Fault.STATUS:
        phrase = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
        return _refuse(Refusal(planned.number, phrase.get(planned.number, "Error")))
    if planned.fault is Fault.FLOOD:
        return _refuse(flood(planned.number))
    if planned.fault is Fault.RESET:
        _break(request)
        return web.Response()
    return None


async def _fail_after(
    request: web.Request, planned: Planned | None, answer: web.Response
) -> web.StreamResponse:
    """The answer, if a fault comes once the call was carried out."""
    if planned is None:
        return answer
    if planned.fault is Fault.SILENT:
        await asyncio.sleep(NEVER_S)
    if planned.fault is Fault.CUT:
        _break(request)
    if planned.fault is Fault.GARBAGE:
        return web.Response(text="<html>not what you think</html>")
    return answer


def _break(request: web.Request) -> None:
    if isinstance(request.transport, asyncio.Transport):
        request.transport.abort()
