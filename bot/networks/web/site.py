"""What the pages work with: what they are given from outside, what they keep while they run."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from aiohttp import web
from jinja2 import Environment

from bot.domain.conversations import ConversationKind, ConversationRef
from bot.domain.people import Role
from bot.domain.permissions import may
from bot.domain.portal import Portal
from bot.networks.web.metrics import Metrics
from bot.networks.web.throttle import Throttle
from bot.ports.clock import Clock
from bot.ports.email_links import Proposals
from bot.ports.files import Files
from bot.ports.queries import Queries
from bot.ports.readiness import Readiness
from bot.ports.records import Link
from bot.ports.web import ChatStore, Demonstration, FormCommand
from config.texts import Texts

Hook = Callable[[web.Request], Awaitable[web.StreamResponse]]
"""Answers what another server posts to us."""


class LinkGateway(Protocol):
    """Personal links. What a link `opens` is "desk", or the conversation "chat:<session>"."""

    async def find(self, token: str) -> Link | None:
        """What the token opens, used and expired ones too; nothing is consumed."""

    async def open(self, token: str) -> Link | None:
        """Use the link; None if it is unknown, expired, or used and not reusable."""

    async def create_return_link(self, conversation: str) -> str | None:
        """The path of a new reusable link to that chat; None while nobody is known there."""


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

    `look` tells whether the service can do its work; `is_answered` tells whether the event of
    that key in that conversation was answered; `public_url` is the address people type, without
    a trailing slash; `secret_key` signs cookies and forms; `theme_label` and `departement_name`
    give the French name of a theme's slug and of a département's code, `texts` what the
    assistant says; `commands` are those for which pages have a form; `upload_types` are the
    file extensions that pages propose (`Files` decides); `proposals` knows the links of mails;
    `wake_elsewhere` tells other processes of a conversation's news; `when_served` is called
    once pages are served; `hooks` take what other servers post.
    """

    chat: ChatStore
    queries: Queries
    look: Callable[[], Awaitable[Readiness]]
    files: Files
    links: LinkGateway
    is_answered: Callable[[ConversationRef, str], Awaitable[bool]]
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
    wake_elsewhere: Callable[[str], None] = lambda _: None
    when_served: Callable[[], None] = lambda: None
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


class LivePages:
    """The open pages of this process that wait for news, by the conversation they show."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def wake(self, conversation: str) -> None:
        """Wake every page that shows the conversation."""
        for page in self._waiting.get(conversation, ()):
            page.set()

    def wake_all(self) -> None:
        """Wake every page, for instance to let it leave."""
        for conversation in tuple(self._waiting):
            self.wake(conversation)

    @property
    def count(self) -> int:
        """How many pages wait."""
        return sum(len(pages) for pages in self._waiting.values())

    @contextmanager
    def wait_for(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event, set at each piece of news while the block lasts; the page clears it."""
        page = asyncio.Event()
        self._waiting[conversation].add(page)
        try:
            yield page
        finally:
            self._waiting[conversation].discard(page)
            if not self._waiting[conversation]:
                del self._waiting[conversation]


@dataclass(frozen=True, slots=True)
class Site:
    """The parts given from outside, and what the pages keep while they run.

    `posted` is set after each message that was kept, for the loop that hands them over; `closing`
    once the site ends, for live pages to leave.
    """

    parts: WebParts
    templates: Environment
    live_pages: LivePages = field(default_factory=LivePages)
    throttle: Throttle = field(default_factory=Throttle)
    metrics: Metrics = field(default_factory=Metrics)
    posted: asyncio.Event = field(default_factory=asyncio.Event)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def wake_pages(self, conversation: str) -> None:
        """Wake the pages that show the conversation, those of other processes too."""
        self.live_pages.wake(conversation)
        self.parts.wake_elsewhere(conversation)

    def forms(self, page: ConversationKind) -> Mapping[str, FormCommand]:
        """The commands for which the page of such conversations has a form, by their names."""
        return {form.name: form for form in self.parts.commands if page in form.pages}

    def gestures(self, page: ConversationKind, role: Role) -> set[str]:
        """Those of them that somebody in that role has the right to give."""
        return {
            name
            for name, form in self.forms(page).items()
            if form.right is None or may(role, form.right)
        }

    @property
    def is_secure(self) -> bool:
        """Whether people reach the pages over HTTPS."""
        return self.parts.public_url.startswith("https:")


SITE = web.AppKey("SITE", Site)
"""Where the application keeps its site: `request.app[SITE]`."""
