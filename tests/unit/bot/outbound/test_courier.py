import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.outbound.courier import Courier
from bot.outbound.outcomes import MOST_TRIES
from bot.ports.message_queue import Delivery, Outcome
from bot.ports.network import Outgoing, Refused, RetryLater, RoomGone, Uncertain, Unreachable
from tests.support.bot_fakes import CHAT, NOW, FakeNetwork, FakeQueue, delivery
from tests.support.memory_ports import SettableClock

HOUR = timedelta(hours=1)


class Told:
    """Whom it concerns is told, or cannot be."""

    def __init__(self, *, broken: bool = False) -> None:
        self.outcomes: list[Outcome] = []
        self.broken = broken

    async def __call__(self, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        """Keep the outcome."""
        if self.broken:
            raise RuntimeError("the database is gone")
        self.outcomes.append(outcome)


def courier(
    queue: FakeQueue, network: FakeNetwork, told: Told | None = None, opens: datetime = NOW
) -> Courier:
    """A courier over one network."""
    return Courier(
        queue,
        SettableClock(NOW),
        {network.name: network},
        lease=timedelta(seconds=60),
        paces={},
        opening=lambda *_: opens,
        tell_people=told or Told(),
    )


async def deliver(
    network: FakeNetwork, claimed: Delivery, told: Told | None = None, opens: datetime = NOW
) -> tuple[Outcome, datetime | None] | None:
    """What is recorded of one delivery: its outcome and when it is tried again."""
    queue = FakeQueue([claimed])
    sender = courier(queue, network, told, opens)
    await sender.start_due()
    await sender.drain()
    return (queue.settled[0].outcome, queue.settled[0].again_at) if queue.settled else None


async def test_what_was_sent_is_recorded() -> None:
    network = FakeNetwork()
    assert (Outcome.SENT, None) == await deliver(network, delivery())
    assert ["m1"] == network.sent


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Unreachable(), (Outcome.UNREACHABLE, None)),
        (RoomGone(), (Outcome.UNREACHABLE, None)),
        (Refused(), (Outcome.REFUSED, None)),
        (Uncertain(), (Outcome.UNCERTAIN, None)),
        (TimeoutError(), (Outcome.UNCERTAIN, None)),
        (RetryLater(HOUR), (Outcome.RETRY, NOW + HOUR)),
        (ConnectionError(), (Outcome.RETRY, NOW + timedelta(seconds=2))),
    ],
)
async def test_each_error_has_its_outcome(
    error: Exception, expected: tuple[Outcome, datetime | None]
) -> None:
    assert expected == await deliver(FakeNetwork(error), delivery())


async def test_where_sending_twice_shows_once_an_uncertain_send_is_tried_again() -> None:
    outcome, _ = await deliver(FakeNetwork(Uncertain(), idempotent=True), delivery()) or (
        None,
        None,
    )
    assert Outcome.RETRY is outcome


async def test_a_message_tried_too_often_is_given_up() -> None:
    claimed = delivery(attempts=MOST_TRIES - 1)
    assert (Outcome.DEAD, None) == await deliver(FakeNetwork(ConnectionError()), claimed)


async def test_a_stale_message_is_not_sent() -> None:
    network = FakeNetwork()
    assert (Outcome.DROPPED, None) == await deliver(network, delivery(stale=True))
    assert [] == network.sent


async def test_outside_its_window_a_message_is_postponed() -> None:
    network = FakeNetwork()
    expected = (Outcome.POSTPONED, NOW + HOUR)
    assert expected == await deliver(network, delivery(), opens=NOW + HOUR)
    assert [] == network.sent


async def test_an_interrupted_send_is_not_blindly_repeated() -> None:
    network = FakeNetwork()
    assert (Outcome.UNCERTAIN, None) == await deliver(network, delivery(interrupted=True))
    assert [] == network.sent
    again = FakeNetwork(idempotent=True)
    assert (Outcome.SENT, None) == await deliver(again, delivery(interrupted=True))


