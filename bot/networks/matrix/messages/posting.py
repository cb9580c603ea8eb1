"""Puts events into rooms, each once for its key, and remembers the choices they offer."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.messages.choices import choice_for
from bot.networks.matrix.messages.formatting import CHOICES
from bot.ports.network import Choice

MESSAGE = "m.room.message"
REACTION = "m.reaction"
_REMEMBERED = 1_000
"""How many questions we remember the choices of; older ones are read again from the server."""


class Poster:
    """Posts and redacts events, encrypted where the room is."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._offered: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    async def post(
        self, room_id: str, key: str, content: Mapping[str, Any], kind: str = MESSAGE
    ) -> str:
        """Post an event; return its id, for a day the same for the same key."""
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
        """Take an event's content away; return the redaction's id."""
        address = path("rooms", room_id, "redact", event_id, transaction(key))
        return str((await self._account.server.call("PUT", address, {}))["event_id"])

    async def find_choice(self, room_id: str, event_id: str, sign: str) -> Choice | None:
        """The choice, offered by a message of ours, that a reaction to it stands for."""
        content = self._offered.get(event_id)
        if content is None:
            event = await self._account.event(room_id, event_id)
            ours = event is not None and event["sender"] == self._account.user_id
            content = event["content"] if event is not None and ours else {}
            self._remember(event_id, content)
        return choice_for(sign, content)

    def _remember(self, event_id: str, content: Mapping[str, Any]) -> None:
        self._offered[event_id] = content
        if len(self._offered) > _REMEMBERED:
            self._offered.popitem(last=False)


def transaction(key: str) -> str:
    """The transaction id made from a key: short, and of safe characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]
