"""Waking those who wait for news."""

from bot.networks.web.bells import LivePages


def test_a_ring_wakes_those_who_listen_to_that_conversation_only() -> None:
    bells = LivePages()
    with bells.listening("a") as here, bells.listening("a") as too, bells.listening("b") as other:
        bells.ring("a")

        assert (True, True, False) == (here.is_set(), too.is_set(), other.is_set())
        assert 3 == bells.count


def test_nobody_listens_once_they_left() -> None:
    bells = LivePages()
    with bells.listening("a"):
        pass
    bells.ring("a")

    assert 0 == bells.count


def test_all_can_be_woken_at_once() -> None:
    bells = LivePages()
    with bells.listening("a") as here, bells.listening("b") as there:
        bells.ring_all()

        assert here.is_set()
        assert there.is_set()
