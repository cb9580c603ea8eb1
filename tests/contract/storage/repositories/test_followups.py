"""What follow-ups leave in the database: exactly once, taken back when they did not arrive."""

import asyncio
from datetime import timedelta

from bot.domain.conversations import ConversationRef
from bot.domain.people import Person, Side
from bot.domain.projects.history import FollowUpSent
from bot.domain.projects.project import Project
from bot.domain.projects.recommendation import Recommendation
from bot.ports.message_queue import Outcome, Settlement
from bot.ports.records import UnitOfWork
from handlers.followups.preview import rehearse
from handlers.followups.sending import follow_up, take_back
from storage import Store
from tests.support.shipped import catalogue
from tests.support.stores import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    accepted,
    advisor,
    person,
    save,
)

LATER = NOW + 14 * DAY
"""A working Monday, two weeks on."""


def asked_for(project: Project, at: timedelta = timedelta()) -> Project:
    """A recommendation was published, and is due to be asked about at LATER."""
    project.advisor_spoke_at = project.last_activity_at
    project.recommend(Recommendation.by(project.assignments[0].advisor, "Appeler l’EPF", NOW + at))
    project.followup_due_at = LATER
    return project


async def two_projects(store: Store) -> None:
    """Of one person, both due."""
    lead, karim = person("a"), advisor("karim")

    def work(uow: UnitOfWork) -> None:
        for ref in ("UV-1111", "UV-2222"):
            save(uow, asked_for(accepted(ref, lead, karim)))

    await store.database.transact(work)


def found(project: Project | None) -> Project:
    assert project is not None
    return project


def lead(project: Project) -> Person:
    assert project.lead is not None
    return project.lead.person


async def tick(store: Store, ref: str) -> None:
    await store.database.transact(lambda uow: follow_up(uow, catalogue(), LATER, [ref]))


async def state(store: Store, ref: str) -> tuple[list[str], bool, bool]:
    """The kinds sent, whether the person was asked, whether it is due again at once."""

    def look(uow: UnitOfWork) -> tuple[list[str], bool, bool]:
        project = found(uow.projects.whole(ref))
        due = project.followup_due_at
        return (
            [sent.kind for sent in project.followups],
            lead(project).last_followup_at is not None,
            due is not None and due <= LATER,
        )

    return await store.database.read(look)


async def test_two_projects_of_one_person_are_one_message(store: Store) -> None:
    await two_projects(store)
    await tick(store, "UV-1111")
    await tick(store, "UV-2222")
    [sent] = await store.queue.exchange([], LATER, MINUTE, 10, ["web"])
    assert ("UV-1111", "UV-2222") == tuple(sorted(sent.outgoing.projects))
    for ref in ("UV-1111", "UV-2222"):
        assert (["recommendation"], True, False) == await state(store, ref)


async def test_what_was_taken_back_counts_for_nothing_and_goes_out_anew(store: Store) -> None:
    await two_projects(store)
    await tick(store, "UV-1111")
    key = "followup:UV-1111:0"
    await store.database.transact(lambda uow: take_back(uow, LATER, key))
    for ref in ("UV-1111", "UV-2222"):
        assert ([], False, True) == await state(store, ref)

    await store.database.transact(lambda uow: take_back(uow, LATER, key))
    await tick(store, "UV-1111")
    claimed = await store.queue.exchange([], LATER, MINUTE, 10, ["web"])
    settled = [Settlement(claimed[0].id, Outcome.DROPPED, LATER)]
    claimed += await store.queue.exchange(settled, LATER, MINUTE, 10, ["web"])
    assert [key, "followup:UV-1111:1"] == [each.outgoing.key for each in claimed]


