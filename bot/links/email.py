"""The links of mails: signed, so that nothing is kept for those that nobody opens."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from bot.domain.conversations import ConversationRef
from bot.domain.people import EMAIL, PAGES, Person
from bot.ports.clock import Clock
from bot.ports.email_links import Asked, Envelope, NotTheirs, Proposal
from bot.ports.network import EventKind, Incoming, Outgoing
from bot.ports.records import Database, UnitOfWork

CHAT = "chat:"

LIFE = timedelta(days=180)
"""How long links serve: answers to a mail may come after a summer."""

OWN_CHOICE = "reaching:"
"""Choices that are about the address itself: they are made there, not in the conversation."""

Keep = Callable[[Incoming], Awaitable[object]]
"""Keeps what somebody did; it is durable when this returns."""


class EmailLinks:
    """Signs the links of mails, and does what they propose."""

    def __init__(
        self, database: Database, clock: Clock, secret_key: str, url: str, *, post: Keep, keep: Keep
    ) -> None:
        """`url` is that of the pages; `post` keeps what is said in a conversation there, `keep`
        what is said at an e-mail address.
        """
        self._database = database
        self._clock = clock
        self._signer = URLSafeSerializer(secret_key, salt="mail")
        self._url = url
        self._post = post
        self._keep = keep

    async def around(self, outgoing: Outgoing) -> Envelope:
        """The envelope of a message to an e-mail address."""
        address = outgoing.conversation.name

        def look(uow: UnitOfWork) -> tuple[str, bool]:
            project = uow.projects.thread(outgoing.projects[0]) if outgoing.projects else None
            _, chat = _led_to(uow, address)
            return project.title if project is not None else "", chat is not None

        title, known = await self._database.read(look)
        return Envelope(
            title=title,
            answers=tuple(
                self._link(Asked.ANSWER, address, outgoing.key, choice.key, choice.label)
                for choice in outgoing.choices
            ),
            stop=self._link(Asked.STOP, address, outgoing.key),
            back=self._link(Asked.BACK, address, outgoing.key) if known else None,
        )

    def find(self, token: str) -> Proposal | None:
        """What the link proposes, None if we did not sign it; nothing is consumed."""
        said = self._read(token)
        if said is None:
            return None
        until = datetime.fromtimestamp(said["until"], UTC)
        return Proposal(Asked(said["asked"]), said["label"], until <= self._clock.now())

    async def accept(self, token: str) -> str | None:
        """Do what a link proposes that `find` knows: once, however often it is accepted.

        Returns the conversation of the pages in which it was said, or None. Raises NotTheirs.
        """
        said = self._read(token)
        if said is None:
            return None
        address: str = said["address"]
        works, chat = await self._database.read(lambda uow: _led_to(uow, address))
        stops = said["asked"] == Asked.STOP
        own = stops or said["choice"].startswith(OWN_CHOICE)
        if not works and not own:
            raise NotTheirs
        if said["asked"] == Asked.BACK:
            return chat
        elsewhere = own or chat is None
        conversation = address if elsewhere or chat is None else chat
        incoming = Incoming(
            conversation=ConversationRef(EMAIL if elsewhere else PAGES, conversation),
            key=_event_key(said),
            sender=conversation,
            at=self._clock.now(),
            text=said["label"],
            choice=None if stops else said["choice"],
            kind=EventKind.LEFT if stops else EventKind.SAID,
        )
        await (self._keep if elsewhere else self._post)(incoming)
        return None if stops else chat

    def _link(self, asked: Asked, address: str, key: str, choice: str = "", label: str = "") -> str:
        said = {
            "asked": asked.value,
            "address": address,
            "key": key,
            "choice": choice,
            "label": label,
            "until": int((self._clock.now() + LIFE).timestamp()),
        }
        return f"{self._url}/courriel/{self._signer.dumps(said)}"

    def _read(self, token: str) -> dict[str, Any] | None:
        try:
            said: dict[str, Any] = self._signer.loads(token)
        except BadData:
            return None
        return said


def _event_key(said: dict[str, Any]) -> str:
    """The same however often the link is used, and whenever it was signed."""
    parts = (said["asked"], said["address"], said["key"], said["choice"])
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def _whose(uow: UnitOfWork, address: str) -> Person | None:
    return uow.people.correspondent(ConversationRef(EMAIL, address), address).person


def _led_to(uow: UnitOfWork, address: str) -> tuple[bool, str | None]:
    """Whether the address works, and the conversation that its links open if so: one that does not
    may be somebody's who mistyped theirs.
    """
    person = _whose(uow, address)
    works = person is not None and _works(person, address)
    return works, _chat_of(person) if works else None


def _works(person: Person, address: str) -> bool:
    return any(
        each.conversation == address and each.unreachable_since is None
        for each in person.addresses
        if each.network == EMAIL
    )


def _chat_of(person: Person | None) -> str | None:
    """The conversation of the pages in which the person wrote last."""
    chats = [
        address
        for address in (person.addresses if person is not None else ())
        if address.network == PAGES and address.conversation.startswith(CHAT)
    ]
    last = max(chats, key=lambda a: a.last_word_at or a.created_at, default=None)
    return last.conversation if last is not None else None
