"""Rate limits."""

from datetime import UTC, datetime, timedelta

from bot.networks.web.throttle import Throttle

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_burst_is_allowed_then_the_wait_is_told() -> None:
    throttle = Throttle()

    assert [None, None, timedelta(seconds=30)] == [throttle.take("a", 2, NOW) for _ in range(3)]


def test_after_the_wait_one_more_is_allowed() -> None:
    throttle = Throttle()
    for _ in range(3):
        throttle.take("a", 2, NOW)
    later = NOW + timedelta(seconds=30)

    assert None is throttle.take("a", 2, later)
    assert None is not throttle.take("a", 2, later)


def test_each_key_has_its_own_bucket() -> None:
    throttle = Throttle()
    throttle.take("a", 1, NOW)

    assert None is throttle.take("b", 1, NOW)


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    throttle = Throttle()
    throttle.take("a", 1, NOW)

    assert None is not throttle.take("a", 1, NOW - timedelta(days=1))


def test_memory_is_bounded_and_the_oldest_is_forgotten_first() -> None:
    throttle = Throttle()
    for number in range(20_001):
        throttle.take(str(number), 1, NOW)

    assert None is throttle.take("0", 1, NOW)
    assert None is not throttle.take("20000", 1, NOW)
