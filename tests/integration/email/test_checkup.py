"""What the doctor says of a mail server, by a real one; it sends nothing."""

import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import unused_port

from bot.networks.email.checkup import checkup
from bot.networks.email.settings import EmailSettings, Security
from bot.ports.checkup import Finding, Level
from tests.support.smtp import MailServer, mail_server


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def found(port: int, **changes: Any) -> Finding:
    """The one finding."""
    usual = EmailSettings("127.0.0.1", port, "fil@exemple.fr", Security.NONE)
    (finding,) = await checkup(replace(usual, **changes))
    return finding


async def test_a_server_that_takes_mails_is_well_and_gets_none(server: MailServer) -> None:
    finding = await found(server.port, user="fil", password="right")
    assert (Level.OK, f"127.0.0.1:{server.port} takes mails from fil@exemple.fr") == (
        finding.level,
        finding.said,
    )
    assert [] == server.mails


async def test_a_wrong_password_is_a_fault_and_is_not_repeated(server: MailServer) -> None:
    finding = await found(server.port, user="fil", password="motsecret")
    assert Level.FAULT is finding.level
    assert "refuses the account: code 535" in finding.said
    assert "motsecret" not in repr(finding)


async def test_a_sender_that_is_refused_is_a_fault(server: MailServer) -> None:
    server.on_sender = "550 Not you"
    finding = await found(server.port)
    assert Level.FAULT is finding.level
    assert "refuses the sender: code 550" in finding.said


async def test_a_server_that_is_down_or_does_not_encrypt_is_a_fault(server: MailServer) -> None:
    for finding in (
        await found(unused_port()),
        await found(server.port, security=Security.STARTTLS),
    ):
        assert Level.FAULT is finding.level
        assert "cannot be used with" in finding.said


async def test_a_certificate_that_nobody_signed_is_a_fault(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    ours, theirs = certificate
    async with mail_server(tls=theirs) as server:
        over_tls = {"host": "localhost", "security": Security.TLS}
        finding = await found(server.port, **over_tls)
        assert (Level.FAULT, f"the certificate of localhost:{server.port} is not valid") == (
            finding.level,
            finding.said,
        )
        assert Level.OK is (await found(server.port, **over_tls, tls=ours)).level


async def test_mails_that_travel_in_clear_are_a_warning() -> None:
    async with mail_server(host="127.0.0.2") as server:
        finding = await found(server.port, host="127.0.0.2")
    assert Level.WARNING is finding.level
    assert "travel in clear" in finding.said
