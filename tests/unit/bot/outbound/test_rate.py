from bot.outbound.rate import Pace


def test_without_limits_nothing_waits() -> None:
    pace = Pace(0, 0)
    assert [0.0, 0.0] == [pace.reserve("a", 10.0), pace.reserve("a", 10.0)]
    assert 50 == pace.fitting(10.0, 1.0, 50)


def test_a_network_is_written_to_evenly_whatever_the_conversation() -> None:
    pace = Pace(per_minute=60, conversation_per_minute=0)
    assert [0.0, 1.0, 2.0] == [pace.reserve(place, 10.0) for place in "aba"]
    assert 0.0 == pace.reserve("c", 13.0)


def test_a_conversation_has_its_own_pace() -> None:
    pace = Pace(per_minute=0, conversation_per_minute=20)
    assert [0.0, 3.0] == [pace.reserve("a", 10.0), pace.reserve("a", 10.0)]
    assert 0.0 == pace.reserve("b", 10.0)


def test_only_what_fits_within_the_horizon_is_asked_for() -> None:
    pace = Pace(per_minute=60, conversation_per_minute=0)
    assert 4 == pace.fitting(10.0, 3.0, 100)
    assert 2 == pace.fitting(10.0, 3.0, 2)
    for _ in range(4):
        pace.reserve("a", 10.0)
    assert 0 == pace.fitting(10.0, 3.0, 100)
    assert 1 == pace.fitting(11.0, 3.0, 100)


def test_past_slots_are_forgotten_once_there_are_many() -> None:
    pace = Pace(per_minute=0, conversation_per_minute=60)
    for number in range(10_001):
        pace.reserve(f"chat:{number}", 0.0)
    pace.reserve("late", 100.0)
    assert 0.0 == pace.reserve("chat:1", 100.0)
