"""The embedded web network: serves its pages, hands over what is posted, shows what is sent."""

import asyncio
import logging
import os
from contextlib import suppress
from datetime import timedelta

from aiohttp import web

from bot.domain.people import PAGES
from bot.networks.web.server import application
from bot.networks.web.site import Site, WebParts
from bot.networks.web.templates import environment
from bot.ports.network import Capabilities, Operation, Outgoing, Receive

_BATCH = 100
_log = logging.getLogger(__name__)


class AddressInUse(Exception):
    """Another program already listens at this address."""


class WebNetwork:
    """Its own chat server: what is posted is durable before it is answered, and shown once."""

    name = PAGES
    connected = True
    capabilities = Capabilities(
        idempotent=True,
        operations=frozenset({Operation.EDIT, Operation.DELETE}),
    )

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._site = Site(parts, environment(parts))

    def application(self) -> web.Application:
        """The pages, for a server of the caller's own."""
        return application(self._site)

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Serve the pages and hand over posts, without a cursor. Raises AddressInUse."""
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=2)
        await runner.setup()
        try:
            await self._open(runner)
            self._parts.when_served()
            await self.hand_over(receive)
        finally:
            await runner.cleanup()

    async def hand_over(self, receive: Receive) -> None:
        """Hand over what people post, without serving the pages, until cancelled."""
        chat, limits = self._parts.chat, self._parts.limits
        while True:
            self._site.posted.clear()
            try:
                events = await chat.waiting_posts(_BATCH)
                if events:
                    await receive(events, None)
                    await chat.mark_taken([event.key for event in events])
            except Exception as error:
                _log.warning("Posts could not be handed over: %s", type(error).__name__)
                await asyncio.sleep(limits.retry_after.total_seconds())
                continue
            if not events:
                await self._wait_for_posts(limits.idle_poll)

    async def send(self, outgoing: Outgoing) -> str:
        """Show the message in its conversation, once for its key; wake the pages that show it."""
        remote_id = await self._parts.chat.deliver(outgoing, self._parts.clock.now())
        self._site.metrics.deliveries.inc()
        self._site.wake_pages(outgoing.conversation.name)
        return remote_id

    def wake_pages(self, conversation: str | None) -> None:
        """Another process has news of the conversation, or of any (None): wake its pages here."""
        if conversation is None:
            self._site.live_pages.wake_all()
        else:
            self._site.live_pages.wake(conversation)

    async def _wait_for_posts(self, limit: timedelta) -> None:
        """Wait no longer than `limit`: another process may have kept something."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limit.total_seconds()):
                await self._site.posted.wait()

    async def _open(self, runner: web.AppRunner) -> None:
        host, port = self._parts.host, self._parts.port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            why = f"The pages cannot be served at {host}:{port}: {_why(error)}."
            raise AddressInUse(why) from error


def _why(error: OSError) -> str | None:
    """The system's own words (the library's repeat the address); a host's fault has no number."""
    number = error.errno or 0
    return os.strerror(number) if number > 0 else error.strerror