OURS = Outgoing("m1", CHAT, "Appelez le 112 ou le 18.", "safety")
ADVICE = replace(OURS, kind="recommendation")


@pytest.mark.parametrize("error", [Uncertain(), TimeoutError()])
async def test_our_own_words_of_unknown_fate_are_repeated(error: Exception) -> None:
    outcome, again_at = await deliver(FakeNetwork(error), delivery(OURS)) or (None, None)
    assert (Outcome.RETRY, True) == (outcome, again_at is not None)
    network = FakeNetwork()
    assert (Outcome.SENT, None) == await deliver(network, delivery(OURS, interrupted=True))
    assert ["m1"] == network.sent


async def test_our_own_words_are_not_repeated_for_ever() -> None:
    claimed = delivery(OURS, interrupted=True, attempts=4)
    assert (Outcome.UNCERTAIN, None) == await deliver(FakeNetwork(), claimed)
    claimed = delivery(OURS, attempts=4)
    assert (Outcome.UNCERTAIN, None) == await deliver(FakeNetwork(Uncertain()), claimed)


async def test_a_recommendation_holds_words_of_its_author_and_is_not_repeated() -> None:
    assert (Outcome.UNCERTAIN, None) == await deliver(FakeNetwork(Uncertain()), delivery(ADVICE))


async def test_a_send_is_marked_when_it_begins_where_it_cannot_be_repeated() -> None:
    for idempotent, begun in ((False, [1]), (True, [])):
        queue, network = FakeQueue([delivery()]), FakeNetwork(idempotent=idempotent)
        sender = courier(queue, network)
        await sender.start_due()
        await sender.drain()
        assert (begun, ["m1"]) == (queue.begun, network.sent)


async def test_what_another_process_took_over_is_not_sent() -> None:
    queue, network = FakeQueue([delivery()]), FakeNetwork()
    queue.lost = True
    sender = courier(queue, network)
    await sender.start_due()
    await sender.drain()
    assert [] == network.sent


@pytest.mark.parametrize(
    ("ago", "expected"),
    [(22 * HOUR, Outcome.SENT), (23 * HOUR, Outcome.UNCERTAIN)],
)
async def test_what_a_network_has_forgotten_is_not_blindly_repeated(
    ago: timedelta, expected: Outcome
) -> None:
    network = FakeNetwork(idempotent=True, idempotent_for=23 * HOUR)
    claimed = delivery(interrupted=True, tried_at=NOW - ago)
    assert (expected, None) == await deliver(network, claimed)
    assert (expected is Outcome.SENT) == bool(network.sent)


async def test_what_was_tried_as_another_device_is_not_blindly_repeated() -> None:
    network = FakeNetwork(idempotent=True)
    network.capabilities = replace(network.capabilities, idempotent_since=NOW - HOUR)
    before = delivery(interrupted=True, tried_at=NOW - 2 * HOUR)
    assert (Outcome.UNCERTAIN, None) == await deliver(network, before)
    after = delivery(interrupted=True, tried_at=NOW)
    assert (Outcome.SENT, None) == await deliver(network, after)


@pytest.mark.parametrize(
    ("error", "idempotent", "maybe_done"),
    [
        (TimeoutError(), True, True),
        (RetryLater(HOUR, maybe_done=True), True, True),
        (RetryLater(HOUR), True, False),
        (ConnectionError(), False, False),
    ],
)
async def test_a_try_that_may_have_arrived_is_remembered_where_it_shows_once(
    error: Exception, idempotent: bool, maybe_done: bool
) -> None:
    queue = FakeQueue([delivery()])
    sender = courier(queue, FakeNetwork(error, idempotent=idempotent))
    await sender.start_due()
    await sender.drain()
    assert [(Outcome.RETRY, maybe_done)] == [(s.outcome, s.maybe_done) for s in queue.settled]


