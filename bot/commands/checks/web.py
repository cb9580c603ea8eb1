"""Checks the pages: their port, and the address that people type."""

import json
import socket
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.ports.checkup import Finding, fault, ok, warning

_WITHIN = ClientTimeout(total=10)
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


async def check_port(host: str, number: int) -> Finding:
    """Whether the port is free, or Fil Rouge is what answers there."""
    what, where = "port", f"{host}:{number}"
    try:
        _bind(host, number)
    except OSError as error:
        reached = _EVERYWHERE.get(host, host)
        if await _is_ours(f"http://{f'[{reached}]' if ':' in reached else reached}:{number}"):
            return ok(what, f"{where}, where Fil Rouge answers")
        return fault(what, f"{where} cannot be used: {error.strerror}", "choose another web.port")
    return ok(what, f"{where} is free")


async def check_public_address(url: str, *, demo: bool) -> Finding:
    """Whether people reach us by https at the address that messages give them."""
    what = "public address"
    if not url:
        todo = "set web.public_url: links in messages lead to this machine alone"
        return ok(what, "none, for a demonstration") if demo else warning(what, "none", todo)
    if not url.startswith("https://"):
        todo = "put a proxy with TLS before the service, and name https:// in web.public_url"
        return warning(what, f"{url} is not https", todo)
    if not await _is_ours(url):
        todo = "start the service; look at DNS, certificate and proxy"
        return warning(what, f"Fil Rouge does not answer at {url}/healthz", todo)
    return ok(what, f"{url} answers")


async def date_of(url: str) -> datetime | None:
    """What the server's clock says, by its Date header; None if it does not answer or has none."""
    try:
        async with ClientSession(timeout=_WITHIN) as session, session.get(url) as answer:
            said: Mapping[str, str] = answer.headers
            return parsedate_to_datetime(said["Date"])
    except (ClientError, TimeoutError, OSError, KeyError, ValueError):
        return None


async def _is_ours(base: str) -> bool:
    """Whether Fil Rouge answers at that address, even if it says that it is unavailable."""
    try:
        async with (
            ClientSession(timeout=_WITHIN) as session,
            session.get(f"{base}/healthz") as answer,
        ):
            said = json.loads(await answer.text())
    except (ClientError, TimeoutError, OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("status") in {"ok", "unavailable"}


def _bind(host: str, number: int) -> None:
    first, *_ = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)
    family, kind, protocol, _, address = first
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
