"""The site, and people at browsers without JavaScript."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.visitor import Visitor
from tests.support.web_site import Site, serving


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """The site, served."""
    async with serving(tmp_path) as served:
        yield served


@pytest.fixture
async def visitor(site: Site) -> AsyncIterator[Visitor]:
    """A fresh browser."""
    async with Visitor(site.base) as someone:
        yield someone


@pytest.fixture
async def advisor(site: Site) -> AsyncIterator[Visitor]:
    """The browser of an advisor, who entered by her link."""
    async with Visitor(site.base) as someone:
        await someone.enter("/acces/claire")
        yield someone


@pytest.fixture
async def coordinator(site: Site) -> AsyncIterator[Visitor]:
    """The browser of somebody of the team."""
    async with Visitor(site.base) as someone:
        await someone.enter("/acces/nadia")
        yield someone
