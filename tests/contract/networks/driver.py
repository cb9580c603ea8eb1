"""What the suite needs to know of a network: how a person speaks there, and what they see."""

from typing import Protocol

from bot.ports.network import Incoming, Network
from tests.support.memory_ports import Inbox


class Driver(Protocol):
    """A person at their end of one network, and the inbox at ours."""

    @property
    def network(self) -> Network:
        """What is tested."""

    @property
    def inbox(self) -> Inbox:
        """What takes its events."""

    async def types(self, text: str) -> None:
        """The person says something; it may still be on its way."""

    async def picks(self, label: str) -> None:
        """The person answers with a choice, in the way that is natural there."""

    async def shown(self) -> str:
        """Everything the person sees, as text."""


async def says(driver: Driver, text: str) -> Incoming:
    """The event that comes of what the person says."""
    before = len(driver.inbox.received)
    await driver.types(text)
    return (await driver.inbox.until(before + 1))[before]


async def chooses(driver: Driver, label: str) -> Incoming:
    """The event that comes of the person's choice."""
    before = len(driver.inbox.received)
    await driver.picks(label)
    return (await driver.inbox.until(before + 1))[before]
