"""What becomes of a mail that is queued while its server is down."""

from datetime import timedelta
from pathlib import Path

from bot.networks.email.network import EmailNetwork
from bot.networks.email.settings import EmailSettings, Security
from bot.outbox import Outbox
from bot.ports.mail import Delivery, Outcome
from bot.ports.mailing import Envelope
from bot.ports.network import Outgoing, Place
from config.texts import load_texts
from tests.support import stores
from tests.support.memory_ports import SettableClock
from tests.support.service import free_port
from tests.support.smtp import mail_server

MAIL = Outgoing("k1", Place("email", "mairie@exemple.fr"), "Bonjour", "notice")


class Plain:
    """Envelopes with nothing in them."""

    async def around(self, outgoing: Outgoing) -> Envelope:
        return Envelope("", (), "https://exemple.fr/courriel/stop", None)


async def test_a_mail_queued_while_the_server_is_down_goes_once_it_is_back(tmp_path: Path) -> None:
    store = stores.open_test_store(f"sqlite:///{tmp_path}/mails.sqlite3", tmp_path)
    clock, port, told = SettableClock(stores.NOW), free_port(), list[Outcome]()

    async def undelivered(delivery: Delivery, outcome: Outcome, at: object) -> None:
        told.append(outcome)

    settings = EmailSettings("127.0.0.1", port, "fil@exemple.fr", Security.NONE)
    outbox = Outbox(
        store.mail,
        clock,
        {"email": EmailNetwork(settings, Plain(), load_texts())},
        lease=timedelta(minutes=1),
        paces={},
        opening=lambda delivery, now: now,
        undelivered=undelivered,
    )
    await store.database.transact(lambda uow: uow.outbox.put(MAIL, at=clock.now()))

    async def deliver() -> int:
        claimed = await outbox.round()
        await outbox.drain()
        return claimed

    assert 1 == await deliver()
    async with mail_server(port=port) as server:
        assert 0 == await deliver()
        clock.at += timedelta(minutes=1)
        assert 1 == await deliver()
        clock.at += timedelta(hours=1)
        assert 0 == await deliver()

        assert ["mairie@exemple.fr"] == server.recipients
    assert [] == told
    store.close()
