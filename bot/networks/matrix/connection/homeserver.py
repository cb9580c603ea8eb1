"""Requests to the homeserver: JSON in, JSON out, each failure as an exception of its own."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import ClientConnectorError, ClientError, ClientResponse
from nio import AsyncClient

from bot.networks.matrix.connection.limits import MESSAGE, Limits, RateLimited, kinds_of
from bot.ports.network import NetworkError, RetryLater

CLIENT = "/_matrix/client/v3"
PRESENT = frozenset({"join", "invite"})
"""The memberships of those who are in a room, or invited there."""
MALFORMED = (TypeError, ValueError, LookupError, AttributeError)
"""What reading something raises that is not as the specification says."""
_MEDIA = "/_matrix/client/v1/media"
_OLD_MEDIA = "/_matrix/media/v3"
_TIMEOUT_S = 30.0
_TRANSFER_TIMEOUT_S = 300.0
_PAUSE = timedelta(seconds=5)
_LOGGED_IN_ANEW_AFTER = timedelta(seconds=5)
_IN_DOUBT = frozenset({500, 504})
"""Faults of a server that may have served the request."""
_CHUNK = 64 * 1024


class TokenRefused(NetworkError):
    """The homeserver does not know the access token (any more)."""


class RequestRefused(Exception):
    """The homeserver refused a request; asking again would be refused again."""

    def __init__(self, status: int, code: str) -> None:
        """`code` is the specification's `errcode`."""
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class Homeserver:
    """The server, asked as the account of `client`.

    Each request raises RetryLater if the server is down, fails, or limits or would limit our rate
    (`Limits`), TokenRefused if
    it does not know the token, RequestRefused for any other refusal. A request that timed out may
    have been served: only what can be repeated should be asked.
    """

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._limits = Limits()

    @property
    def limits_messages(self) -> bool:
        """Whether the server has limited our messages of late: what is a convenience can wait."""
        return self._limits.holds(MESSAGE)

    async def call(
        self,
        method: str,
        address: str,
        body: Mapping[str, Any] | None = None,
        *,
        within: timedelta = timedelta(seconds=_TIMEOUT_S),
    ) -> dict[str, Any]:
        """The answer to a request; `path` makes the address. A list comes under the key `list`."""
        data = None if body is None else json.dumps(body)
        headers = {"Content-Type": "application/json"}
        kinds = kinds_of(method, address, str((body or {}).get("user_id", "")))
        async with (
            self._limits.keeping(kinds),
            self._answer(method, address, data, headers, within.total_seconds()) as answer,
        ):
            return await _read_json(answer)

    async def upload(self, content: bytes, media_type: str) -> str:
        """Put a file on the server; return its `mxc:` address."""
        address, headers = f"{_OLD_MEDIA}/upload", {"Content-Type": media_type}
        async with self._answer("POST", address, content, headers, _TRANSFER_TIMEOUT_S) as answer:
            return str((await _read_json(answer))["content_uri"])

    async def download(self, mxc: str) -> AsyncIterator[bytes]:
        """The content of a file. Older servers know only the address without authentication."""
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
                    await _raise_failure(answer)
                yield answer
        except (ClientError, TimeoutError, OSError) as error:
            why = f"The homeserver does not answer: {error!r}"
            left = not isinstance(error, ClientConnectorError)
            raise RetryLater(_PAUSE, why, maybe_done=left) from error


def path(*parts: str, version: str = CLIENT, query: Mapping[str, str | int] | None = None) -> str:
    """The address of a resource, its parts and query quoted."""
    where = "/".join((version, *(quote(part, safe="") for part in parts)))
    return f"{where}?{urlencode(query)}" if query else where


def room_events(room: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """All the events of a room in a sync's answer: its state, then what happened."""
    return (*room.get("state", {}).get("events", ()), *room["timeline"]["events"])


async def _raise_failure(answer: ClientResponse) -> None:
    try:
        said = await _read_json(answer)
    except RetryLater:
        said = {}
    code = str(said.get("errcode", "M_UNKNOWN"))
    if answer.status == 429 or code == "M_LIMIT_EXCEEDED":
        raise RateLimited(_requested_wait(answer, said))
    if code in {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"}:
        raise TokenRefused(again_after=_LOGGED_IN_ANEW_AFTER)
    if answer.status >= 500:
        why = f"The homeserver failed: {answer.status} {code}"
        raise RetryLater(_PAUSE, why, maybe_done=answer.status in _IN_DOUBT)
    raise RequestRefused(answer.status, code)


def _requested_wait(answer: ClientResponse, said: Mapping[str, Any]) -> timedelta:
    """How long the server asks to wait: its header rounds what a field of the body says."""
    asked: list[timedelta] = []
    with suppress(KeyError, ValueError):
        asked.append(timedelta(seconds=float(answer.headers["Retry-After"])))
    with suppress(KeyError, TypeError, ValueError):
        asked.append(timedelta(milliseconds=float(said["retry_after_ms"])))
    return min(asked, default=_PAUSE)


async def _read_json(answer: ClientResponse) -> dict[str, Any]:
    """Proxies answer with pages of their own when the server is down."""
    try:
        said = await answer.json(content_type=None)
        return {"list": said} if isinstance(said, list) else dict(said)
    except (ValueError, TypeError, asyncio.IncompleteReadError) as error:
        raise RetryLater(_PAUSE, "The homeserver's answer is not JSON.") from error
