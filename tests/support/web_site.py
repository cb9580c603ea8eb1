"""The web network served on a free port, with everything it is given held in memory."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer

from bot.networks.web.network import WebNetwork
from bot.networks.web.site import Limits, WebParts
from bot.ports.email_links import Proposals
from bot.ports.readiness import Readiness
from bot.ports.web import Demonstration
from handlers.routing.commands import page_forms
from tests.support import web_story
from tests.support.memory_pages import MemoryChat, MemoryLinks, MemoryQueries
from tests.support.memory_ports import Inbox, MemoryFiles, SettableClock
from tests.support.shipped import catalogue
from tests.support.visitor import Visitor

# Pages do not wait for answers: tests that want them to say so.
HASTY = Limits(answer_wait=timedelta(0), retry_after=timedelta(milliseconds=5))


@dataclass
class Site:
    """The network, what it was given, and where it is served."""

    network: WebNetwork
    base: str
    clock: SettableClock
    chat: MemoryChat
    queries: MemoryQueries
    files: MemoryFiles
    links: MemoryLinks
    inbox: Inbox


async def failing(
    visitor: Visitor,
    path: str,
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Status and page of a request that the server is to fail on: a POST if it has data."""
    method = "GET" if data is None else "POST"
    async with visitor._session.request(
        method, f"{visitor.base}{path}", data=data, headers=headers
    ) as answer:
        return answer.status, await answer.text()


async def ready() -> Readiness:
    """All is well."""
    return Readiness(networks={"web": True})


def web_network(folder: Path, **given: Any) -> WebNetwork:
    """The network, with stand-ins in memory for what of `WebParts` is not given."""
    clock = SettableClock()
    usual = WebParts(
        chat=MemoryChat(),
        queries=web_story.queries(),
        look=ready,
        files=MemoryFiles(folder),
        links=MemoryLinks(clock),
        is_answered=Inbox().is_answered,
        clock=clock,
        secret_key="a secret of the tests, long enough",
        public_url="http://filrouge.test",
        host="127.0.0.1",
        port=0,
        portals=web_story.PORTALS,
        theme_label=web_story.THEMES.__getitem__,
        departement_name=web_story.DEPARTEMENTS.__getitem__,
        texts=catalogue().texts,
        commands=page_forms(),
        limits=HASTY,
    )
    return WebNetwork(replace(usual, **given))


@asynccontextmanager
async def serving(
    folder: Path,
    *,
    limits: Limits = HASTY,
    public_url: str = "http://filrouge.test",
    demo: Demonstration | None = None,
    more_projects: int = 0,
    proposals: Proposals | None = None,
    clock: SettableClock | None = None,
    wake_elsewhere: Callable[[str], None] = lambda _: None,
) -> AsyncIterator[Site]:
    """The site with the story of `web_story`; links "claire", "samuel" and "nadia" open desks."""
    clock = clock or SettableClock()
    links, chat, files, inbox = MemoryLinks(clock), MemoryChat(), MemoryFiles(folder), Inbox()
    queries = web_story.queries(more_projects)
    for desk in queries.desks.values():
        links.add(desk.name.split()[0].lower(), desk.person_id, reusable=True)
    network = web_network(
        folder,
        chat=chat,
        queries=queries,
        files=files,
        links=links,
        is_answered=inbox.is_answered,
        clock=clock,
        public_url=public_url,
        demo=demo,
        proposals=proposals,
        wake_elsewhere=wake_elsewhere,
        limits=limits,
    )
    async with TestServer(network.application()) as server:
        handing_over = asyncio.create_task(network.hand_over(inbox.receive))
        try:
            base = str(server.make_url("")).rstrip("/")
            yield Site(network, base, clock, chat, queries, files, links, inbox)
        finally:
            handing_over.cancel()
            with suppress(asyncio.CancelledError):
                await handing_over