@pytest.mark.parametrize(
    ("waited", "outcomes"),
    [(None, []), (23 * HOUR, []), (24 * HOUR, [Outcome.RETRY])],
)
async def test_people_are_told_of_what_waits_for_more_than_a_day(
    waited: timedelta | None, outcomes: list[Outcome]
) -> None:
    told = Told()
    queue = FakeQueue([delivery(waits_since=None if waited is None else NOW - waited)])
    sender = courier(queue, FakeNetwork(RetryLater(HOUR)), told)
    await sender.start_due()
    await sender.drain()
    assert outcomes == told.outcomes
    assert [(Outcome.RETRY, bool(outcomes))] == [(s.outcome, s.people_know) for s in queue.settled]


@pytest.mark.parametrize(
    ("claimed", "error", "lines"),
    [
        (delivery(), Unreachable("secret"), ["message 1 (null, relay): unreachable, Unreachable"]),
        (delivery(), Refused("secret"), ["message 1 (null, relay): refused, Refused"]),
        (delivery(), RetryLater(HOUR), []),
        (
            delivery(waits_since=NOW - 24 * HOUR),
            RetryLater(HOUR),
            ["message 1 (null, relay): still waits, RetryLater"],
        ),
    ],
)
async def test_a_message_that_is_given_up_or_waits_long_is_logged_without_its_words(
    claimed: Delivery, error: Exception, lines: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    await deliver(FakeNetwork(error), claimed)
    assert lines == [record.getMessage() for record in caplog.records]


async def test_what_waits_goes_on_waiting_when_nobody_could_be_told() -> None:
    claimed = delivery(waits_since=NOW - 30 * HOUR)
    expected = (Outcome.RETRY, NOW + HOUR)
    assert expected == await deliver(FakeNetwork(RetryLater(HOUR)), claimed, Told(broken=True))


async def test_people_are_told_of_what_did_not_arrive_before_it_is_recorded() -> None:
    told = Told()
    await deliver(FakeNetwork(Unreachable()), delivery(), told)
    assert [Outcome.UNREACHABLE] == told.outcomes
    await deliver(FakeNetwork(Refused()), delivery(), told)
    assert [Outcome.UNREACHABLE, Outcome.REFUSED] == told.outcomes
    assert await deliver(FakeNetwork(Unreachable()), delivery(), Told(broken=True)) is None


async def test_an_outcome_that_could_not_be_recorded_is_recorded_later() -> None:
    queue = FakeQueue([delivery()])
    sender = courier(queue, FakeNetwork())
    await sender.start_due()
    queue.broken = True
    with pytest.raises(RuntimeError):
        await sender.drain()
    queue.broken = False
    await sender.start_due()
    assert [Outcome.SENT] == [settled.outcome for settled in queue.settled]


async def test_what_was_being_claimed_when_it_was_stopped_is_still_sent() -> None:
    network, claiming, go_on = FakeNetwork(), asyncio.Event(), asyncio.Event()

    class SlowQueue(FakeQueue):
        async def exchange(self, *asked: Any) -> list[Delivery]:
            claiming.set()
            await go_on.wait()
            return await super().exchange(*asked)

    queue = SlowQueue([delivery()])
    running = asyncio.create_task(courier(queue, network).run())
    await claiming.wait()
    running.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (["m1"], [Outcome.SENT]) == (network.sent, [s.outcome for s in queue.settled])


async def test_a_rule_that_cannot_be_read_delays_its_message_and_no_other() -> None:
    queue = FakeQueue([delivery()])

    def unreadable(*_: object) -> datetime:
        raise KeyError("portal")

    network = FakeNetwork()
    sender = Courier(
        queue,
        SettableClock(NOW),
        {network.name: network},
        lease=timedelta(seconds=60),
        paces={},
        opening=unreadable,
        tell_people=Told(),
    )
    await sender.start_due()
    await sender.drain()
    assert [Outcome.RETRY] == [settled.outcome for settled in queue.settled]
