"""The web network, through HTTP, as a browser without JavaScript sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.visitor import Visitor
from tests.support.web_site import Site, serving


class WebDriver:
    """An élu at the page of the chat."""

    def __init__(self, site: Site, visitor: Visitor) -> None:
        self.network = site.network
        self.inbox = site.inbox
        self._visitor = visitor

    async def types(self, text: str) -> None:
        await self._visitor.say("/", text)

    async def picks(self, label: str) -> None:
        await self._visitor.choose("/", label)

    async def shown(self) -> str:
        return (await self._visitor.get("/")).text


@asynccontextmanager
async def web_driver(folder: Path) -> AsyncIterator[WebDriver]:
    """A fresh site and a fresh browser."""
    async with serving(folder) as site, Visitor(site.base) as visitor:
        yield WebDriver(site, visitor)
