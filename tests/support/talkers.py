"""People who write to each other through the assistant, whatever each of them writes with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Protocol

from mautrix.client import ClientAPI
from mautrix.types import MessageType, PaginationDirection, RoomID, TextMessageEventContent

from tests.support.matrix_people import CarefulPerson, Person
from tests.support.networked import plain
from tests.support.smtp import MailServer
from tests.support.visitor import Visitor

MOST = 1_000


class Reader(Protocol):
    """Somebody's eyes."""

    async def read(self) -> Sequence[str]:
        """The words of every message that they see, oldest first, with plain spaces."""


class Talker(Reader, Protocol):
    """Somebody in a conversation."""

    async def say(self, text: str) -> object:
        """Write."""


@dataclass(frozen=True, slots=True)
class OnMatrix:
    """With a client that does not encrypt."""

    person: Person
    room_id: str

    async def say(self, text: str) -> object:
        return await self.person.say(self.room_id, text)

    async def read(self) -> Sequence[str]:
        return [plain(said) for said in await self.person.read(self.room_id)]


@dataclass(frozen=True, slots=True)
class Sealed:
    """With a client that trusts signed devices alone: what another device sent is not seen."""

    person: CarefulPerson
    room_id: str

    async def say(self, text: str) -> object:
        return await self.person.say(self.room_id, text)

    async def read(self) -> Sequence[str]:
        await self.person.sync()
        return [plain(said) for said in self.person.bodies(self.room_id)]


@dataclass(frozen=True, slots=True)
class OnMautrix:
    """With a client of another family, which does not encrypt."""

    client: ClientAPI
    room_id: str

    async def say(self, text: str) -> object:
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body=text)
        return await self.client.send_message(RoomID(self.room_id), content)

    async def read(self) -> Sequence[str]:
        page: Any = await self.client.get_messages(
            RoomID(self.room_id), PaginationDirection.FORWARD, limit=MOST
        )
        bodies = (getattr(event.content, "body", None) for event in page.events)
        return [plain(body) for body in bodies if isinstance(body, str)]


@dataclass(frozen=True, slots=True)
class OnPage:
    """At the chat page."""

    visitor: Visitor

    async def say(self, text: str) -> object:
        return await self.visitor.say("/", text)

    async def read(self) -> Sequence[str]:
        return [plain(message.text) for message in (await self.visitor.get("/")).messages]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The mails that came."""

    server: MailServer

    async def read(self) -> Sequence[str]:
        return [plain(mail_text(mail)) for mail in self.server.mails]


def mail_text(mail: EmailMessage) -> str:
    """The words of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def mail_link(mail: EmailMessage, label: str) -> str:
    """The address of the link under a label."""
    found = re.search(rf"{re.escape(label)}\s*:?\s+(http\S+)", mail_text(mail))
    assert found is not None, mail_text(mail)
    return found[1]
