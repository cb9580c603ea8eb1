from datetime import UTC, datetime

import pytest

from bot.commands.stores import command_store
from bot.domain.conversations import ConversationRef
from bot.ports.network import Incoming
from config.settings import load
from tests.integration.cli.conftest import Filrouge

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
async def parked() -> None:
    """Two events that were given up."""
    place = ConversationRef("web", "chat:1")
    events = [Incoming(place, key, "chat:1", NOW, "secret words") for key in ("a", "b")]
    with command_store(load()) as store:
        await store.queue.receive("web", events, None, NOW)
        for _ in events:
            (waiting,) = await store.queue.waiting(NOW, 10)
            await store.queue.record_failure(waiting, "ValueError at x.py:1", None, None)


def test_nothing_given_up_is_said(filrouge: Filrouge) -> None:
    assert "no dead letter\n" == filrouge("dead-letters", "list").out


@pytest.mark.usefixtures("parked")
def test_dead_letters_are_listed_without_their_words_and_put_back(filrouge: Filrouge) -> None:
    listed = filrouge("dead-letters", "list").out
    assert ["LETTER", "inbox:1", "inbox:2"] == [line.split()[0] for line in listed.splitlines()]
    assert "ValueError at x.py:1" in listed
    assert "secret" not in listed
    assert "1 put back in the queue\n" == filrouge("dead-letters", "replay", "inbox:1").out
    assert "no dead letter inbox:1" in filrouge("dead-letters", "replay", "inbox:1").err
    assert "1 put back in the queue\n" == filrouge("dead-letters", "replay", "--all").out
    assert "no dead letter\n" == filrouge("dead-letters", "list").out


@pytest.mark.parametrize(
    "arguments", [[], ["inbox"], ["mail:1"], ["inbox:x"], ["inbox:9"], ["inbox:1", "--all"]]
)
def test_a_letter_that_is_none_is_refused(filrouge: Filrouge, arguments: list[str]) -> None:
    ran = filrouge("dead-letters", "replay", *arguments)
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
