"""What e-mail and the pages share: links in a message that open a confirming page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.ports.network import Outgoing


@dataclass(frozen=True, slots=True)
class Envelope:
    """What goes around the words of a mail.

    `title` is that of the project it is about, empty for none. `answers` are the addresses of the
    confirming pages, one for each choice, in their order; `stop` that of the page that ends these
    mails. `back` opens the person's conversation; None where they have none on the pages, or the
    address is not confirmed yet.
    """

    title: str
    answers: tuple[str, ...]
    stop: str
    back: str | None


EnvelopeFor = Callable[[Outgoing], Awaitable[Envelope]]
"""Makes the envelope of a message to an e-mail address."""


class Purpose(StrEnum):
    """What a link of a mail proposes: to say a choice, to open the conversation, to end mails."""

    ANSWER = "answer"
    BACK = "back"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a link of a mail proposes; `label` is that of the choice."""

    purpose: Purpose
    label: str
    expired: bool


class AddressNotWorking(Exception):
    """The address does not work any more: its links may now be read by somebody else."""


class Proposals(Protocol):
    """Tells what the links of mails propose, and does it."""

    def find(self, token: str) -> Proposal | None:
        """What the link proposes, None if we did not sign it; nothing is consumed."""

    async def accept(self, token: str) -> str | None:
        """Do what the link proposes, once however often it is accepted; then it is kept.

        Returns the conversation of the pages that it opens, or in which it was said, or None.
        Raises AddressNotWorking, and nothing is done, where the address does not work any more.
        """
