"""The register on a real database: the addresses of a roster, and one person out of two."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Person, Role
from bot.domain.projects.project import Project
from bot.ports.records import UnitOfWork
from config.errors import ConfigError
from config.register import Summary, register
from config.roster import RosterLine
from storage import Store
from tests.support.stores import NOW, accepted, advisor, person, project, save

MATRIX, TELEGRAM = "@ana:exemple.fr", "123456"
ANA = RosterLine(
    2,
    "Ana Roy",
    "DDT",
    Role.ADVISOR,
    ("sosponts",),
    (),
    (),
    (("matrix", MATRIX), ("telegram", TELEGRAM)),
)


async def bring(store: Store, *lines: RosterLine) -> Summary:
    return await store.database.transact(lambda uow: register(lines, uow, NOW))


async def addresses(store: Store) -> list[tuple[str, str]]:
    def read(uow: UnitOfWork) -> list[tuple[str, str]]:
        known = next(a for a in uow.advisors.all() if a.person.name == ANA.name)
        return [(a.network, a.conversation) for a in known.person.addresses if a.network != "web"]

    return await store.database.read(read)


async def test_an_advisor_is_known_by_the_addresses_of_the_roster(store: Store) -> None:
    assert ("Ana Roy",) == (await bring(store, ANA)).added
    assert ("Ana Roy",) == (await bring(store, ANA)).unchanged
    assert list(ANA.addresses) == await addresses(store)

    def who(uow: UnitOfWork) -> list[str | None]:
        private = uow.people.correspondent(ConversationRef("matrix", MATRIX), MATRIX)
        room = uow.people.correspondent(ConversationRef("telegram", "room:UV-7K3Q"), TELEGRAM)
        stranger = uow.people.correspondent(ConversationRef("telegram", MATRIX), MATRIX)
        found = (private, room, stranger)
        return [w.advisor.person.name if w.advisor is not None else None for w in found]

    assert ["Ana Roy", "Ana Roy", None] == await store.database.read(who)


async def test_a_new_address_replaces_the_one_on_its_network(store: Store) -> None:
    await bring(store, ANA)
    moved = replace(ANA, addresses=(("matrix", "@ana:ailleurs.fr"),))
    assert ("Ana Roy",) == (await bring(store, moved)).updated
    assert [("telegram", TELEGRAM), ("matrix", "@ana:ailleurs.fr")] == await addresses(store)


async def test_whoever_wrote_before_they_were_in_the_register_is_recognised(store: Store) -> None:
    stranger = Person("", NOW, addresses=[Address("matrix", MATRIX, MATRIX, NOW)])
    await store.database.transact(lambda uow: uow.people.add(stranger))
    await bring(store, ANA)
    assert sorted(ANA.addresses) == sorted(await addresses(store))
    gone = stranger.id or 0
    assert None is await store.database.read(lambda uow: uow.people.by_id(gone))


async def test_an_address_of_somebody_else_is_refused_and_nothing_is_taken(store: Store) -> None:
    elu = Person("Élise", NOW, addresses=[Address("matrix", MATRIX, MATRIX, NOW)])
    await store.database.transact(lambda uow: save(uow, project("UV-7K3Q", elu)))
    with pytest.raises(ConfigError, match=r"line 2: “@ana:exemple\.fr” is somebody else’s"):
        await bring(store, ANA)
    assert [] == await store.database.read(lambda uow: uow.advisors.all())


async def test_two_persons_become_one_with_the_projects_of_both(store: Store) -> None:
    kept, gone, jean, karim = person("kept"), person("gone"), person("jean"), advisor("karim")

    def make(uow: UnitOfWork) -> str:
        save(uow, accepted("UV-1111", kept, karim))
        save(uow, accepted("UV-2222", gone, karim))
        uow.people.add(jean)
        return uow.links.create(gone, "chat:gone", NOW + timedelta(days=1), True, NOW)

    token = await store.database.transact(make)

    def merge(uow: UnitOfWork) -> None:
        first, second = uow.people.by_id(kept.id or 0), uow.people.by_id(gone.id or 0)
        assert first is not None
        assert second is not None
        for each in uow.projects.of_person(second):
            each.change_person(second, first)
        uow.people.merge(first, second)

    await store.database.transact(merge)

    def read(uow: UnitOfWork) -> tuple[list[Project], Person | None, int | None]:
        first = uow.people.correspondent(ConversationRef("web", "chat:gone"), "chat:gone").person
        assert first is not None
        link = uow.links.find(token)
        return (
            uow.projects.of_person(first),
            uow.people.by_id(gone.id or 0),
            link.person_id if link else None,
        )

    projects, nobody, opens_as = await store.database.read(read)
    assert ({"UV-1111", "UV-2222"}, None, kept.id) == ({p.ref for p in projects}, nobody, opens_as)
    assert {("kept", True)} == {(m.person.name, m.lead) for p in projects for m in p.members}
