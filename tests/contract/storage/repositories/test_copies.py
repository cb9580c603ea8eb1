"""Where the same words are seen."""

from dataclasses import replace

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind
from bot.ports.message_queue import Outcome, Settlement
from bot.ports.network import EventKind, Incoming, Operation, Target
from bot.ports.records import UnitOfWork
from bot.ports.remote_rooms import FoundMessage
from storage import Store
from tests.support.stores import MINUTE, NOW, chat, event, message, person, project, save

ROOM, MEMBER = ConversationRef("web", "room:UV-7K3Q"), chat("a")
SAID = replace(event(MEMBER, "e1"), message="m1")


async def relay(store: Store) -> None:
    """The words of a member are shown in a room, and edited there."""
    edit = replace(event(MEMBER, "e2"), kind=EventKind.EDITED, message="m1", target="m1")
    await store.queue.receive("web", [SAID, edit], None, NOW)

    def queue(uow: UnitOfWork) -> None:
        uow.outbox.put(message(ROOM, "web:e1:0", "UV-7K3Q"), at=NOW, source="web:e1")
        again = replace(
            message(ROOM, "web:e2:0"), operation=Operation.EDIT, target=Target(key="web:e1:0")
        )
        uow.outbox.put(again, at=NOW, source="web:e1")
        uow.outbox.put(message(ROOM, "notice"), at=NOW)

    await store.database.transact(queue)
    for remote_id in ("r1", "r2", "r3"):
        claimed = await store.queue.exchange([], NOW, MINUTE, 1, ["web"])
        sent = Settlement(claimed[0].id, Outcome.SENT, NOW, remote_id=remote_id)
        await store.queue.exchange([sent], NOW, MINUTE, 0, [])


async def test_words_are_found_where_they_were_said_and_where_they_were_shown(
    store: Store,
) -> None:
    await relay(store)

    def sources(uow: UnitOfWork) -> list[str | None]:
        return [
            uow.copies.source(MEMBER, "m1"),
            uow.copies.source(ROOM, "r1"),
            uow.copies.source(ROOM, "r2"),
            uow.copies.source(ROOM, "r3"),
            uow.copies.source(ROOM, "m1"),
            uow.copies.behind("web:e2:0"),
            uow.copies.behind("unknown"),
        ]

    found = await store.database.read(sources)
    assert ["web:e1", "web:e1", "web:e1", None, None, "web:e1", None] == found


async def test_what_we_sent_is_found_by_the_message_that_it_became(store: Store) -> None:
    await relay(store)

    def shown(uow: UnitOfWork) -> list[str | None]:
        there = [(ROOM, "r1"), (ROOM, "r3"), (MEMBER, "m1"), (MEMBER, "r1")]
        found = [uow.copies.shown(place, remote_id) for place, remote_id in there]
        return [message.key if message is not None else None for message in found]

    assert ["web:e1:0", "notice", None, None] == await store.database.read(shown)


async def test_a_message_is_found_by_any_of_its_parts(store: Store) -> None:
    await relay(store)

    def queue(uow: UnitOfWork) -> None:
        uow.outbox.put(message(ROOM, "long"), at=NOW)

    await store.database.transact(queue)
    (claimed,) = await store.queue.exchange([], NOW, MINUTE, 1, ["web"])
    sent = Settlement(claimed.id, Outcome.SENT, NOW, remote_id="12,130;14")
    await store.queue.exchange([sent], NOW, MINUTE, 0, [])
    await store.database.transact(lambda uow: uow.outbox.put(message(ROOM, "edited"), at=NOW))
    (claimed,) = await store.queue.exchange([], NOW, MINUTE, 1, ["web"])
    sent = Settlement(claimed.id, Outcome.SENT, NOW, remote_id="12,130,15;14")
    await store.queue.exchange([sent], NOW, MINUTE, 0, [])
    among = [MEMBER, ROOM]
    asked = ["12", "130", "14", "12,130,15;14", "r1", "m1", "13", "0;1", "%"]

    found = [await store.remote_rooms.find_message(among, remote_id) for remote_id in asked]

    long, short = FoundMessage(ROOM, "12,130,15;14"), FoundMessage(ROOM, "r1")
    said = FoundMessage(MEMBER, "m1")
    assert [long, long, long, long, short, said, None, None, None] == found
    assert None is await store.remote_rooms.find_message(among[:1], "12")
    assert None is await store.remote_rooms.find_message([replace(ROOM, network="telegram")], "12")


