"""Server-sent events: tells open pages that there is news, which they then fetch."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.networks.web.session import Seat
from bot.networks.web.site import SITE

HEARTBEAT_SECONDS = 25.0
_NEWS = b"event: nouveau\ndata:\n\n"
_HEARTBEAT = b":\n\n"


async def stream_news(
    request: web.Request, find_seat: Callable[[web.Request], Awaitable[Seat]]
) -> web.StreamResponse:
    """Tell of each piece of news in the seat's conversation, until the page or the site leaves.

    Who has lost the seat is told no more. Raises HTTPServiceUnavailable if too many pages are open.
    """
    site = request.app[SITE]
    seat = await find_seat(request)
    if site.live_pages.count >= site.parts.limits.live_pages:
        raise web.HTTPServiceUnavailable
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    with site.live_pages.wait_for(seat.conversation.name) as news:
        await response.write(b"retry: 2000\n\n")
        while not site.closing.is_set():
            beat = await _next_beat(news)
            try:
                await find_seat(request)
                await response.write(beat)
            except (web.HTTPException, ConnectionError):
                break
    return response


async def _next_beat(news: asyncio.Event) -> bytes:
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            await news.wait()
    except TimeoutError:
        return _HEARTBEAT
    news.clear()
    return _NEWS
