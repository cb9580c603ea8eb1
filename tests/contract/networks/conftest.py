"""One driver for each network: a network joins the suite by a line in DRIVERS."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.contract.networks.console_driver import console_driver
from tests.contract.networks.driver import Driver
from tests.contract.networks.matrix_driver import encrypted_matrix_driver, matrix_driver
from tests.contract.networks.telegram_driver import telegram_driver
from tests.contract.networks.web_driver import web_driver

DRIVERS: dict[str, Callable[[Path], AbstractAsyncContextManager[Driver]]] = {
    "web": web_driver,
    "console": console_driver,
    "telegram": telegram_driver,
    "matrix": matrix_driver,
    "matrix-encrypted": encrypted_matrix_driver,
}


@pytest.fixture(params=DRIVERS)
async def driver(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Driver]:
    """A person at their end of one of the networks."""
    async with DRIVERS[request.param](tmp_path) as person:
        yield person
