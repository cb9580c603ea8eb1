"""The e-mail network, which only sends."""

import asyncio
from dataclasses import dataclass, field

from bot.domain.wording.email_address import is_address
from bot.networks.email.composing import as_bytes, compose, message_id
from bot.networks.email.sending import hand_over
from bot.networks.email.settings import EmailSettings
from bot.ports.email_links import EnvelopeFor
from bot.ports.network import (
    Capabilities,
    DeliveryError,
    Operation,
    Outgoing,
    Receive,
    Refused,
    Unreachable,
)
from config.texts import Texts


@dataclass(eq=False)
class EmailNetwork:
    """Sends mails; people answer on the pages that the mail's links open."""

    settings: EmailSettings
    envelope_for: EnvelopeFor
    texts: Texts
    connected: bool = field(init=False, default=True)
    name = "email"
    capabilities = Capabilities()

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Wait until cancelled: nothing comes in."""
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> str:
        """Hand the mail over; return its Message-ID, the same each time. Raises DeliveryError."""
        if outgoing.backstage or outgoing.operation is not Operation.SAY:
            raise Refused("backstage words, and other acts than saying, are never mailed")
        recipient = outgoing.conversation.name
        if not is_address(recipient):
            raise Unreachable
        envelope = await self.envelope_for(outgoing)
        mail = compose(outgoing, envelope, self.settings, self.texts)
        try:
            await hand_over(as_bytes(mail), recipient, self.settings)
        except DeliveryError as error:
            # A refusal is an answer, too.
            self.connected = isinstance(error, Refused | Unreachable)
            raise
        self.connected = True
        return message_id(outgoing.key, self.settings.domain)
