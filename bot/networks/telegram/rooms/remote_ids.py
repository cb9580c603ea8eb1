"""How what is on Telegram is named outside: messages, and topics of forum groups.

A message in parts is `12,13,14`; a file that follows its words is after a semicolon: `12,13;14`.
A topic is `CHAT/TOPIC`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TEXTS, FILE = ",", ";"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message goes: a chat, or a topic of it."""

    chat: int
    topic: int | None = None

    @property
    def remote(self) -> str:
        """Its name outside."""
        return f"{self.chat}/{self.topic}"


def spot(remote: str) -> Spot:
    """The topic of that name."""
    chat, _, topic = remote.partition("/")
    return Spot(int(chat), int(topic))


@dataclass(frozen=True, slots=True)
class Sent:
    """The ids of a message in parts: its words (or its file with words under it), then a file."""

    texts: tuple[int, ...]
    file: int | None = None

    @property
    def all(self) -> tuple[int, ...]:
        """Every id."""
        return self.texts if self.file is None else (*self.texts, self.file)

    @property
    def remote_id(self) -> str:
        """The name of the message outside."""
        texts = TEXTS.join(map(str, self.texts))
        return texts if self.file is None else f"{texts}{FILE}{self.file}"


def sent(remote_id: str) -> Sent:
    """The message of that name. Raises ValueError if it is no such name."""
    texts, _, file = remote_id.partition(FILE)
    return Sent(tuple(map(int, texts.split(TEXTS))), int(file) if file else None)


def named(ids: Sequence[int], *, file_apart: bool) -> Sent:
    """The message that was sent under these ids, in order."""
    if file_apart and len(ids) > 1:
        return Sent(tuple(ids[:-1]), ids[-1])
    return Sent(tuple(ids))
