"""The e-mail network: it sends, and hears nothing."""

import asyncio

from bot.domain.wording.email_address import is_address
from bot.networks.email.composing import as_bytes, composed, message_id
from bot.networks.email.sending import hand_over
from bot.networks.email.settings import EmailSettings
from bot.ports.email_links import Envelopes
from bot.ports.network import Capabilities, Operation, Outgoing, Receive, Refused, Unreachable
from config.texts import Texts


class EmailNetwork:
    """Sends mails; answers come back through the pages that their links open."""

    name = "email"
    capabilities = Capabilities()

    def __init__(self, settings: EmailSettings, envelopes: Envelopes, texts: Texts) -> None:
        self._settings = settings
        self._envelopes = envelopes
        self._texts = texts

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Nothing comes in: waits until cancelled."""
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> str:
        """Hand the mail to the server; its remote id is its Message-ID, which is the same if the
        message is ever sent again: who receives it twice can tell. Raises DeliveryError.
        """
        if outgoing.backstage or outgoing.operation is not Operation.SAY:
            raise Refused("backstage words, and other acts than saying, are never mailed")
        recipient = outgoing.conversation.name
        if not is_address(recipient):
            raise Unreachable
        envelope = await self._envelopes.envelope_for(outgoing)
        mail = composed(outgoing, envelope, self._settings, self._texts)
        await hand_over(as_bytes(mail), recipient, self._settings)
        return message_id(outgoing.key, self._settings.domain)
