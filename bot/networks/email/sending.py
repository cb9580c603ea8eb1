"""One mail, handed to the server; what goes wrong, in the words of the port."""

import asyncio
import logging
import re
from datetime import timedelta

import aiosmtplib

from bot.networks.email.settings import EmailSettings, Security
from bot.ports.network import DeliveryError, Refused, RetryLater, Uncertain, Unreachable

_log = logging.getLogger(__name__)

SOON = timedelta(minutes=1)
"""After a server that does not answer."""

BUSY = timedelta(minutes=5)
"""After « try again later »: greylisting asks for about as much."""

OURS = timedelta(minutes=15)
"""After a refusal that only the operator can lift: a wrong password, a sender not allowed."""

_PERMANENT = 500

_OF_THE_ADDRESS = re.compile(r"5\.[12]\.\d")
"""Enhanced codes that speak of the recipient's address or mailbox (RFC 3463), not of the mail."""


async def hand_over(content: bytes, recipient: str, settings: EmailSettings) -> None:
    """Returns once the server has taken the mail. Raises DeliveryError."""
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
    """Nothing is sent yet: whatever fails here can be tried again."""
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
    """From here on a silence may be that of a server that took the mail."""
    try:
        await client.data(content)
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal(error) from None
    except (aiosmtplib.SMTPException, OSError):
        raise Uncertain from None


async def _quit(client: aiosmtplib.SMTP) -> None:
    """The mail is taken already: how the server takes its leave changes nothing."""
    try:
        async with asyncio.timeout(1):
            await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        return


def _refusal(error: aiosmtplib.SMTPResponseException) -> DeliveryError:
    """What is said of a whole mail: a filter that does not like it says nothing of the address."""
    if error.code < _PERMANENT:
        return RetryLater(BUSY)
    return Unreachable() if _OF_THE_ADDRESS.match(error.message) else Refused()
