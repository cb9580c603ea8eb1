"""In which remote room each of our conversations is held."""

import asyncio

from bot.domain.conversations import ConversationRef
from bot.ports.remote_rooms import RoomPlan
from storage import Store

ROOM, OTHER = (ConversationRef.room("matrix", ref) for ref in ("UV-7K3Q", "UV-8K3Q"))


async def test_a_conversation_is_found_by_its_name_and_by_its_room(store: Store) -> None:
    assert None is await store.remote_rooms.remote(ROOM)
    await store.remote_rooms.bind(ROOM, "!a:server")
    assert "!a:server" == await store.remote_rooms.remote(ROOM)
    assert ROOM == await store.remote_rooms.conversation("matrix", "!a:server")
    assert None is await store.remote_rooms.conversation("telegram", "!a:server")
    assert {"!a:server": ROOM} == await store.remote_rooms.all("matrix")


async def test_a_conversation_has_one_room_and_a_room_one_conversation(
    store: Store,
) -> None:
    await store.remote_rooms.bind(ROOM, "!a:server")
    await store.remote_rooms.bind(ROOM, "!b:server")
    assert None is await store.remote_rooms.conversation("matrix", "!a:server")
    await store.remote_rooms.bind(OTHER, "!b:server")
    assert {"!b:server": OTHER} == await store.remote_rooms.all("matrix")
    assert None is await store.remote_rooms.remote(ROOM)


async def test_what_is_unbound_has_no_room(store: Store) -> None:
    await store.remote_rooms.bind(ROOM, "!a:server")
    await store.remote_rooms.unbind(ROOM)
    await store.remote_rooms.unbind(OTHER)
    assert {} == await store.remote_rooms.all("matrix")


async def test_a_group_that_moves_takes_its_topics_along(store: Store) -> None:
    conversations = [ConversationRef.room("telegram", f"UV-{n}") for n in range(4)]
    for conversation, remote in zip(conversations, ("-10/7", "-10", "-100/7", "-1/0"), strict=True):
        await store.remote_rooms.bind(conversation, remote)
    await store.remote_rooms.bind(ROOM, "-10/7")

    await store.remote_rooms.move("telegram", "-10", "-55")

    assert ["-55/7", "-55", "-100/7", "-1/0"] == await asyncio.gather(
        *(store.remote_rooms.remote(conversation) for conversation in conversations)
    )
    assert "-10/7" == await store.remote_rooms.remote(ROOM)


async def test_the_application_says_what_a_room_is_opened_with(store: Store) -> None:
    plan = RoomPlan("UV-7K3Q", "Tout est relayé", "urbanvitaliz", "UrbanVitaliz")
    assert None is await store.remote_rooms.plan(ROOM)
    store.remote_rooms.planner = lambda _uow, conversation: plan if conversation == ROOM else None
    assert plan == await store.remote_rooms.plan(ROOM)
    assert None is await store.remote_rooms.plan(OTHER)
