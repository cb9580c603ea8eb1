"""The library's client, which logs neither tokens nor what people write."""

import json
import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

CONNECTIONS = 128
_A_WHILE_S = 5
_TALKATIVE = ("httpx", "httpcore", "telegram")

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "message_reaction",
)


class ServerFault(NetworkError):
    """Telegram answered with a fault of its own (HTTP 5xx)."""

    __slots__ = ("status",)

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class AskedToWait(TelegramError):
    """Too much was sent (HTTP 429)."""

    __slots__ = ("after",)

    def __init__(self, after: timedelta) -> None:
        super().__init__("Too Many Requests")
        self.after = after


class QuietRequest(HTTPXRequest):
    """Calls over HTTP; faults of the server keep their status, and answers stay out of logs."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As the library does. Raises ServerFault for HTTP 5xx, AskedToWait for 429, BadRequest for
        413.

        The library's own error for 429 warns of its future each time it is made; 413 it takes for
        a fault of the network, after which a message would be tried again.
        """
        status, payload = await super().do_request(*args, **kwargs)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            parameters = self.parse_json_payload(payload).get("parameters") or {}
            raise AskedToWait(timedelta(seconds=parameters.get("retry_after", _A_WHILE_S)))
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise BadRequest("Request Entity Too Large")
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerFault(status)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. Raises TelegramError without a word of it."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


class Client(Bot):
    """The Bot API, with updates as they come: one that cannot be read does not hide the others."""

    __slots__ = ()

    async def raw_updates(
        self, offset: int | None, wait: timedelta, answers_within: timedelta
    ) -> list[dict[str, Any]]:
        """What is not confirmed yet; an offset confirms all before it."""
        asked: dict[str, Any] = {
            "timeout": int(wait.total_seconds()),
            "allowed_updates": ALLOWED_UPDATES,
        }
        if offset is not None:
            asked["offset"] = offset
        read_timeout = (wait + answers_within).total_seconds()
        found = await self._post("getUpdates", asked, read_timeout=read_timeout)
        if not isinstance(found, list):
            raise TelegramError("Invalid server response")
        return found


def client(token: str, base_url: str, answers_within: timedelta) -> Client:
    """A client of the Bot API server at `base_url`; it connects at its first call."""
    _quieten()
    seconds = answers_within.total_seconds()
    request: BaseRequest = QuietRequest(
        connection_pool_size=CONNECTIONS,
        read_timeout=seconds,
        write_timeout=seconds,
        connect_timeout=seconds / 2,
        media_write_timeout=2 * seconds,
    )
    base = base_url.rstrip("/")
    return Client(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _quieten() -> None:
    """These libraries log addresses with the token in them, and what is sent, below WARNING."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logging.WARNING, logger.level))
