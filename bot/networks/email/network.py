"""The e-mail network, which only sends."""

import asyncio

from bot.domain.wording.email_address import is_address
from bot.networks.email.composing import as_bytes, compose, message_id
from bot.networks.email.sending import hand_over
from bot.networks.email.settings import EmailSettings
from bot.ports.email_links import Envelopes
from bot.ports.network import Capabilities, Operation, Outgoing, Receive, Refused, Unreachable
from config.texts import Texts


class EmailNetwork:
    """Sends mails; people answer on the pages that the mail's links open."""

    name = "email"
    capabilities = Capabilities()

    def __init__(self, settings: EmailSettings, envelopes: Envelopes, texts: Texts) -> None:
        self._settings = settings
        self._envelopes = envelopes
        self._texts = texts

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Wait until cancelled: nothing comes in."""
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> str:
        """Hand the mail to the server; return its Message-ID. Raises DeliveryError.

        A message sent again has the same Message-ID, by which mail readers can tell.
        """
        if outgoing.backstage or outgoing.operation is not Operation.SAY:
            raise Refused("backstage words, and other acts than saying, are never mailed")
        recipient = outgoing.conversation.name
        if not is_address(recipient):
            raise Unreachable
        envelope = await self._envelopes.envelope_for(outgoing)
        mail = compose(outgoing, envelope, self._settings, self._texts)
        await hand_over(as_bytes(mail), recipient, self._settings)
        return message_id(outgoing.key, self._settings.domain)
