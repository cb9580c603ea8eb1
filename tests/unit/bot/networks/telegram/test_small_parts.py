"""Names of messages, reactions, pace, pauses; and that nobody pays for Telegram without it."""

import subprocess
import sys
from datetime import timedelta

import pytest

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.api.pace import GroupPace
from bot.networks.telegram.api.reactions import allowed
from bot.networks.telegram.rooms.known_messages import Whereabouts
from bot.networks.telegram.rooms.remote_ids import Sent, Spot, named, sent, spot
from bot.ports.network import RetryLater
from tests.support.memory_ports import MemorySeats


@pytest.mark.parametrize(
    ("message", "name"),
    [(Sent((12,)), "12"), (Sent((12, 13)), "12,13"), (Sent((12, 13), 14), "12,13;14")],
)
def test_a_message_has_a_name_that_gives_its_ids(message: Sent, name: str) -> None:
    assert (name, message) == (message.remote_id, sent(name))


@pytest.mark.parametrize("name", ["", "$abc:serveur", "12;", "room:UV-7K3Q"])
def test_other_names_are_no_messages(name: str) -> None:
    try:
        assert Sent((12,)) == sent(name)
    except ValueError:
        assert name != "12;"


def test_a_file_that_bears_its_words_is_no_file_apart() -> None:
    assert Sent((12,)) == named([12], file_apart=True)
    assert Sent((12,), 13) == named([12, 13], file_apart=True)


def test_a_topic_has_a_name_that_gives_its_chat() -> None:
    assert Spot(-1001, 5) == spot(Spot(-1001, 5).remote)


@pytest.mark.parametrize(
    ("sign", "given"),
    [("👍", "👍"), ("👍🏽", "👍"), ("❤️", "❤"), ("❤", "❤"), ("🚜", None), ("", None)],
)
def test_a_reaction_is_one_of_telegrams(sign: str, given: str | None) -> None:
    assert given == allowed(sign)


def test_a_group_is_written_to_so_many_times_a_minute_and_a_person_without_count() -> None:
    now = [0.0]
    pace = GroupPace(2, lambda: now[0])
    for chat in (-1, -1, -2, 101, 101, 101):
        pace.take(chat)
    now[0] = 10.0
    with pytest.raises(RetryLater) as raised:
        pace.take(-1)
    assert timedelta(seconds=50) == raised.value.after

    now[0] = 60.0
    pace.take(-1)


def test_several_messages_to_a_group_go_together_or_wait_together() -> None:
    now = [0.0]
    pace = GroupPace(4, lambda: now[0])
    pace.take(-1, 2)
    now[0] = 10.0
    pace.take(-1)
    with pytest.raises(RetryLater) as raised:
        pace.take(-1, 3)
    assert timedelta(seconds=50) == raised.value.after
    with pytest.raises(RetryLater) as raised:
        pace.take(-1, 9)
    assert timedelta(seconds=60) == raised.value.after

    now[0] = 70.0
    pace.take(-1, 9)


def test_whoever_asked_to_wait_is_left_alone_until_then() -> None:
    now = [0.0]
    pace = GroupPace(2, lambda: now[0])
    pace.hold(101, timedelta(seconds=3))
    with pytest.raises(RetryLater):
        pace.take(101)
    pace.take(102)
    now[0] = 3.0
    pace.take(101)


async def test_a_message_seen_long_ago_is_looked_for() -> None:
    seats = MemorySeats()
    for ref, remote in (("UV-1", "-1/5"), ("UV-2", "-1/6"), ("UV-3", "-2/5")):
        await seats.bind(ConversationRef("telegram", f"room:{ref}"), remote)
    seats.messages += [(ConversationRef("telegram", f"room:UV-{n}"), "12,14;15") for n in (3, 2)]
    whereabouts = Whereabouts(seats, most=1)
    whereabouts.add(-1, 12, "room:UV-1")
    whereabouts.add(-1, 13, "room:UV-1")

    found = [await whereabouts.find(-1, number) for number in (13, 15, 16)]
    assert ["room:UV-1", "room:UV-2", None] == found
    assert None is await whereabouts.find(-3, 12)
    assert "12,14;15" == await whereabouts.whole(-1, "14", "room:UV-2")
    assert "16" == await whereabouts.whole(-1, "16", "room:UV-2")


def test_naming_the_settings_loads_no_library_of_telegrams() -> None:
    code = (
        "import sys, bot.networks.telegram; "
        "print([name for name in ('telegram', 'httpx') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == ran.stdout.strip()
