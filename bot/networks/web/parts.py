"""What the web network is given to work with."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from aiohttp import web

from bot.domain.conversations import ConversationRef
from bot.domain.portal import Portal
from bot.ports.clock import Clock
from bot.ports.email_links import Proposals
from bot.ports.files import Files
from bot.ports.queries import Queries
from bot.ports.records import Link
from bot.ports.web import ChatStore, Demonstration, FormCommand
from config.texts import Texts

Answered = Callable[[ConversationRef, str], Awaitable[bool]]
"""Whether the event of that key, posted at that place, was answered (`MessageQueue.answered`)."""


class LinkGateway(Protocol):
    """Personal links. What a link `opens` is "desk", or the conversation "chat:<session>"."""

    async def find(self, token: str) -> Link | None:
        """What the token opens, used and expired ones too; nothing is consumed."""

    async def open(self, token: str) -> Link | None:
        """Use the link; None if it is unknown, expired, or used and not reusable."""

    async def return_link(self, conversation: str) -> str | None:
        """The path of a reusable link to that chat, or None while nobody is known there."""


Hook = Callable[[web.Request], Awaitable[web.StreamResponse]]
"""Answers what another server posts."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures that protect the service: generous for people, tight for machines.

    Rates are counts per minute, allowed in one burst. `answer_wait` is how long a form waits for
    the assistant's answer before the next page is shown; `idle_poll` how long at most a message
    posted by another process waits; `retry_after` the pause after a failed hand-over.
    """

    message_max_chars: int = 8000
    upload_max_bytes: int = 10 * 1024 * 1024
    posts_per_minute: int = 40
    posts_per_minute_per_address: int = 300
    links_per_minute_per_address: int = 30
    live_pages: int = 1000
    lines_shown: int = 200
    trust_proxy: bool = False
    answer_wait: timedelta = timedelta(seconds=1.5)
    idle_poll: timedelta = timedelta(seconds=3)
    retry_after: timedelta = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebParts:
    """Everything the web network needs from outside. `demo` is None outside the demonstration.

    `public_url` is the address people type, without a trailing slash; `secret_key` signs cookies
    and forms; `theme_label` and `departement_name` give the French name of a theme's slug and of a
    département's code, `texts` what the assistant says; `commands` are those for which pages have a
    form; `upload_types` are the file extensions that pages propose (`Files` decides); `proposals`
    knows the links of mails, where mails are sent; `ring_elsewhere` tells other processes that
    there is news of a conversation; `listening` is called once pages are served; `hooks` are
    addresses where other networks take what is posted.
    """

    chat: ChatStore
    queries: Queries
    files: Files
    links: LinkGateway
    answered: Answered
    clock: Clock
    secret_key: str
    public_url: str
    host: str
    port: int
    portals: Mapping[str, Portal]
    theme_label: Callable[[str], str]
    departement_name: Callable[[str], str]
    texts: Texts
    commands: Sequence[FormCommand]
    upload_types: Sequence[str] = ("pdf", "jpg", "jpeg", "png", "odt", "docx")
    demo: Demonstration | None = None
    proposals: Proposals | None = None
    ring_elsewhere: Callable[[str], None] = lambda _: None
    listening: Callable[[], None] = lambda: None
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
