"""People, their dialogues, the register: kept, and found by where they write from."""

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Person, Role
from bot.ports.records import DialogueState, UnitOfWork
from storage import Store
from tests.support.stores import (
    DAY,
    NOW,
    advisor,
    an_accepted_project,
    chat,
    person,
)

A = chat("a")
ROOM = ConversationRef("web", "room:UV-1111")


async def test_a_stranger_has_an_empty_dialogue(store: Store) -> None:
    who = await store.database.read(lambda uow: uow.people.correspondent(A, "nobody"))

    assert (None, None, None) == (who.person, who.advisor, who.room)
    assert DialogueState(A) == who.dialogue


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
    assert ("UV-1111", "urbanvitaliz", True) == (who.room, who.portal, who.seated)


async def test_an_advisor_who_does_not_sit_in_a_room_is_known_there_as_such(store: Store) -> None:
    await an_accepted_project(store)
    await store.database.transact(lambda uow: uow.advisors.add(advisor("paul", "urbanvitaliz")))

    who = await store.database.read(lambda uow: uow.people.correspondent(ROOM, "chat:paul"))
    alone = await store.database.read(
        lambda uow: uow.people.correspondent(chat("karim"), "chat:karim")
    )

    assert who.advisor is not None
    assert ("UV-1111", "urbanvitaliz", False) == (who.room, who.portal, who.seated)
    assert (None, None, False) == (alone.room, alone.portal, alone.seated)


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
        (kept,) = uow.advisors.all()
        kept.departements.append("44")
        kept.organisation = "CAUE"

    await store.database.transact(move)

    (kept,) = await store.database.read(lambda uow: uow.advisors.all())
    assert (entry.id, ["85", "44"], "CAUE") == (kept.id, kept.departements, kept.organisation)


async def test_all_that_is_known_of_a_person_is_kept(store: Store) -> None:
    member = person("a")
    member.function, member.stopped_at = "maire", NOW
    await store.database.transact(lambda uow: uow.people.add(member))

    kept = await store.database.read(
        lambda uow: uow.people.correspondent(chat("a"), chat("a").name).person
    )

    assert kept is not None
    assert ("a", "maire", NOW, 1) == (
        kept.name,
        kept.function,
        kept.stopped_at,
        len(kept.addresses),
    )


async def test_a_time_without_zone_is_refused(store: Store) -> None:
    naive = Person("a", NOW.replace(tzinfo=None))

    with pytest.raises(Exception, match="time zone"):
        await store.database.transact(lambda uow: uow.people.add(naive))
