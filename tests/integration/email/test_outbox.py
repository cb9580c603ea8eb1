"""What becomes of mails that are queued while their server is down, or refuses them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

from bot.domain.conversations import ConversationRef
from bot.networks.email.network import EmailNetwork
from bot.networks.email.settings import EmailSettings, Security
from bot.outbound.courier import Courier
from bot.ports.message_queue import Delivery, Outcome
from bot.ports.network import Outgoing
from config.texts import load_texts
from storage import Store
from tests.support import stores
from tests.support.memory_ports import SettableClock, envelope_for
from tests.support.postgres import empty_database
from tests.support.smtp import MailServer, mail_server

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TO = "mairie@exemple.fr"


class Post:
    """A courier of mails over a real store, and what people were told of."""

    def __init__(self, store: Store, port: int) -> None:
        self.store = store
        self.port = port
        self.clock = SettableClock(stores.NOW)
        self.told: list[Outcome] = []
        settings = EmailSettings("127.0.0.1", port, "fil@exemple.fr", Security.NONE)
        self._courier = Courier(
            store.queue,
            self.clock,
            {"email": EmailNetwork(settings, envelope_for, load_texts())},
            lease=MINUTE,
            paces={},
            opening=lambda delivery, now: now,
            tell_people=self._tell_people,
        )

    async def queue(self, key: str, to: str = TO) -> None:
        """A message waits."""
        mail = Outgoing(key, ConversationRef("email", to), "Bonjour", "notice")
        await self.store.database.transact(lambda uow: uow.outbox.put(mail, at=self.clock.now()))

    async def delivers(self, later: timedelta = timedelta()) -> int:
        """How many messages are tried once that time has passed."""
        self.clock.at += later
        claimed = await self._courier.start_due()
        await self._courier.drain()
        return claimed

    async def _tell_people(self, delivery: Delivery, outcome: Outcome, at: object) -> None:
        self.told.append(outcome)


@pytest.fixture(params=["sqlite", "postgresql"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    sqlite = nullcontext(f"sqlite:///{tmp_path}/mails.sqlite3")
    with empty_database() if request.param == "postgresql" else sqlite as url:
        store = stores.open_test_store(url, tmp_path)
        yield Post(store, unused_port())
        store.close()


@pytest.fixture
async def server(post: Post) -> AsyncIterator[MailServer]:
    async with mail_server(port=post.port) as server:
        yield server


async def test_a_mail_queued_while_the_server_is_down_goes_once_it_is_back(post: Post) -> None:
    await post.queue("k1")
    assert 1 == await post.delivers()
    async with mail_server(port=post.port) as server:
        assert 0 == await post.delivers()
        assert 1 == await post.delivers(MINUTE)
        assert 0 == await post.delivers(HOUR)
        assert [TO] == server.recipients
    await post.queue("k2")
    assert 1 == await post.delivers()
    async with mail_server(port=post.port) as server:
        assert 1 == await post.delivers(MINUTE)
        assert [TO] == server.recipients
    assert [] == post.told


async def test_each_refusal_is_told_for_what_it_is_and_never_tried_again(
    post: Post, server: MailServer
) -> None:
    server.refusals["nobody@exemple.fr"] = "550 5.1.1 No such user"
    server.on_data = "554 5.7.1 Not such a mail"
    await post.queue("k1", "nobody@exemple.fr")
    await post.queue("k2")
    assert 2 == await post.delivers()
    assert 0 == await post.delivers(HOUR)
    assert {Outcome.UNREACHABLE, Outcome.REFUSED} == set(post.told)
    (letter,) = await post.store.queue.dead_letters()
    assert (TO, "Refused") == (letter.conversation.name, letter.error)
