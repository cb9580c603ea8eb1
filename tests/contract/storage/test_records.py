"""People, the register, projects: kept whole, found again, loaded as said."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.exc import InvalidRequestError

from bot.domain.attachment import Attachment
from bot.domain.people import Address, Person, Role, Side
from bot.domain.project import Entry, EntryKind, FollowUpSent, Member, Project, ProjectStatus
from bot.domain.recommendation import RecommendationStatus
from bot.ports.network import Choice, Place
from bot.ports.records import Conversation, UnitOfWork
from storage import Store
from tests.support.stores import DAY, HOUR, NOW, accepted, advisor, chat, person, project, save

A = chat("a")
ROOM = Place("web", "room:UV-1111")


def found(given: Project | None) -> Project:
    assert given is not None
    return given


async def change(store: Store, work: Callable[[Project, UnitOfWork], object]) -> None:
    """Change the project UV-1111, loaded whole."""
    await store.database.transact(lambda uow: work(found(uow.projects.whole("UV-1111")), uow))


async def whole(store: Store) -> Project:
    return await store.database.read(lambda uow: found(uow.projects.whole("UV-1111")))


async def an_accepted_project(store: Store) -> None:
    await store.database.transact(
        lambda uow: save(uow, accepted("UV-1111", person("a"), advisor("karim")))
    )


async def test_a_stranger_has_an_empty_dialogue(store: Store) -> None:
    who = await store.database.read(lambda uow: uow.people.correspondent(A, "nobody"))

    assert (None, None, None) == (who.person, who.advisor, who.room)
    assert Conversation(A) == who.conversation


async def test_a_member_is_known_by_their_chat(store: Store) -> None:
    member = person("a")
    member.addresses.append(Address("matrix", "!dm", "@a:example.org", NOW + DAY))
    await store.database.transact(lambda uow: uow.people.add(member))

    who = await store.database.read(lambda uow: uow.people.correspondent(A, "chat:a"))

    assert who.person is not None
    assert (member.id, "a") == (who.person.id, who.person.name)
    assert ["web", "matrix"] == [address.network for address in who.person.addresses]
    assert who.person.reachable is who.person.addresses[1]
    assert who.advisor is None


async def test_an_advisor_is_known_in_the_room_of_a_project(store: Store) -> None:
    await an_accepted_project(store)

    who = await store.database.read(lambda uow: uow.people.correspondent(ROOM, "chat:karim"))

    assert who.advisor is not None
    assert ("karim", "DDT", Role.ADVISOR) == (
        who.advisor.person.name,
        who.advisor.organisation,
        who.advisor.role,
    )
    assert who.advisor.person is who.person
    assert "UV-1111" == who.room


async def test_somebody_with_two_chats_on_a_network_is_one_person(store: Store) -> None:
    member = person("a")
    member.addresses.append(Address("web", "chat:b", "chat:a", NOW))
    await store.database.transact(lambda uow: uow.people.add(member))

    who = await store.database.read(lambda uow: uow.people.correspondent(chat("b"), "chat:a"))

    assert who.person is not None
    assert member.id == who.person.id


async def test_an_unreachable_address_is_marked_and_its_person_told(store: Store) -> None:
    member = person("a")
    await store.database.transact(lambda uow: uow.people.add(member))

    marked = await store.database.transact(lambda uow: uow.people.unreachable(A, NOW))
    again = await store.database.transact(lambda uow: uow.people.unreachable(A, NOW + DAY))
    nobody = await store.database.transact(lambda uow: uow.people.unreachable(chat("z"), NOW))

    assert marked is not None
    assert again is not None
    assert member.id == marked.id
    assert [NOW] == [address.unreachable_since for address in again.addresses]
    assert nobody is None


async def test_the_state_of_a_dialogue_is_kept(store: Store) -> None:
    choices = (Choice("yes", "Oui"), Choice("no", "Non"))
    state = Conversation(A, "intake", {"words": ["Le « moulin »"]}, choices)
    await store.database.transact(lambda uow: uow.conversations.save(state, NOW))

    def ask(uow: UnitOfWork) -> None:
        uow.conversations.save(uow.people.correspondent(A, "x").conversation, NOW)
        uow.conversations.asked(A, choices[:1], NOW)
        uow.conversations.asked(chat("b"), choices, NOW)

    kept = await store.database.read(lambda uow: uow.people.correspondent(A, "x").conversation)
    assert state == kept
    await store.database.transact(ask)

    asked = Conversation(A, "intake", {"words": ["Le « moulin »"]}, choices[:1])
    kept = await store.database.read(lambda uow: uow.people.correspondent(A, "x").conversation)
    other = await store.database.read(lambda u: u.people.correspondent(chat("b"), "x").conversation)
    assert asked == kept
    assert Conversation(chat("b"), None, {}, choices) == other


async def test_a_state_saved_in_a_transaction_is_seen_by_it(store: Store) -> None:
    def work(uow: UnitOfWork) -> str | None:
        uow.conversations.save(Conversation(A, "intake"), NOW)
        return uow.people.correspondent(A, "x").conversation.flow

    assert "intake" == await store.database.transact(work)


async def test_a_project_is_kept_whole(store: Store) -> None:
    await an_accepted_project(store)

    def live(made: Project, uow: UnitOfWork) -> None:
        made.themes.append("commerce")
        made.recommend("Appeler l’EPF", made.assignments[0].advisor, date(2027, 6, 30), NOW)
        made.recommend("Clore le site", made.assignments[0].advisor, None, NOW + HOUR)
        made.mark(2, RecommendationStatus.BLOCKED, Side.MEMBERS, NOW + DAY)
        made.postpone(1, NOW + 30 * DAY, NOW + DAY)
        uow.projects.followed_up(made, FollowUpSent("recommendation", Side.MEMBERS, NOW, 1))
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
        thread.heard(Side.MEMBERS, NOW + HOUR)
        assert found(uow.projects.whole("UV-1111")) is thread
        assert [] == thread.recommendations
        thread.recommend("Clore", thread.assignments[0].advisor, None, NOW + HOUR)
        assert found(uow.projects.thread("UV-1111")) is thread
        thread.heard(Side.MEMBERS, NOW + DAY)

    await store.database.transact(work)

    kept = await whole(store)
    assert (3, NOW + DAY, 1) == (kept.activity, kept.last_activity_at, len(kept.recommendations))


async def test_a_changed_value_alone_is_kept(store: Store) -> None:
    await an_accepted_project(store)

    def work(uow: UnitOfWork) -> None:
        who = uow.people.correspondent(A, "chat:a")
        assert who.person is not None
        made = uow.projects.of_person(who.person)[0]
        made.heard(Side.MEMBERS, NOW + HOUR)
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
    assert NOW - DAY == await store.queries.next_followup()


async def test_references_taken_are_told_apart_by_case_and_signs(store: Store) -> None:
    def work(uow: UnitOfWork) -> set[str]:
        for ref in ("UV-1111", "UVX1111", "SP-1111"):
            save(uow, project(ref))
        return uow.projects.refs_like("UV-")

    assert {"UV-1111"} == await store.database.transact(work)
    assert set() == await store.database.read(lambda uow: uow.projects.refs_like("uv-"))
    assert set() == await store.database.read(lambda uow: uow.projects.refs_like("UV_"))


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


async def test_a_new_room_replaces_the_old_one_whose_words_still_count(store: Store) -> None:
    await an_accepted_project(store)
    new = Place("matrix", "!room")
    await change(store, lambda made, uow: uow.projects.open_room(made, new))

    def work(uow: UnitOfWork) -> tuple[Place | None, str | None]:
        room = uow.projects.room(found(uow.projects.thread("UV-1111")))
        return room, uow.people.correspondent(ROOM, "x").room

    assert (new, "UV-1111") == await store.database.read(work)


async def test_a_project_without_room_has_none(store: Store) -> None:
    made = project("UV-1111")
    await store.database.transact(lambda uow: uow.projects.add(made))

    assert await store.database.read(lambda uow: uow.projects.room(made)) is None
    assert await store.database.read(lambda uow: uow.projects.thread("UV-9999")) is None
    assert await store.database.read(lambda uow: uow.projects.whole("UV-9999")) is None


async def test_the_register_gives_the_active_entries_of_a_portal(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        for entry in (
            advisor("a", "urbanvitaliz", "sosponts"),
            advisor("b", "urban"),
            advisor("c", "urbanvitaliz", role=Role.COORDINATOR),
            advisor("d", "urbanvitaliz"),
        ):
            entry.active = entry.person.name != "d"
            uow.advisors.add(entry)

    await store.database.transact(work)

    def names(uow: UnitOfWork) -> tuple[list[str], ...]:
        lists = (uow.advisors.of_portal("urbanvitaliz"), uow.advisors.all())
        return tuple([entry.person.name for entry in entries] for entries in lists)

    assert (["a", "c"], ["a", "b", "c", "d"]) == await store.database.read(names)


async def test_an_entry_of_the_register_can_change(store: Store) -> None:
    entry = advisor("a")
    await store.database.transact(lambda uow: uow.advisors.add(entry))

    def move(uow: UnitOfWork) -> None:
        kept = uow.advisors.by_id(entry.id or 0)
        assert kept is not None
        kept.departements.append("44")
        kept.organisation = "CAUE"

    await store.database.transact(move)

    kept = await store.database.read(lambda uow: uow.advisors.by_id(entry.id or 0))
    assert kept is not None
    assert (["85", "44"], "CAUE") == (kept.departements, kept.organisation)
    assert await store.database.read(lambda uow: uow.advisors.by_id(999)) is None


async def test_a_person_is_found_by_id(store: Store) -> None:
    member = Person("Élise", NOW, "maire", stopped_at=NOW)
    await store.database.transact(lambda uow: uow.people.add(member))

    kept = await store.database.read(lambda uow: uow.people.by_id(member.id or 0))

    assert kept is not None
    assert ("Élise", "maire", NOW, []) == (
        kept.name,
        kept.function,
        kept.stopped_at,
        kept.addresses,
    )
    assert await store.database.read(lambda uow: uow.people.by_id(999)) is None


async def test_a_refused_project_keeps_its_reason(store: Store) -> None:
    await store.database.transact(lambda uow: save(uow, project("UV-1111", person("a"))))
    await change(store, lambda made, _: made.refuse("hors sujet", NOW + DAY))

    kept = await whole(store)

    assert (ProjectStatus.REFUSED, "hors sujet", NOW + DAY) == (
        kept.status,
        kept.refusal,
        kept.ended_at,
    )


async def test_a_time_without_zone_is_refused(store: Store) -> None:
    naive = Person("a", NOW.replace(tzinfo=None))

    with pytest.raises(Exception, match="time zone"):
        await store.database.transact(lambda uow: uow.people.add(naive))
