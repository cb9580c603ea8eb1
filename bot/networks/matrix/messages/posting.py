"""Puts events into rooms, once for each key."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.messages.choices import chosen
from bot.networks.matrix.messages.formatting import CHOICES
from bot.ports.network import Choice

MESSAGE = "m.room.message"
REACTION = "m.reaction"
_REMEMBERED = 1_000
"""Questions whose choices are at hand; older ones are read again from the server."""


class Posting:
    """What we say in rooms, and what it offered."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._offered: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    async def post(
        self, room_id: str, key: str, content: Mapping[str, Any], kind: str = MESSAGE
    ) -> str:
        """The event's id: the same for the same key, as long as the server remembers (a day)."""
        sealed_kind, sealed = kind, dict(content)
        # Reactions are in clear by the specification.
        if room_id in self._account.encrypted and kind != REACTION:
            sealed_kind, sealed = await self._account.encryption.encrypt(room_id, kind, content)
        address = path("rooms", room_id, "send", sealed_kind, transaction(key))
        event_id = str((await self._account.server.call("PUT", address, sealed))["event_id"])
        if CHOICES in content:
            self._remember(event_id, content)
        return event_id

    async def redact(self, room_id: str, key: str, event_id: str) -> str:
        """The event's content is gone."""
        address = path("rooms", room_id, "redact", event_id, transaction(key))
        return str((await self._account.server.call("PUT", address, {}))["event_id"])

    async def chosen(self, room_id: str, event_id: str, sign: str) -> Choice | None:
        """The choice of a message of ours that a reaction stands for."""
        content = self._offered.get(event_id)
        if content is None:
            event = await self._account.event(room_id, event_id)
            ours = event is not None and event["sender"] == self._account.user_id
            content = event["content"] if event is not None and ours else {}
            self._remember(event_id, content)
        return chosen(sign, content)

    def _remember(self, event_id: str, content: Mapping[str, Any]) -> None:
        self._offered[event_id] = content
        if len(self._offered) > _REMEMBERED:
            self._offered.popitem(last=False)


def transaction(key: str) -> str:
    """The transaction's identifier that stands for a key: short, and of safe characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]
