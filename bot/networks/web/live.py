"""Server-sent events: tells open pages that there is news, which they then fetch."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.networks.web.identity import Seat, chat_seat, room_seat, team_seat
from bot.networks.web.site import SITE

HEARTBEAT_SECONDS = 25.0
_NEWS = b"event: nouveau\ndata:\n\n"
_HEARTBEAT = b":\n\n"

CLOSING = web.AppKey("CLOSING", asyncio.Event)


async def chat(request: web.Request) -> web.StreamResponse:
    """News of the élu's conversation."""

    async def seated() -> Seat:
        seat = chat_seat(request)
        if seat is None:
            raise web.HTTPNotFound
        return seat

    return await _stream(request, seated)


async def room(request: web.Request) -> web.StreamResponse:
    """News of a project's room, as long as the advisor may see it."""

    async def seated() -> Seat:
        return (await room_seat(request, request.match_info["ref"]))[1]

    return await _stream(request, seated)


async def team(request: web.Request) -> web.StreamResponse:
    """News of a portal's team, as long as the person belongs to it."""

    async def seated() -> Seat:
        return (await team_seat(request, request.match_info["portail"]))[1]

    return await _stream(request, seated)


async def _stream(
    request: web.Request, seated: Callable[[], Awaitable[Seat]]
) -> web.StreamResponse:
    site = request.app[SITE]
    seat = await seated()
    if site.bells.count >= site.parts.limits.live_pages:
        raise web.HTTPServiceUnavailable
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    with site.bells.listening(seat.conversation.name) as news:
        await response.write(b"retry: 2000\n\n")
        while not request.app[CLOSING].is_set():
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await news.wait()
                beat = _NEWS
            except TimeoutError:
                beat = _HEARTBEAT
            news.clear()
            try:
                await seated()
                await response.write(beat)
            except (web.HTTPException, ConnectionError):
                break
    return response
