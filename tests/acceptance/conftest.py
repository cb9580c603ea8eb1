"""One service for all the tests that neither kill it nor move its time, and people to play."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.service import Service, running
from tests.support.visitor import Visitor

ADVISOR = "Nadège Poirier"
BRIDGE_ADVISOR = "Yann Le Bihan"
OBSERVER = "Lucette Dumoulin"
COORDINATOR = "Camille Rousselot"


@dataclass(frozen=True, slots=True)
class House:
    """The service, and links of people of its register."""

    service: Service
    links: dict[str, str]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The service, started as operators do, with its links."""
    service = Service(tmp_path_factory.mktemp("house"), by_command=True)
    links = service.invite(ADVISOR, BRIDGE_ADVISOR, OBSERVER, COORDINATOR)
    with running(service):
        yield House(service, links)


@pytest.fixture
async def elu(house: House) -> AsyncIterator[Visitor]:
    """An élu who has said nothing yet."""
    async with Visitor(house.service.url) as visitor:
        yield visitor


@pytest.fixture
async def other(house: House) -> AsyncIterator[Visitor]:
    """Somebody else, whom nothing links to the others."""
    async with Visitor(house.service.url) as visitor:
        yield visitor


@pytest.fixture
async def advisor(house: House) -> AsyncIterator[Visitor]:
    """An advisor of the Vendée for derelict land and town planning."""
    async with Visitor(house.service.url) as visitor:
        await visitor.enter(house.links[ADVISOR])
        yield visitor


@pytest.fixture
async def bridge_advisor(house: House) -> AsyncIterator[Visitor]:
    """An advisor of the Vendée for bridges."""
    async with Visitor(house.service.url) as visitor:
        await visitor.enter(house.links[BRIDGE_ADVISOR])
        yield visitor


@pytest.fixture
async def observer(house: House) -> AsyncIterator[Visitor]:
    """An observer of the Vendée."""
    async with Visitor(house.service.url) as visitor:
        await visitor.enter(house.links[OBSERVER])
        yield visitor


@pytest.fixture
async def team(house: House) -> AsyncIterator[Visitor]:
    """A coordinator of all portals."""
    async with Visitor(house.service.url) as visitor:
        await visitor.enter(house.links[COORDINATOR])
        yield visitor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a service of its own keeps its data."""
    return tmp_path / "var"
