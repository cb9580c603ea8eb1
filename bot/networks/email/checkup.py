"""Checks that the mail server takes our mails, without sending any."""

import ssl

import aiosmtplib

from bot.networks.email.sending import client_of
from bot.networks.email.settings import EmailSettings, Security
from bot.ports.checkup import Finding, fault, ok, warning

_WHAT = "email"
_HERE = {"localhost", "127.0.0.1", "::1"}


async def checkup(settings: EmailSettings) -> list[Finding]:
    """One finding: on the server, its certificate, the account and the sender."""
    where = f"{settings.host}:{settings.port}"
    client = client_of(settings)
    try:
        await client.connect()
        await client.mail(settings.sender)
        await client.rset()
        await client.quit()
    except aiosmtplib.SMTPAuthenticationError as error:
        todo = "compare email.user and email.password with the account on that server"
        return [fault(_WHAT, f"{where} refuses the account: code {error.code}", todo)]
    except aiosmtplib.SMTPSenderRefused as error:
        todo = "name in email.sender an address that this account may write from"
        return [fault(_WHAT, f"{where} refuses the sender: code {error.code}", todo)]
    except aiosmtplib.SMTPResponseException as error:
        return [fault(_WHAT, f"{where} answers with code {error.code}", "ask its administrator")]
    except (aiosmtplib.SMTPException, OSError) as error:
        return [_unusable(where, settings, error)]
    finally:
        client.close()
    return [_protection(where, settings)]


def _unusable(where: str, settings: EmailSettings, error: Exception) -> Finding:
    if isinstance(error.__cause__, ssl.SSLCertVerificationError):
        todo = "name in email.host the server that the certificate is for, or have it mended"
        return fault(_WHAT, f"the certificate of {where} is not valid", todo)
    todo = "look at email.host, port and security (587 starttls, 465 tls), and at the firewall"
    said = f"{where} cannot be used with {settings.security}: {type(error).__name__}"
    return fault(_WHAT, said, todo)


def _protection(where: str, settings: EmailSettings) -> Finding:
    if settings.security is Security.NONE and settings.host not in _HERE:
        todo = "set email.security to starttls or tls"
        return warning(_WHAT, f"{where} takes our mails, which travel in clear", todo)
    return ok(_WHAT, f"{where} takes mails from {settings.sender}")
