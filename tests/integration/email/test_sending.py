"""Mails, handed to a real server."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import unused_port

from bot.domain.conversations import ConversationRef
from bot.networks.email.network import EmailNetwork
from bot.networks.email.sending import OURS
from bot.networks.email.settings import EmailSettings, Security
from bot.ports.network import (
    Choice,
    Operation,
    Outgoing,
    Refused,
    RetryLater,
    Uncertain,
    Unreachable,
)
from config.texts import load_texts
from tests.support.memory_ports import envelope_for
from tests.support.smtp import MailServer, mail_server

TO = "mairie@fourmies.exemple.fr"
QUESTION = Outgoing(
    "k1",
    ConversationRef("email", TO),
    "Où en êtes-vous ?",
    "followup.where_are_you",
    choices=(Choice("pulse:UV-7K3Q:yes", "Ça avance"),),
)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


def network(port: int, **changes: Any) -> EmailNetwork:
    usual = EmailSettings("127.0.0.1", port, "fil@exemple.fr", Security.NONE)
    return EmailNetwork(replace(usual, **changes), envelope_for, load_texts())


async def test_a_mail_arrives_once_with_both_parts(server: MailServer) -> None:
    remote_id = await network(server.port).send(QUESTION)

    (mail,) = server.mails
    assert ([TO], remote_id) == (server.recipients, mail["Message-ID"])
    assert ["text/plain", "text/html"] == [p.get_content_type() for p in mail.iter_parts()]
    assert b"List-Unsubscribe: <https://exemple.fr/courriel/stop>" in server.raw[0]


async def test_the_same_message_has_the_same_id_when_sent_again(server: MailServer) -> None:
    first = await network(server.port).send(QUESTION)
    second = await network(server.port).send(QUESTION)

    assert first == second


@pytest.mark.parametrize("answer", ["550 No such user", "551 Elsewhere", "553 Bad name"])
async def test_a_refused_recipient_is_unreachable(server: MailServer, answer: str) -> None:
    server.refusals[TO] = answer

    with pytest.raises(Unreachable):
        await network(server.port).send(QUESTION)


async def test_a_recipient_put_off_is_tried_later(server: MailServer) -> None:
    server.refusals[TO] = "450 Greylisted"
    with pytest.raises(RetryLater):
        await network(server.port).send(QUESTION)

    server.refusals.clear()
    await network(server.port).send(QUESTION)

    assert 1 == len(server.mails)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("451 4.3.0 Later", RetryLater),
        ("554 5.7.1 Not such a mail", Refused),
        ("552 Too large", Refused),
        ("550 5.1.1 No such user", Unreachable),
    ],
)
async def test_a_whole_mail_that_is_refused_blames_the_address_only_if_it_is_said(
    server: MailServer, answer: str, error: type[Exception]
) -> None:
    server.on_data = answer
    with pytest.raises(error):
        await network(server.port).send(QUESTION)


async def test_a_refused_sender_does_not_blame_the_recipient(server: MailServer) -> None:
    server.on_sender = "550 Not you"

    with pytest.raises(RetryLater):
        await network(server.port).send(QUESTION)


async def test_a_server_that_is_down_is_tried_later() -> None:
    with pytest.raises(RetryLater):
        await network(unused_port()).send(QUESTION)


async def test_it_is_connected_unless_the_last_mail_met_no_server(server: MailServer) -> None:
    mails = network(server.port)
    seen = [mails.connected]
    mails.settings = replace(mails.settings, port=unused_port())
    with pytest.raises(RetryLater):
        await mails.send(QUESTION)
    seen.append(mails.connected)
    mails.settings = replace(mails.settings, port=server.port)
    await mails.send(QUESTION)

    assert [True, False, True] == [*seen, mails.connected]


async def test_silence_after_the_mail_is_uncertain(server: MailServer) -> None:
    server.on_data = ""

    with pytest.raises(Uncertain):
        await network(server.port, patience=timedelta(milliseconds=500)).send(QUESTION)

    assert 1 == len(server.mails)


async def test_a_wrong_password_is_for_the_operator_and_tried_later(server: MailServer) -> None:
    with pytest.raises(RetryLater) as raised:
        await network(server.port, user="fil", password="wrong").send(QUESTION)
    assert OURS == raised.value.after
    await network(server.port, user="fil", password="right").send(QUESTION)

    assert 1 == len(server.mails)


async def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(
    server: MailServer,
) -> None:
    with pytest.raises(RetryLater):
        await network(server.port, security=Security.STARTTLS).send(QUESTION)

    assert [] == server.mails


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_a_mail_travels_encrypted(
    security: Security, certificate: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    ours, theirs = certificate
    starttls, tls = (theirs, None) if security is Security.STARTTLS else (None, theirs)
    async with mail_server(starttls=starttls, tls=tls) as server:
        await network(server.port, host="localhost", security=security, tls=ours).send(QUESTION)
        assert ([TO], [True]) == (server.recipients, server.encrypted)


async def test_a_certificate_that_nobody_signed_gets_nothing(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    async with mail_server(tls=certificate[1]) as server:
        with pytest.raises(RetryLater):
            await network(server.port, host="localhost", security=Security.TLS).send(QUESTION)
        assert [] == server.mails


async def test_an_address_that_holds_a_second_one_is_sent_nothing(server: MailServer) -> None:
    hostile = ConversationRef("email", "a@exemple.fr\r\nRCPT TO:<b@exemple.fr>")

    with pytest.raises(Unreachable):
        await network(server.port).send(replace(QUESTION, conversation=hostile))

    assert [] == server.recipients


@pytest.mark.parametrize("wrong", [{"backstage": True}, {"operation": Operation.DELETE}])
async def test_backstage_words_and_other_acts_are_never_mailed(
    server: MailServer, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        await network(server.port).send(replace(QUESTION, **wrong))

    assert [] == server.mails


async def test_it_listens_until_cancelled() -> None:
    async def receive(events: object, cursor: object) -> None:
        raise AssertionError

    running = asyncio.create_task(network(1).run(None, receive))
    await asyncio.sleep(0)

    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
