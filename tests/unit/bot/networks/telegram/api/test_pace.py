from datetime import timedelta

import pytest

from bot.networks.telegram.api.pace import GroupPace
from bot.ports.network import RetryLater


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
