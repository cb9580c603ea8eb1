"""The outbox: each message once, in order for each destination, held back by its own rule only."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.domain.people import Side
from bot.ports.message_queue import Delivery, Outcome, Settlement
from bot.ports.network import Choice, Outgoing, Target
from bot.ports.records import SendingRule, UnitOfWork
from storage import Store
from storage.tables import outbox
from tests.support.stores import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    chat,
    message,
    open_test_store,
    project,
    save,
)

A, B = chat("a"), chat("b")


async def put(
    store: Store, *outgoing: Outgoing, at: datetime = NOW, rule: SendingRule | None = None
) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in outgoing:
            uow.outbox.put(each, at=at, rule=rule or SendingRule())

    await store.database.transact(work)


async def claim(
    store: Store, *settled: Settlement, now: datetime = NOW, limit: int = 10
) -> list[Delivery]:
    return await store.queue.exchange(settled, now, MINUTE, limit, ["web"])


def sent(deliveries: Sequence[Delivery]) -> list[Settlement]:
    return [
        Settlement(d.id, Outcome.SENT, NOW, remote_id=f"remote-{d.outgoing.key}")
        for d in deliveries
    ]


def names(deliveries: Sequence[Delivery]) -> list[str]:
    return [delivery.outgoing.key for delivery in deliveries]


async def test_a_message_comes_back_as_it_was_put(store: Store) -> None:
    outgoing = Outgoing(
        key="o1",
        conversation=A,
        text="**Où** ?",
        kind="question",
        author="Élise",
        choices=(Choice("1", "Oui"), Choice("2", "Non")),
        attachment=Attachment("ab" * 32, "plan.pdf", "application/pdf", 12),
        target=Target(remote_id="77"),
        projects=("UV-7K3Q", "SP-1111"),
        backstage=True,
    )
    rule = SendingRule("974", Side.ADVISORS, {})
    await put(store, outgoing, rule=rule)

    delivery = (await claim(store))[0]

    assert Delivery(delivery.id, outgoing, rule, 0, stale=False, tried_at=NOW) == delivery


async def test_a_key_is_queued_once_even_after_it_went(store: Store) -> None:
    await put(store, message(A, "o1"), message(A, "o1"))
    first = await claim(store)
    await claim(store, *sent(first))
    await put(store, message(A, "o1"))

    assert ["o1"] == names(first)
    assert [] == await claim(store)


async def test_a_key_that_is_forgotten_is_queued_anew(store: Store) -> None:
    def again(uow: UnitOfWork) -> None:
        uow.outbox.put(message(A, "k"), at=NOW)
        uow.outbox.forget("k")
        uow.outbox.put(message(A, "k"), at=NOW)

    await store.database.transact(again)
    claimed = await store.queue.exchange([], NOW, MINUTE, 10, ["web"])
    await store.database.transact(lambda uow: uow.outbox.forget("k"))
    await store.database.transact(again)

    assert ["k"] == [each.outgoing.key for each in claimed]
    claimed = await store.queue.exchange([], NOW, MINUTE, 10, ["web"])
    assert ["k"] == [each.outgoing.key for each in claimed]


async def test_a_destination_gets_its_messages_one_after_the_other(store: Store) -> None:
    await put(store, message(A, "a1"), message(A, "a2"), message(B, "b1"))

    first = await claim(store)

    assert ["a1", "b1"] == names(first)
    assert [] == await claim(store)
    assert ["a2"] == names(await claim(store, *sent(first)))


async def test_only_the_networks_asked_for_are_served_and_no_more_than_asked(store: Store) -> None:
    await put(
        store, message(A, "a1"), message(B, "b1"), message(ConversationRef("matrix", "!r"), "m1")
    )

    assert ["m1"] == names(await store.queue.exchange([], NOW, MINUTE, 10, ["matrix"]))
    assert [] == await store.queue.exchange([], NOW, MINUTE, 10, [])
    assert [] == await claim(store, limit=0)
    assert ["a1"] == names(await claim(store, limit=1))


async def test_a_message_waits_for_its_time_without_holding_back_the_later_ones(
    store: Store,
) -> None:
    await put(store, message(A, "tomorrow"), at=NOW + DAY)
    await put(store, message(A, "now"))

    first = await claim(store)

    assert ["now"] == names(first)
    assert ["tomorrow"] == names(await claim(store, *sent(first), now=NOW + DAY))


async def test_a_retry_holds_back_the_later_ones_of_its_destination(store: Store) -> None:
    await put(store, message(A, "a1"), message(A, "a2"), message(B, "b1"), message(B, "b2"))
    a1, b1 = await claim(store)

    retry = Settlement(a1.id, Outcome.RETRY, NOW, again_at=NOW + HOUR, error="429")
    second = await claim(store, retry, *sent([b1]))

    assert ["b2"] == names(second)
    again = await claim(store, *sent(second), now=NOW + HOUR)
    assert [("a1", 1)] == [(d.outgoing.key, d.attempts) for d in again]


async def test_a_message_held_back_by_its_own_rule_lets_the_later_ones_pass(store: Store) -> None:
    await put(store, message(A, "followup"), message(A, "answer"))
    followup = (await claim(store))[0]

    held = Settlement(followup.id, Outcome.POSTPONED, NOW, again_at=NOW + DAY)
    second = await claim(store, held)

    assert ["answer"] == names(second)
    morning = await claim(store, *sent(second), now=NOW + DAY)
    assert [("followup", 0)] == [(d.outgoing.key, d.attempts) for d in morning]


async def test_a_held_message_whose_time_has_come_holds_back_while_it_is_under_way(
    store: Store,
) -> None:
    await put(store, message(A, "followup"))
    followup = (await claim(store))[0]
    held = Settlement(followup.id, Outcome.POSTPONED, NOW, again_at=NOW + HOUR)
    await claim(store, held)
    await claim(store, now=NOW + HOUR)
    await put(store, message(A, "answer"))

    assert [] == await claim(store, now=NOW + HOUR)


async def test_what_was_written_for_a_past_state_of_a_project_is_stale(store: Store) -> None:
    def write(uow: UnitOfWork) -> None:
        for ref, place in (("UV-1111", A), ("UV-2222", B)):
            made = save(uow, project(ref))
            rule = SendingRule(relevance={ref: made.activity})
            uow.outbox.put(message(place, ref, ref), at=NOW, rule=rule)
        gone = SendingRule(relevance={"UV-9999": 0})
        uow.outbox.put(message(chat("c"), "UV-9999"), at=NOW, rule=gone)

    def answer(uow: UnitOfWork) -> None:
        found = uow.projects.thread("UV-2222")
        assert found is not None
        found.hear(Side.MEMBERS, NOW)

    await store.database.transact(write)
    await store.database.transact(answer)

    stale = {d.outgoing.key: d.stale for d in await claim(store)}

    assert {"UV-1111": False, "UV-2222": True, "UV-9999": True} == stale


async def test_what_was_only_claimed_has_not_gone_and_what_had_begun_may_have(
    store: Store,
) -> None:
    await put(store, message(A, "a1"), message(B, "b1"))
    claimed = await store.queue.exchange([], NOW, MINUTE, 10, ["web"], ["web"])
    assert await store.queue.begin(claimed[0].id)

    again = await store.queue.exchange([], NOW + HOUR, MINUTE, 10, ["web"], ["web"])

    assert [("a1", True), ("b1", False)] == sorted(
        (each.outgoing.key, each.interrupted) for each in again
    )


async def test_a_send_does_not_begin_under_a_lease_that_is_lost(store: Store) -> None:
    await put(store, message(A, "a1"))
    (claimed,) = await store.queue.exchange([], NOW, MINUTE, 10, ["web"], ["web"])
    await store.purging._transactions.write(
        lambda connection: connection.execute(update(outbox).values(lease="other"))
    )
    assert not await store.queue.begin(claimed.id)
    assert not await store.queue.begin(claimed.id + 1)


async def test_an_expired_lease_frees_the_message_and_says_that_it_was_interrupted(
    store: Store,
) -> None:
    await put(store, message(A, "a1"), message(A, "a2"))
    await claim(store)

    again = (await claim(store, now=NOW + MINUTE))[0]

    assert ("a1", 1, True) == (again.outgoing.key, again.attempts, again.interrupted)
    assert NOW == again.tried_at


async def test_a_message_says_since_when_it_may_have_arrived(store: Store) -> None:
    await put(store, message(A, "a1"))
    seen = []
    for hours, maybe_done in enumerate((False, True, False, False)):
        now = NOW + hours * HOUR
        (claimed,) = await claim(store, now=now)
        seen.append((claimed.interrupted, claimed.tried_at))
        retry = Settlement(claimed.id, Outcome.RETRY, now, again_at=now, maybe_done=maybe_done)
        await claim(store, retry, now=now, limit=0)

    since = NOW + HOUR
    assert [(False, NOW), (False, since), (True, since), (True, since)] == seen


async def test_a_message_says_since_when_it_waits_or_people_know_that_it_does(store: Store) -> None:
    await put(store, message(A, "a1"))
    seen = []
    for hours, told in enumerate((False, False, True, False)):
        now = NOW + hours * HOUR
        (claimed,) = await claim(store, now=now)
        seen.append(claimed.waits_since)
        retry = Settlement(claimed.id, Outcome.RETRY, now, again_at=now, people_know=told)
        await claim(store, retry, now=now, limit=0)
    (claimed,) = await claim(store, now=NOW + DAY)

    told_at = NOW + 2 * HOUR
    assert [None, NOW, NOW, told_at, told_at] == [*seen, claimed.waits_since]


async def test_a_store_closed_between_claim_and_record_gives_the_message_again(
    lasting_url: str, tmp_path: Path
) -> None:
    store = open_test_store(lasting_url, tmp_path)
    await put(store, message(A, "a1"), message(A, "a2"))
    await claim(store)
    store.close()

    store = open_test_store(lasting_url, tmp_path, "another")
    later = NOW if lasting_url.startswith("sqlite") else NOW + MINUTE
    again = await claim(store, now=later)

    assert [("a1", True)] == [(d.outgoing.key, d.interrupted) for d in again]
    assert ["a2"] == names(await claim(store, *sent(again), now=later))
    store.close()


async def test_a_delivered_message_tells_its_project_by_its_remote_id(store: Store) -> None:
    await put(store, message(A, "one", "UV-1111"), message(B, "two", "UV-1111", "UV-2222"))
    await claim(store, *sent(await claim(store)))

    def about(conversation: ConversationRef, remote_id: str) -> object:
        return store.database.read(lambda uow: uow.projects.about(conversation, remote_id))

    assert "UV-1111" == await store.database.read(lambda u: u.projects.about(A, "remote-one"))
    assert await store.database.read(lambda u: u.projects.about(B, "remote-one")) is None
    assert await store.database.read(lambda u: u.projects.about(B, "remote-two")) is None


async def test_a_message_that_cannot_be_delivered_is_not_tried_again(store: Store) -> None:
    await put(store, message(A, "a1"), message(A, "a2"))
    first = await claim(store)
    gone = Settlement(first[0].id, Outcome.UNREACHABLE, NOW, error="403")
    assert ["a2"] == names(await claim(store, gone))


async def test_what_is_given_up_or_uncertain_is_listed_and_can_be_replayed(store: Store) -> None:
    refused = message(chat("d"), "refused")
    await put(store, message(A, "dead"), message(B, "uncertain"), message(chat("c"), "dropped"))
    await put(store, refused)
    claimed = {d.outgoing.key: d.id for d in await claim(store)}
    await claim(
        store,
        Settlement(claimed["dead"], Outcome.DEAD, NOW, error="too often"),
        Settlement(claimed["uncertain"], Outcome.UNCERTAIN, NOW + HOUR, error="timed out"),
        Settlement(claimed["dropped"], Outcome.DROPPED, NOW),
        Settlement(claimed["refused"], Outcome.REFUSED, NOW + 2 * HOUR, error="400"),
    )

    letters = await store.queue.dead_letters()

    assert [A, B, refused.conversation] == [letter.conversation for letter in letters]
    assert ["too often", "timed out", "400"] == [letter.error for letter in letters]
    assert 3 == (await store.queries.depths()).dead_letters
    assert [True] * 3 == [await store.queue.replay("outbox", letter.id) for letter in letters]
    assert [("dead", 0), ("uncertain", 0), ("refused", 0)] == [
        (d.outgoing.key, d.attempts) for d in await claim(store)
    ]


async def test_a_message_is_known_by_the_key_under_which_it_was_queued(store: Store) -> None:
    await store.database.transact(lambda uow: uow.outbox.put(message(chat("a"), "k1"), at=NOW))
    assert None is await store.queue.remote_id(chat("a"), "k1")
    claimed = await store.queue.exchange([], NOW, MINUTE, 1, ["web"])
    sent = Settlement(claimed[0].id, Outcome.SENT, NOW, remote_id="r1")
    await store.queue.exchange([sent], NOW, MINUTE, 0, [])
    assert "r1" == await store.queue.remote_id(chat("a"), "k1")
    assert None is await store.queue.remote_id(chat("b"), "k1")
    assert None is await store.queue.remote_id(chat("a"), "k2")
