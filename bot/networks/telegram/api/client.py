"""python-telegram-bot's client, kept from logging tokens and what people write."""

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

ALLOWED_UPDATES = tuple(
    "message edited_message callback_query my_chat_member message_reaction".split()
)


class ServerFault(NetworkError):
    """Telegram failed to answer (HTTP 5xx)."""

    __slots__ = ("status",)

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class AskedToWait(TelegramError):
    """Telegram asks to wait, as too much was sent (HTTP 429)."""

    __slots__ = ("after",)

    def __init__(self, after: timedelta) -> None:
        super().__init__("Too Many Requests")
        self.after = after


class QuietRequest(HTTPXRequest):
    """Calls over HTTP; errors keep the status of the answer, and no answer is logged."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The status and content of the answer. Raises ServerFault, AskedToWait, BadRequest.

        The library's own error for 429 gives a deprecation warning each time; 413 it takes for an
        error of the network, after which a message would be sent again.
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
        """The answer as JSON. Raises TelegramError, which quotes nothing of it."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


class Client(Bot):
    """The Bot API. Updates come unparsed: one that cannot be read does not hide the others."""

    __slots__ = ()

    async def get_raw_updates(
        self, offset: int | None, wait: timedelta, answers_within: timedelta
    ) -> list[dict[str, Any]]:
        """The updates not confirmed yet; if there are none, those that come within `wait`.

        An offset confirms all updates before it.
        """
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


def make_client(token: str, base_url: str, answers_within: timedelta) -> Client:
    """A client of the Bot API server at `base_url`. It connects at its first call."""
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
    """Silence libraries that log, below WARNING, what is sent and addresses that hold the token."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logging.WARNING, logger.level))
