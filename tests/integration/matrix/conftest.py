"""An assistant and people on a real homeserver."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.matrix_assistant import Assistant, assistant
from tests.support.matrix_people import CarefulPerson, Person, careful_person, person
from tests.support.synapse import Synapse, synapse


@pytest.fixture
def server() -> Synapse:
    """The session's homeserver, its rate limits raised."""
    return synapse()


@pytest.fixture
def helper(server: Synapse, tmp_path: Path) -> Assistant:
    """An assistant that does not run yet, and makes rooms in clear."""
    return assistant(server.base, server.register(), tmp_path, encrypted=False)


@pytest.fixture
def sealed(server: Synapse, tmp_path: Path) -> Assistant:
    """An assistant that does not run yet, and makes encrypted rooms."""
    return assistant(server.base, server.register(), tmp_path)


@pytest.fixture
async def elected(server: Synapse) -> AsyncIterator[Person]:
    """An élu whose client does not encrypt."""
    async with person(server.base, server.register()) as somebody:
        yield somebody


@pytest.fixture
async def advisor(server: Synapse) -> AsyncIterator[Person]:
    """An advisor whose client does not encrypt."""
    async with person(server.base, server.register()) as somebody:
        yield somebody


@pytest.fixture
async def careful(server: Synapse, tmp_path: Path) -> AsyncIterator[CarefulPerson]:
    """An advisor whose client trusts signed devices alone."""
    async with careful_person(server.base, server.register(), tmp_path / "prudente") as somebody:
        yield somebody
