"""What every page handler works with, and the key under which the application holds it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment

from bot.domain.conversations import ConversationKind
from bot.domain.people import Role
from bot.domain.permissions import may
from bot.networks.web.bells import LivePages
from bot.networks.web.cookies import Cookies
from bot.networks.web.metrics import Metrics
from bot.networks.web.parts import WebParts
from bot.networks.web.throttle import Throttle
from bot.ports.web import FormCommand


@dataclass(frozen=True, slots=True)
class Site:
    """The parts given from outside, and what the site itself keeps while it runs.

    `posted` is set after each message that was kept: it wakes the loop that hands them over.
    """

    parts: WebParts
    templates: Environment
    bells: LivePages = field(default_factory=LivePages)
    throttle: Throttle = field(default_factory=Throttle)
    metrics: Metrics = field(default_factory=Metrics)
    posted: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self, conversation: str) -> None:
        """Wake the pages that show the conversation, those of other processes too."""
        self.bells.ring(conversation)
        self.parts.ring_elsewhere(conversation)

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
    def cookies(self) -> Cookies:
        """Cookies, secure when the public address is."""
        return Cookies(self.parts.secret_key, self.parts.public_url.startswith("https:"))

    @property
    def public_host(self) -> str:
        """The host, with its port, of the address people type."""
        return urlsplit(self.parts.public_url).netloc


SITE = web.AppKey("SITE", Site)