async def test_from_a_source_its_words_and_their_copies_are_found(store: Store) -> None:
    await relay(store)
    original = await store.database.read(lambda uow: uow.copies.original("web:e1"))
    copies = await store.database.read(lambda uow: uow.copies.of("web:e1"))
    assert SAID == original
    assert [("web:e1:0", Operation.SAY, "r1"), ("web:e2:0", Operation.EDIT, "r2")] == [
        (copy.outgoing.key, copy.outgoing.operation, copy.remote_id) for copy in copies
    ]
    assert [Target(remote_id="r1"), Target(remote_id="r2")] == [copy.target for copy in copies]
    assert None is await store.database.read(lambda uow: uow.copies.original("web:e9"))
    assert [] == await store.database.read(lambda uow: uow.copies.of("web:e9"))


async def test_a_copy_that_waits_is_known_by_its_key(store: Store) -> None:
    def queue(uow: UnitOfWork) -> list[Target]:
        uow.outbox.put(message(ROOM, "k1"), at=NOW, source="web:e1")
        return [copy.target for copy in uow.copies.of("web:e1")]

    assert [Target(key="k1")] == await store.database.transact(queue)


async def test_what_was_said_backstage_is_known_to_have_been(store: Store) -> None:
    said = replace(event(ROOM, "e1"), backstage=True)
    await store.queue.receive("web", [said], None, NOW)
    assert [said] == [waiting.incoming for waiting in await store.queue.waiting(NOW, 10)]


async def test_the_story_forgets_what_was_taken_back(store: Store) -> None:
    plan = Attachment("ab" * 32, "plan.pdf", "application/pdf", 12)

    def tell(uow: UnitOfWork) -> None:
        kept = save(uow, project("UV-7K3Q", person("Élise")))
        other = save(uow, project("UV-8K3Q", person("Karim")))
        for number, to in ((1, kept), (2, kept), (1, other)):
            entry = Entry(NOW, EntryKind.FILE, Side.MEMBERS, "É", "oups", detail="plan.pdf")
            entry.source, entry.attachment = f"web:e{number}", plan
            uow.projects.record(to, entry)
        assert ["oups"] == uow.projects.retract(kept, "web:e1")
        assert [] == uow.projects.retract(kept, "web:e1")

    await store.database.transact(tell)

    def read(uow: UnitOfWork) -> list[tuple[str, str, str, bool]]:
        threads = [uow.projects.thread(ref) for ref in ("UV-7K3Q", "UV-8K3Q")]
        stories = [uow.projects.story(thread, True) for thread in threads if thread is not None]
        return [
            (entry.kind, entry.text, entry.detail, entry.attachment is None)
            for story in stories
            for entry in story
        ]

    whole = ("file", "oups", "plan.pdf", False)
    assert [("retracted", "", "", True), whole, whole] == await store.database.read(read)


async def test_the_reactions_that_stand_on_a_message_are_found(store: Store) -> None:
    def reaction(key: str, sender: str, sign: str, target: str = "r1") -> Incoming:
        return replace(
            event(ROOM, key), sender=sender, text=sign, kind=EventKind.REACTED, target=target
        )

    did = [
        reaction("x1", "a", "👍"),
        reaction("x2", "b", "❤"),
        reaction("x3", "a", ""),
        reaction("x4", "c", "👍"),
        reaction("x5", "d", "👍", "r2"),
    ]
    await store.queue.receive("web", did, None, NOW)

    found = await store.database.transact(lambda uow: uow.copies.signs(ROOM, "r1"))

    assert [("b", "❤"), ("c", "👍")] == found
