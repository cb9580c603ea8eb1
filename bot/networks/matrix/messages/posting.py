"""Puts events into rooms, each once for its key, and reads reactions to the choices they offer."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.messages.formatting import CHOICES, content_of
from bot.ports.network import Choice

MESSAGE = "m.room.message"
REACTION = "m.reaction"
_KEYCAP = "\ufe0f\u20e3"
_TEN = "\N{KEYCAP TEN}"
MOST_NUMBERED = 10
"""Of more choices none is shown by a reaction."""


@dataclass(frozen=True, eq=False)
class Poster:
    """Posts and redacts events, encrypted where the room is."""

    account: Account

    async def post(
        self,
        room_id: str,
        key: str,
        content: Mapping[str, Any],
        kind: str = MESSAGE,
        *,
        in_clear: bool = False,
    ) -> str:
        """Post an event; return its id, for a day the same for the same key. `in_clear`: even where
        the room is encrypted.
        """
        sealed_kind, sealed = kind, dict(content)
        # Reactions are in clear by the specification.
        if room_id in self.account.encrypted and kind != REACTION and not in_clear:
            sealed_kind, sealed = await self.account.encryption.encrypt(room_id, kind, content)
        address = path("rooms", room_id, "send", sealed_kind, transaction(key))
        return str((await self.account.server.call("PUT", address, sealed))["event_id"])

    async def say(self, room_id: str, key: str, markup: str) -> str:
        """Post words of our own."""
        return await self.post(room_id, key, content_of(markup))

    async def redact(self, room_id: str, key: str, event_id: str) -> str:
        """Take an event's content away; return the redaction's id."""
        address = path("rooms", room_id, "redact", event_id, transaction(key))
        return str((await self.account.server.call("PUT", address, {}))["event_id"])

    async def find_choice(self, room_id: str, event_id: str, sign: str) -> Choice | None:
        """The choice, offered by a message of ours, that a reaction to it stands for."""
        event = await self.account.event(room_id, event_id)
        if event is None or event["sender"] != self.account.user_id:
            return None
        return choice_for(sign, event["content"])


def choice_for(sign: str, content: Mapping[str, Any]) -> Choice | None:
    """The choice, of those in a message's content, whose number a reaction shows."""
    number, offered = number_in(sign), content.get(CHOICES)
    if number is None or not isinstance(offered, list) or number > len(offered):
        return None
    key, label = offered[number - 1]
    return Choice(str(key), str(label))


def number_in(sign: str) -> int | None:
    """The number that a sign shows, from 1 to 10; None if it shows none."""
    if sign == _TEN:
        return 10
    digit = sign.rstrip(_KEYCAP)
    return int(digit) if digit in "123456789" and len(digit) == 1 else None


def sign_of(number: int) -> str:
    """The sign that shows a number from 1 to 10."""
    return _TEN if number == MOST_NUMBERED else f"{number}{_KEYCAP}"


def transaction(key: str) -> str:
    """The transaction id made from a key: short, and of safe characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]
