"""Requests to the homeserver: JSON in, JSON out, every failure typed."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import ClientConnectorError, ClientError, ClientResponse
from nio import AsyncClient

from bot.networks.matrix.connection.errors import RequestRefused, TokenRefused
from bot.ports.network import RetryLater

CLIENT = "/_matrix/client/v3"
_MEDIA = "/_matrix/client/v1/media"
_OLD_MEDIA = "/_matrix/media/v3"
_TIMEOUT_S = 30.0
_TRANSFER_TIMEOUT_S = 300.0
_PAUSE = timedelta(seconds=5)
_IN_DOUBT = frozenset({500, 504})
"""Faults of a server that may have served the request."""
_CHUNK = 64 * 1024


class Homeserver:
    """What we ask of it, as the account of `client`.

    Raises RetryLater when it is down, fails or limits our rate; TokenRefused; RequestRefused for
    the rest.
    A request that timed out may have been served: it is to be one that can be repeated.
    """

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def call(
        self,
        method: str,
        address: str,
        body: Mapping[str, Any] | None = None,
        *,
        within: timedelta = timedelta(seconds=_TIMEOUT_S),
    ) -> dict[str, Any]:
        """One request; `address` is made by `path`. An answer that is a list comes as `list`."""
        data = None if body is None else json.dumps(body)
        headers = {"Content-Type": "application/json"}
        async with self._answer(method, address, data, headers, within.total_seconds()) as answer:
            return await _json(answer)

    async def upload(self, content: bytes, media_type: str) -> str:
        """Keep a file on the server; returns its `mxc:` address."""
        address, headers = f"{_OLD_MEDIA}/upload", {"Content-Type": media_type}
        async with self._answer("POST", address, content, headers, _TRANSFER_TIMEOUT_S) as answer:
            return str((await _json(answer))["content_uri"])

    async def download(self, mxc: str) -> AsyncIterator[bytes]:
        """The content of a file; older servers know only the address without authentication."""
        where = "/".join(quote(part, safe="") for part in mxc.removeprefix("mxc://").split("/", 1))
        try:
            async for chunk in self._chunks(f"{_MEDIA}/download/{where}"):
                yield chunk
        except RequestRefused as error:
            if error.code != "M_UNRECOGNIZED":
                raise
            async for chunk in self._chunks(f"{_OLD_MEDIA}/download/{where}"):
                yield chunk

    async def _chunks(self, address: str) -> AsyncIterator[bytes]:
        async with self._answer("GET", address, None, {}, _TRANSFER_TIMEOUT_S) as answer:
            async for chunk in answer.content.iter_chunked(_CHUNK):
                yield chunk

    @asynccontextmanager
    async def _answer(
        self, method: str, address: str, data: object, headers: dict[str, str], within_s: float
    ) -> AsyncIterator[ClientResponse]:
        if self._client.access_token:
            headers["Authorization"] = f"Bearer {self._client.access_token}"
        try:
            answer = await self._client.send(method, address, data, headers, timeout=within_s)
            async with answer:
                if not answer.ok:
                    await _fail(answer)
                yield answer
        except (ClientError, TimeoutError, OSError) as error:
            why = f"The homeserver does not answer: {error!r}"
            left = not isinstance(error, ClientConnectorError)
            raise RetryLater(_PAUSE, why, maybe_done=left) from error


def path(*parts: str, version: str = CLIENT, query: Mapping[str, str | int] | None = None) -> str:
    """The address of a resource, its parts and query quoted."""
    where = "/".join((version, *(quote(part, safe="") for part in parts)))
    return f"{where}?{urlencode(query)}" if query else where


async def _fail(answer: ClientResponse) -> None:
    try:
        said = await _json(answer)
    except RetryLater:
        said = {}
    code = str(said.get("errcode", "M_UNKNOWN"))
    if answer.status == 429 or code == "M_LIMIT_EXCEEDED":
        raise RetryLater(_asked(answer, said), "The homeserver limits our rate.")
    if code in {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"}:
        raise TokenRefused
    if answer.status >= 500:
        why = f"The homeserver failed: {answer.status} {code}"
        raise RetryLater(_PAUSE, why, maybe_done=answer.status in _IN_DOUBT)
    raise RequestRefused(answer.status, code, str(said.get("error", "")))


def _asked(answer: ClientResponse, said: Mapping[str, Any]) -> timedelta:
    """How long the server asks to wait: by its header, else by the field that came before."""
    try:
        return timedelta(seconds=float(answer.headers["Retry-After"]))
    except (KeyError, ValueError):
        pass
    try:
        return timedelta(milliseconds=float(said["retry_after_ms"]))
    except (KeyError, TypeError, ValueError):
        return _PAUSE


async def _json(answer: ClientResponse) -> dict[str, Any]:
    """Proxies answer with pages of their own when the server is down."""
    try:
        said = await answer.json(content_type=None)
        return {"list": said} if isinstance(said, list) else dict(said)
    except (ValueError, TypeError, asyncio.IncompleteReadError) as error:
        raise RetryLater(_PAUSE, "The homeserver's answer is not JSON.") from error
