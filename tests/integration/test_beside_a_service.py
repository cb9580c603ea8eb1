"""A command opens the SQLite database of a service that runs."""

from pathlib import Path

from bot.ports.message_queue import Outcome, Settlement
from storage import open_store
from tests.support.stores import MINUTE, NOW, chat, message, open_test_store


async def test_what_the_service_is_sending_stays_its_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'filrouge.sqlite3'}"
    service = open_test_store(url, tmp_path)
    place = chat("a")
    await service.database.transact(lambda uow: uow.outbox.put(message(place, "m1"), at=NOW))
    (under_way,) = await service.queue.exchange([], NOW, MINUTE, 10, [place.network])

    command = open_store(
        url,
        data_dir=tmp_path,
        now=lambda: NOW,
        worker_id="command",
        file_types={},
        max_file_size=0,
        beside=True,
    )
    assert [] == await command.queue.exchange([], NOW, MINUTE, 10, [place.network])
    command.close()

    recorded = Settlement(under_way.id, Outcome.SENT, NOW, remote_id="1")
    await service.queue.exchange([recorded], NOW, MINUTE, 10, [place.network])
    assert 0 == (await service.queries.depths()).outbox_waiting
    service.close()