async def test_what_was_taken_back_leaves_what_was_asked_before(store: Store) -> None:
    await two_projects(store)

    def before(uow: UnitOfWork) -> None:
        project = found(uow.projects.whole("UV-2222"))
        mayor = lead(project).id
        for kind, at, key in (("question", NOW, "old"), ("deadline", NOW + HOUR, "exempt")):
            sent = FollowUpSent(kind, Side.MEMBERS, at, person_id=mayor, key=key)
            project.followups.append(sent)

    await store.database.transact(before)
    await tick(store, "UV-1111")
    await store.database.transact(lambda uow: take_back(uow, LATER, "followup:UV-1111:0"))

    def asked(uow: UnitOfWork) -> object:
        return lead(found(uow.projects.whole("UV-1111"))).last_followup_at

    assert NOW == await store.database.read(asked)


async def test_a_rehearsal_tells_what_would_go_out_and_keeps_nothing(store: Store) -> None:
    await two_projects(store)

    def look(uow: UnitOfWork) -> list[tuple[str, str, tuple[str, ...]]]:
        planned = rehearse(uow, catalogue(), LATER, LATER + 50 * DAY)
        return [(p.to, p.kind, tuple(sorted(p.projects))) for p in planned]

    expected = [
        ("a", "followup.recommendation", ("UV-1111", "UV-2222")),
        ("a", "followup.where_are_you", ("UV-1111", "UV-2222")),
    ]
    assert expected == await store.database.read(look)
    assert expected == await store.database.read(look)
    assert ([], False, True) == await state(store, "UV-1111")
    assert 0 == (await store.queries.depths()).outbox_waiting


async def test_answers_are_those_before_the_next_follow_up(store: Store) -> None:
    await two_projects(store)
    await tick(store, "UV-1111")
    assert [(None,), (None,)] == [(a.answered_at,) for a in await store.queries.followup_answers()]


async def test_a_digest_is_planned_once_for_each_recipient(store: Store) -> None:
    def plan(uow: UnitOfWork) -> None:
        uow.digests.plan("team:urbanvitaliz", NOW)
        uow.digests.plan("team:urbanvitaliz", NOW + DAY)
        uow.digests.plan("advisor:1", NOW)

    await store.database.transact(plan)
    read = store.database.read
    assert ["advisor:1"] == await store.database.transact(lambda uow: uow.digests.due(NOW))
    assert NOW == await store.queries.next_followup()
    await store.database.transact(lambda uow: uow.digests.cancel("advisor:1"))
    assert {"team:urbanvitaliz": NOW + DAY} == await read(lambda uow: uow.digests.known())


async def test_what_waits_for_the_team_is_found(store: Store) -> None:
    await two_projects(store)

    def escalate(uow: UnitOfWork) -> None:
        project = found(uow.projects.whole("UV-2222"))
        at = project.last_activity_at + DAY
        project.followups.append(FollowUpSent("escalation", Side.TEAM, at, key="k"))

    await store.database.transact(escalate)

    def waiting(uow: UnitOfWork) -> list[str]:
        return [ref for ref, _ in uow.projects.waiting_for_team("urbanvitaliz")]

    assert ["UV-2222"] == await store.database.read(waiting)
    await store.database.transact(lambda uow: found(uow.projects.whole("UV-2222")).note_move(LATER))
    assert [] == await store.database.read(waiting)


async def test_several_workers_ask_one_person_once(workers: tuple[Store, Store]) -> None:
    mayor, karim = person("a"), advisor("karim")
    refs = [f"UV-11{number:02}" for number in range(8)]

    def work(uow: UnitOfWork) -> None:
        for ref in refs:
            save(uow, asked_for(accepted(ref, mayor, karim)))

    await workers[0].database.transact(work)

    await asyncio.gather(*(tick(store, ref) for store in workers for ref in refs))

    claimed = await workers[0].queue.exchange([], LATER, MINUTE, 100, ["web"])
    to_mayor = [
        each for each in claimed if each.outgoing.conversation == ConversationRef("web", "chat:a")
    ]
    assert [sorted(refs)] == [sorted(each.outgoing.projects) for each in to_mayor]
    for ref in refs:
        assert (["recommendation"], True, False) == await state(workers[1], ref)
