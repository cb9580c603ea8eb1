"""A real mail server on a free port, which can be told to misbehave."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class MailServer:
    """What came in, and what is answered instead of taking it.

    `refusals` maps a recipient to the answer; `on_data` is the answer to a whole mail, "" for
    none at all although the mail was taken.
    """

    port: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    on_sender: str = "250 OK"
    on_data: str = "250 OK"
    password: str = "right"
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_sender.startswith("250"):
            envelope.mail_from = address
        return self.on_sender

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if not self.on_data or self.on_data.startswith("250"):
            content = envelope.original_content or b""
            mail = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
            self.mails.append(mail)
            self.raw.append(content)
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(_is_encrypted(server))
        if not self.on_data:
            await asyncio.Event().wait()
        return self.on_data

    def authenticates(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Whether the password is right."""
        known = isinstance(data, LoginPassword) and data.password.decode() == self.password
        return AuthResult(success=known, handled=False)


def _is_encrypted(server: SMTP) -> bool:
    transport = server.transport
    return transport is not None and transport.get_extra_info("sslcontext") is not None


@asynccontextmanager
async def mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    port: int = 0,
    host: str = "127.0.0.1",
) -> AsyncIterator[MailServer]:
    """A server that takes what it is given; with `starttls`, only by an encrypted connection."""
    taking = MailServer()

    def connection() -> SMTP:
        return SMTP(
            taking,
            hostname="smtp.exemple.fr",
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_require_tls=starttls is not None,
            authenticator=taking.authenticates,
        )

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(connection, host, port, ssl=tls)
    taking.port = listening.sockets[0].getsockname()[1]
    try:
        yield taking
    finally:
        listening.close()
