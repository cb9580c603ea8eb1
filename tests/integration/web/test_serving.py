"""The network runs by itself: it serves its pages until it is cancelled."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

from bot.networks.web.network import AddressInUse
from tests.support.memory_ports import Inbox
from tests.support.web_site import web_network


async def test_running_serves_the_pages_and_cancelling_frees_the_port(tmp_path: Path) -> None:
    port = unused_port()
    network = web_network(tmp_path, port=port)
    for _ in range(2):
        running = asyncio.create_task(network.run(None, Inbox().receive))
        assert 200 == await _status(f"http://127.0.0.1:{port}/healthz")
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_a_port_already_taken_is_one_clear_error(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(AddressInUse, match=f"127.0.0.1:{port}"):
            await web_network(tmp_path, port=port).run(None, Inbox().receive)


async def _status(url: str) -> int:
    async with asyncio.timeout(10), aiohttp.ClientSession() as browser:
        while True:
            try:
                async with browser.get(url) as answer:
                    return answer.status
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0)
