"""Hands one mail to the server, and translates what goes wrong into the port's errors."""

import asyncio
import logging
import re
from datetime import timedelta

import aiosmtplib

from bot.networks.email.settings import EmailSettings, Security
from bot.ports.network import DeliveryError, Refused, RetryLater, Uncertain, Unreachable

_log = logging.getLogger(__name__)

SOON = timedelta(minutes=1)
"""How long to wait after the server did not answer."""

BUSY = timedelta(minutes=5)
"""How long to wait after « try again later »: greylisting asks for about as much."""

OURS = timedelta(minutes=15)
"""How long to wait after a refusal that only an operator can lift: of the password, the sender."""

_PERMANENT = 500

_OF_THE_ADDRESS = re.compile(r"5\.[12]\.\d")
"""Enhanced status codes on the recipient's address or mailbox, not on the mail (RFC 3463)."""


async def hand_over(content: bytes, recipient: str, settings: EmailSettings) -> None:
    """Hand the mail over: the server has taken it when this returns. Raises DeliveryError."""
    client = client_of(settings)
    try:
        await _send_envelope(client, recipient, settings)
        await _send_content(client, content)
        await _quit(client)
    finally:
        client.close()


def client_of(settings: EmailSettings) -> aiosmtplib.SMTP:
    """A client of the server, not connected yet."""
    return aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        username=settings.user or None,
        password=settings.password or None,
        timeout=settings.patience.total_seconds(),
        use_tls=settings.security is Security.TLS,
        start_tls=settings.security is Security.STARTTLS,
        tls_context=settings.tls,
    )


async def _send_envelope(client: aiosmtplib.SMTP, recipient: str, settings: EmailSettings) -> None:
    """Name sender and recipient. Nothing is sent yet: whatever fails here can be tried again."""
    try:
        await client.connect()
        await client.mail(settings.sender)
    except aiosmtplib.SMTPResponseException as error:
        if error.code >= _PERMANENT:
            _log.error("The mail server refuses our account or sender: code %d.", error.code)
            raise RetryLater(OURS) from None
        raise RetryLater(BUSY) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        _log.warning("The mail server cannot be used: %s.", type(error).__name__)
        raise RetryLater(SOON) from None
    try:
        await client.rcpt(recipient)
    except aiosmtplib.SMTPResponseException as error:
        raise (Unreachable() if error.code >= _PERMANENT else RetryLater(BUSY)) from None
    except (aiosmtplib.SMTPException, OSError):
        raise RetryLater(SOON) from None


async def _send_content(client: aiosmtplib.SMTP, content: bytes) -> None:
    """Send the mail itself. If no answer comes, the server may have taken it."""
    try:
        await client.data(content)
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal(error) from None
    except (aiosmtplib.SMTPException, OSError):
        raise Uncertain from None


async def _quit(client: aiosmtplib.SMTP) -> None:
    """Say goodbye. The mail is taken already: a failure changes nothing."""
    try:
        async with asyncio.timeout(1):
            await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        return


def _refusal(error: aiosmtplib.SMTPResponseException) -> DeliveryError:
    """The error for a refused mail: a filter's refusal says nothing against the address."""
    if error.code < _PERMANENT:
        return RetryLater(BUSY)
    return Unreachable() if _OF_THE_ADDRESS.match(error.message) else Refused()
