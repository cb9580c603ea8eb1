"""Projects: kept whole, found again, loaded as said."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import object_mapper

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.domain.people import Person, Side
from bot.domain.projects.history import Entry, EntryKind, FollowUpSent
from bot.domain.projects.participants import Member
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus
from bot.ports.records import UnitOfWork
from storage import Store
from tests.support.stores import (
    DAY,
    HOUR,
    NOW,
    accepted,
    advisor,
    an_accepted_project,
    chat,
    person,
    project,
    save,
)

A = chat("a")
ROOM = ConversationRef("web", "room:UV-1111")


def found(given: Project | None) -> Project:
    assert given is not None
    return given


async def change(store: Store, work: Callable[[Project, UnitOfWork], object]) -> None:
    """Change the project UV-1111, loaded whole."""
    await store.database.transact(lambda uow: work(found(uow.projects.whole("UV-1111")), uow))


async def whole(store: Store) -> Project:
    return await store.database.read(lambda uow: found(uow.projects.whole("UV-1111")))


async def test_a_thread_is_what_the_library_would_load(store: Store) -> None:
    await an_accepted_project(store)

    def values(given: Project | None) -> list[dict[str, object]]:
        project = found(given)
        people = [member.person for member in project.members]
        entities = [project, *project.members, *people, *people[0].addresses]
        return [{name: getattr(each, name) for name in _columns(each)} for each in entities]

    thread = await store.database.read(lambda uow: values(uow.projects.thread("UV-1111")))
    whole = await store.database.read(lambda uow: values(uow.projects.whole("UV-1111")))
    assert whole == thread


def _columns(entity: object) -> list[str]:
    return [attribute.key for attribute in object_mapper(entity).column_attrs]


async def test_a_project_is_kept_whole(store: Store) -> None:
    await an_accepted_project(store)

    def live(made: Project, uow: UnitOfWork) -> None:
        made.themes.append("commerce")
        author = made.assignments[0].advisor
        made.recommend(Recommendation.by(author, "Appeler l’EPF", NOW, date(2027, 6, 30)))
        made.recommend(Recommendation.by(author, "Clore le site", NOW + HOUR))
        made.mark(2, RecommendationStatus.BLOCKED, Side.MEMBERS, NOW + DAY)
        made.postpone(1, NOW + 30 * DAY, NOW + DAY)
        made.followups.append(FollowUpSent("recommendation", Side.MEMBERS, NOW, 1))
        made.followup_due_at = NOW + 2 * DAY

    await change(store, live)

    kept = await whole(store)
    assert ["friche", "commerce"] == kept.themes
    assert [(1, date(2027, 6, 30)), (2, None)] == [
        (r.number, r.deadline) for r in kept.recommendations
    ]
    assert RecommendationStatus.BLOCKED is kept.recommendations[1].status
    assert NOW + 30 * DAY == kept.recommendations[0].later_until
    assert [("recommendation", Side.MEMBERS, NOW, 1)] == [
        (f.kind, f.to, f.at, f.number) for f in kept.followups
    ]
    assert (4, NOW + DAY, NOW + 2 * DAY) == (
        kept.activity,
        kept.last_activity_at,
        kept.followup_due_at,
    )
    assert ["karim"] == [a.advisor.person.name for a in kept.assignments]
    assert ["theme:friche"] == kept.assignments[0].reasons
    assert kept.lead is not None
    assert kept.lead.person.reachable is not None


async def test_nothing_more_than_was_asked_for_is_loaded(store: Store) -> None:
    await an_accepted_project(store)

    def work(uow: UnitOfWork) -> None:
        thread = found(uow.projects.thread("UV-1111"))
        assert ["a"] == [member.person.name for member in thread.members]
        assert thread.members[0].person.reachable is not None
        with pytest.raises(InvalidRequestError):
            assert thread.recommendations

    await store.database.transact(work)


async def test_a_thread_can_be_completed_in_the_same_transaction(store: Store) -> None:
    await an_accepted_project(store)

    def work(uow: UnitOfWork) -> None:
        thread = found(uow.projects.thread("UV-1111"))
        thread.hear(Side.MEMBERS, NOW + HOUR)
        assert found(uow.projects.whole("UV-1111")) is thread
        assert [] == thread.recommendations
        thread.recommend(Recommendation.by(thread.assignments[0].advisor, "Clore", NOW + HOUR))
        assert found(uow.projects.thread("UV-1111")) is thread
        thread.hear(Side.MEMBERS, NOW + DAY)

    await store.database.transact(work)

    kept = await whole(store)
    assert (3, NOW + DAY, 1) == (kept.activity, kept.last_activity_at, len(kept.recommendations))


READ: dict[str, Callable[[UnitOfWork], Project]] = {
    "thread": lambda uow: found(uow.projects.thread("UV-1111")),
    "whole": lambda uow: found(uow.projects.whole("UV-1111")),
    "whole_of": lambda uow: uow.projects.whole_of(["UV-1111"])[0],
    "of_person": lambda uow: uow.projects.of_person(found_person(uow))[0],
    "of_advisor": lambda uow: uow.projects.of_advisor(uow.advisors.all()[0])[0],
}


def found_person(uow: UnitOfWork) -> Person:
    person = uow.people.correspondent(A, "chat:a").person
    assert person is not None
    return person


@pytest.mark.parametrize("how", READ)
async def test_what_was_read_or_added_is_seen_until_the_end(store: Store, how: str) -> None:
    await an_accepted_project(store)

    def work(uow: UnitOfWork) -> list[str]:
        READ[how](uow).hear(Side.MEMBERS, NOW + HOUR)
        uow.projects.refs_like("UV")  # It is written meanwhile, and nobody else holds it.
        save(uow, project("UV-2222"))
        for seen in uow.projects.seen():
            seen.followup_due_at = NOW
        return [seen.ref for seen in uow.projects.seen()]

    assert ["UV-1111", "UV-2222"] == sorted(await store.database.transact(work))
    assert NOW == (await whole(store)).followup_due_at


async def test_a_changed_value_alone_is_kept(store: Store) -> None:
    await an_accepted_project(store)

    def work(uow: UnitOfWork) -> None:
        who = uow.people.correspondent(A, "chat:a")
        assert who.person is not None
        made = uow.projects.of_person(who.person)[0]
        made.hear(Side.MEMBERS, NOW + HOUR)
        made.territories.append("85002")
        made.members[0].person.last_word_at = NOW + HOUR
        assert made.members[0].person is who.person

    await store.database.transact(work)

    kept = await whole(store)
    assert ["85001", "85002"] == kept.territories
    assert NOW + HOUR == kept.last_member_word_at
    assert NOW + HOUR == kept.members[0].person.last_word_at


async def test_members_come_and_go(store: Store) -> None:
    await an_accepted_project(store)
    await change(store, lambda made, _: made.members.append(Member(person("b"), False, NOW)))
    await change(store, lambda made, _: made.members.pop(0))

    kept = await whole(store)

    assert ["b"] == [member.person.name for member in kept.members]


async def test_the_projects_of_a_person_come_latest_first(store: Store) -> None:
    member, other = person("a"), advisor("karim")

    def work(uow: UnitOfWork) -> None:
        for number, ref in enumerate(["UV-1111", "UV-2222"]):
            made = accepted(ref, member, other)
            made.last_activity_at = NOW + number * HOUR
            save(uow, made)
        save(uow, accepted("UV-3333", person("b")))

    await store.database.transact(work)

    def read(uow: UnitOfWork) -> None:
        both = ["UV-2222", "UV-1111"]
        assert both == [made.ref for made in uow.projects.of_person(member)]
        assert both == [made.ref for made in uow.projects.of_advisor(other)]
        assert uow.projects.several(member)
        third = found(uow.projects.thread("UV-3333"))
        assert third.lead is not None
        assert not uow.projects.several(third.lead.person)

    await store.database.read(read)


async def test_due_projects_come_earliest_first(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        for ref, due in (("A-1", NOW), ("A-2", NOW - DAY), ("A-3", NOW + DAY), ("A-4", None)):
            made = project(ref)
            made.followup_due_at = due
            save(uow, made)

    await store.database.transact(work)

    due = await store.database.read(lambda uow: uow.projects.due(NOW, 10))
    assert ["A-2", "A-1"] == due
    assert ["A-2"] == await store.database.read(lambda uow: uow.projects.due(NOW, 1))


async def test_what_is_due_for_a_team_is_of_its_portal_and_planned_for_it(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        for ref, due in (("A-1", NOW), ("A-2", NOW - DAY), ("A-3", NOW + DAY), ("A-4", NOW)):
            made = project(ref)
            made.followup_due_at, made.followup_for_team = due, ref != "A-4"
            save(uow, made)

    await store.database.transact(work)

    def due(portal: str, limit: int = 10) -> Callable[[UnitOfWork], list[str]]:
        return lambda uow: uow.projects.due_for_team(portal, NOW, limit)

    portal = project("A-0").portal
    assert ["A-2", "A-1"] == await store.database.read(due(portal))
    assert ["A-2"] == await store.database.read(due(portal, 1))
    assert [] == await store.database.read(due("ailleurs"))


async def test_references_taken_are_told_apart_by_case_and_signs(store: Store) -> None:
    def work(uow: UnitOfWork) -> set[str]:
        for ref in ("UV-1111", "UVX1111", "SP-1111"):
            save(uow, project(ref))
        return uow.projects.refs_like("UV-")

    assert {"UV-1111"} == await store.database.transact(work)
    assert set() == await store.database.read(lambda uow: uow.projects.refs_like("uv-"))
    assert set() == await store.database.read(lambda uow: uow.projects.refs_like("UV_"))


async def test_an_entry_of_a_story_is_written_anew_in_its_place(store: Store) -> None:
    await an_accepted_project(store)

    def work(made: Project, uow: UnitOfWork) -> None:
        for kind in (EntryKind.POSTPONED, EntryKind.SAID):
            entry = Entry(NOW, kind, Side.MEMBERS, "a", "plus tard", detail="7 décembre")
            uow.projects.record(made, entry)
        told = uow.projects.story(made, backstage=True)[-2]
        told.detail = "14 décembre"
        uow.projects.amend(told)

    await change(store, work)

    def details(uow: UnitOfWork) -> list[str]:
        story = uow.projects.story(found(uow.projects.thread("UV-1111")), backstage=True)
        return [entry.detail for entry in story][-2:]

    assert ["14 décembre", "7 décembre"] == await store.database.read(details)


async def test_a_story_is_told_in_order_without_its_backstage(store: Store) -> None:
    await an_accepted_project(store)
    photo = Attachment("cd" * 32, "pont.jpg", "image/jpeg", 9)
    told = [
        Entry(NOW + DAY, EntryKind.SAID, Side.MEMBERS, "a", "bonjour", source="k1"),
        Entry(NOW, EntryKind.NOTE, Side.ADVISORS, "karim", "entre nous", backstage=True),
        Entry(NOW, EntryKind.FILE, Side.MEMBERS, "a", number=2, detail="d", attachment=photo),
    ]

    def work(made: Project, uow: UnitOfWork) -> int:
        for entry in told:
            uow.projects.record(made, entry)
        return len(uow.projects.story(made, backstage=True))

    await change(store, work)

    def shown(uow: UnitOfWork) -> tuple[list[str], list[Entry]]:
        made = found(uow.projects.thread("UV-1111"))
        every, public = (uow.projects.story(made, backstage=b) for b in (True, False))
        return [entry.author for entry in every], public

    authors, public = await store.database.read(shown)
    assert ["a", "karim", "a"] == authors
    assert [EntryKind.SAID, EntryKind.FILE] == [entry.kind for entry in public]
    assert photo == public[1].attachment


async def test_a_story_knows_which_words_it_keeps_backstage(store: Store) -> None:
    await an_accepted_project(store)

    def work(made: Project, uow: UnitOfWork) -> list[bool]:
        for source, backstage in (("k1", False), ("k2", True)):
            entry = Entry(NOW, EntryKind.NOTE, Side.ADVISORS, "karim", source=source)
            entry.backstage = backstage
            uow.projects.record(made, entry)
        return [uow.projects.is_backstage("UV-1111", source) for source in ("k1", "k2", "k3")]

    kept: list[list[bool]] = []
    await change(store, lambda made, uow: kept.append(work(made, uow)))
    assert [[False, True, False]] == kept


async def test_a_new_room_replaces_the_old_one_whose_words_still_count(store: Store) -> None:
    await an_accepted_project(store)
    new = ConversationRef("matrix", "!room")
    await change(store, lambda made, uow: uow.projects.open_room(made, new))

    def work(uow: UnitOfWork) -> tuple[ConversationRef | None, str | None]:
        room = uow.projects.room(found(uow.projects.thread("UV-1111")))
        return room, uow.people.correspondent(ROOM, "x").room

    assert (new, "UV-1111") == await store.database.read(work)


async def test_a_project_without_room_has_none(store: Store) -> None:
    made = project("UV-1111")
    await store.database.transact(lambda uow: uow.projects.add(made))

    assert await store.database.read(lambda uow: uow.projects.room(made)) is None
    assert await store.database.read(lambda uow: uow.projects.thread("UV-9999")) is None
    assert await store.database.read(lambda uow: uow.projects.whole("UV-9999")) is None


async def test_a_refused_project_keeps_its_reason(store: Store) -> None:
    await store.database.transact(lambda uow: save(uow, project("UV-1111", person("a"))))
    await change(store, lambda made, _: made.refuse("hors sujet", NOW + DAY))

    kept = await whole(store)

    assert (ProjectStatus.REFUSED, "hors sujet", NOW + DAY) == (
        kept.status,
        kept.refusal,
        kept.ended_at,
    )
