"""The links of mails: signed, so that nothing is kept for those that nobody opens."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from itsdangerous import BadData, URLSafeSerializer

from bot.domain.conversations import ConversationRef
from bot.domain.people import EMAIL, PAGES, Address
from bot.ports.clock import Clock
from bot.ports.email_links import AddressNotWorking, Envelope, Proposal, Purpose
from bot.ports.network import EventKind, Incoming, Outgoing
from bot.ports.records import Database, UnitOfWork

LIFE = timedelta(days=180)
"""How long links serve: answers to a mail may come after a summer."""

OWN_CHOICE = "reaching:"
"""Choices that are about the address itself: they are made there, not in the conversation."""

Keep = Callable[[Incoming], Awaitable[object]]
"""Keeps what somebody did; it is durable when this returns."""


class SignedLink(TypedDict):
    """What is signed, under names that mails hold: purpose, address and key of the message, key and
    label of a choice, and until when the link serves, in seconds since 1970.
    """

    asked: str
    address: str
    key: str
    choice: str
    label: str
    until: int


class EmailLinks:
    """Signs the links of mails, and does what they propose."""

    def __init__(
        self, database: Database, clock: Clock, secret_key: str, url: str, *, post: Keep, keep: Keep
    ) -> None:
        """`post` keeps what is said on the pages, which are at `url`; `keep` what is by mail."""
        self._database = database
        self._clock = clock
        self._signer = URLSafeSerializer(secret_key, salt="mail")
        self._url = url
        self._post = post
        self._keep = keep

    async def envelope_for(self, outgoing: Outgoing) -> Envelope:
        """The envelope of a message to an e-mail address."""
        address, key = outgoing.conversation.name, outgoing.key

        def look(uow: UnitOfWork) -> tuple[str, bool]:
            project = uow.projects.thread(outgoing.projects[0]) if outgoing.projects else None
            _, chat = _destination(uow, address)
            return project.title if project is not None else "", chat is not None

        title, has_chat = await self._database.read(look)
        return Envelope(
            title=title,
            answers=tuple(
                self._sign(Purpose.ANSWER, address, key, choice.key, choice.label)
                for choice in outgoing.choices
            ),
            stop=self._sign(Purpose.STOP, address, key),
            back=self._sign(Purpose.BACK, address, key) if has_chat else None,
        )

    def find(self, token: str) -> Proposal | None:
        """What the link proposes, None if we did not sign it; nothing is consumed."""
        link = self._read(token)
        if link is None:
            return None
        until = datetime.fromtimestamp(link["until"], UTC)
        return Proposal(Purpose(link["asked"]), link["label"], until <= self._clock.now())

    async def accept(self, token: str) -> str | None:
        """Do what the link proposes, as `Proposals` says."""
        link = self._read(token)
        if link is None:
            return None
        purpose, address = Purpose(link["asked"]), link["address"]
        works, chat = await self._database.read(lambda uow: _destination(uow, address))
        is_about_address = purpose is Purpose.STOP or link["choice"].startswith(OWN_CHOICE)
        if not works and not is_about_address:
            raise AddressNotWorking
        if purpose is Purpose.BACK:
            return chat
        if is_about_address or chat is None:
            await self._keep(self._event(link, ConversationRef.private(EMAIL, address)))
        else:
            await self._post(self._event(link, ConversationRef(PAGES, chat)))
        return None if purpose is Purpose.STOP else chat

    def _event(self, link: SignedLink, conversation: ConversationRef) -> Incoming:
        stops = Purpose(link["asked"]) is Purpose.STOP
        return Incoming(
            conversation=conversation,
            key=_event_key(link),
            sender=conversation.name,
            at=self._clock.now(),
            text=link["label"],
            choice=None if stops else link["choice"],
            kind=EventKind.LEFT if stops else EventKind.SAID,
        )

    def _sign(
        self, purpose: Purpose, address: str, key: str, choice: str = "", label: str = ""
    ) -> str:
        """The address of the confirming page."""
        link = SignedLink(
            asked=purpose.value,
            address=address,
            key=key,
            choice=choice,
            label=label,
            until=int((self._clock.now() + LIFE).timestamp()),
        )
        return f"{self._url}/courriel/{self._signer.dumps(link)}"

    def _read(self, token: str) -> SignedLink | None:
        try:
            link: SignedLink = self._signer.loads(token)
        except BadData:
            return None
        return link


def _event_key(link: SignedLink) -> str:
    """The same however often the link is used, and whenever it was signed."""
    parts = (link["asked"], link["address"], link["key"], link["choice"])
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def _destination(uow: UnitOfWork, address: str) -> tuple[bool, str | None]:
    """Whether the address works (it may be mistyped), and the conversation that its links open."""
    here = ConversationRef.private(EMAIL, address)
    person = uow.people.correspondent(here, address).person
    known = person.addresses if person is not None else []
    works = any(a.conversation_ref == here and a.unreachable_since is None for a in known)
    return works, _latest_chat(known) if works else None


def _latest_chat(known: Sequence[Address]) -> str | None:
    """The conversation of the pages in which the person wrote last."""
    chats = [a for a in known if a.network == PAGES and a.conversation_ref.session is not None]
    last = max(chats, key=lambda a: a.last_word_at or a.created_at, default=None)
    return last.conversation if last is not None else None
