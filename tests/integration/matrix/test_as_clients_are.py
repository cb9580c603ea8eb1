"""What people see and do in clients of Matrix that are not ours: mautrix looks and taps."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from mautrix.client import ClientAPI
from mautrix.types import EventID, EventType, RoomID, UserID

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.messages.posting import sign_of
from bot.ports.network import EventKind, Operation, Outgoing, Target
from bot.ports.remote_rooms import RoomPlan
from tests.integration.matrix.rooms import invitation
from tests.support.matrix_assistant import PLAN, ROOM, Assistant
from tests.support.synapse import Synapse

T = TypeVar("T")


@pytest.fixture
async def advisor(server: Synapse) -> AsyncIterator[ClientAPI]:
    """An advisor whose client is mautrix, without encryption."""
    account = server.register()
    client = ClientAPI(UserID(account.user_id), base_url=server.base, token=account.access_token)
    yield client
    await client.api.session.close()


async def seen(look: Callable[[], Awaitable[T | None]]) -> T:
    """What can be seen, once it can."""
    async with asyncio.timeout(30):
        while True:
            found = await look()
            if found is not None:
                return found
            await asyncio.sleep(0.1)


async def come_in(helper: Assistant, advisor: ClientAPI) -> RoomID:
    await helper.network.send(invitation(str(advisor.mxid)))
    room_id = RoomID(helper.room(ROOM))
    await advisor.join_room_by_id(room_id)
    return room_id


async def reactions(advisor: ClientAPI, room_id: RoomID, event_id: str) -> list[str]:
    """The signs under a message, by whoever put them."""
    address = f"/_matrix/client/v1/rooms/{room_id}/relations/{event_id}/m.annotation"
    found = await advisor.api.session.get(
        f"{advisor.api.base_url}{address}",
        headers={"Authorization": f"Bearer {advisor.api.token}"},
    )
    chunk: list[dict[str, Any]] = (await found.json())["chunk"]
    return sorted(event["content"]["m.relates_to"]["key"] for event in chunk)


async def test_one_tap_on_a_number_that_is_there_already_answers(
    helper: Assistant, advisor: ClientAPI
) -> None:
    async with helper.running():
        room_id = await come_in(helper, advisor)
        asked = await helper.ask(ROOM, "Quel projet ?", "Le moulin", "Le pont")
        signs = [sign_of(1), sign_of(2)]

        async def both() -> bool | None:
            return signs == await reactions(advisor, room_id, asked) or None

        await seen(both)
        await advisor.react(room_id, EventID(asked), signs[1])
        events = await helper.inbox.until(2)

    assert (EventKind.SAID, "le pont", "Le pont") == (
        events[1].kind,
        events[1].choice,
        events[1].text,
    )


async def test_a_relayed_sign_that_is_taken_back_leaves_the_numbers(
    helper: Assistant, advisor: ClientAPI
) -> None:
    async with helper.running():
        room_id = await come_in(helper, advisor)
        asked = await helper.ask(ROOM, "Quel projet ?", "Le moulin")

        async def there() -> bool | None:
            return [sign_of(1)] == await reactions(advisor, room_id, asked) or None

        await seen(there)
        react = Outgoing("r1", ROOM, "👍", "reaction", operation=Operation.REACT)
        react = replace(react, target=Target(remote_id=asked))
        await helper.network.send(react)
        await helper.network.send(replace(react, key="r2", text=""))
        assert [sign_of(1)] == await reactions(advisor, room_id, asked)


async def test_commands_are_shown_with_the_sign_that_clients_leave_to_us(
    helper: Assistant, advisor: ClientAPI
) -> None:
    helper.settings = replace(helper.settings, commands=("note", "aide"))
    async with helper.running():
        room_id = await come_in(helper, advisor)
        ours = await helper.say(ROOM, "Un mot entre conseillers : /note.")
        theirs = await helper.say(ROOM, "J’ai lu /note.", "k2", author="Martine")
        bodies = [
            (await advisor.get_event(room_id, EventID(each))).content.body
            for each in (ours, theirs)
        ]

    assert "Un mot entre conseillers : !note." == bodies[0]
    assert bodies[1].endswith("J’ai lu /note.")


async def test_answers_ring_nobody_and_what_is_news_rings(
    helper: Assistant, advisor: ClientAPI
) -> None:
    async with helper.running():
        room_id = await come_in(helper, advisor)
        kinds = []
        for key, quiet in (("k1", True), ("k2", False)):
            said = await helper.say(ROOM, "C’est noté.", key, quiet=quiet)
            event = await advisor.get_event(room_id, EventID(said))
            kinds.append(str(event.content.msgtype))

    assert ["m.notice", "m.text"] == kinds


async def test_the_assistant_has_a_name_and_a_picture_and_keeps_those_it_was_given(
    helper: Assistant, advisor: ClientAPI
) -> None:
    us = UserID(helper.settings.user)
    async with helper.running():
        first = await advisor.get_profile(us)
    helper.acts(
        "PUT", f"/_matrix/client/v3/profile/{us}/displayname", {"displayname": "Assistant du 85"}
    )
    async with helper.running():
        second = await advisor.get_profile(us)

    assert "Fil Rouge" == first.displayname
    assert first.avatar_url
    assert ("Assistant du 85", first.avatar_url) == (second.displayname, second.avatar_url)


async def test_what_presents_the_project_is_pinned_and_stays(
    helper: Assistant, advisor: ClientAPI
) -> None:
    async with helper.running():
        room_id = await come_in(helper, advisor)
        presented = Outgoing("p1", ROOM, "Le moulin de Fourmies", "routed")
        first = await helper.network.send(presented)
        await helper.network.send(replace(presented, key="p2", kind="safety"))
        pinned = await advisor.get_state_event(room_id, EventType.ROOM_PINNED_EVENTS)

    assert [first] == list(pinned.serialize()["pinned"])


async def test_people_see_that_they_are_read(helper: Assistant, advisor: ClientAPI) -> None:
    async with helper.running():
        room_id = await come_in(helper, advisor)
        said = await advisor.send_text(room_id, "Bonjour")

        token = (await advisor.sync(timeout=0))["next_batch"]

        async def receipt() -> bool | None:
            # Without a token Synapse repeats one answer for minutes.
            answer = await advisor.sync(since=token, timeout=100)
            room = answer["rooms"].get("join", {}).get(room_id, {})
            told = room.get("ephemeral", {}).get("events", [])
            read = [e["content"] for e in told if e["type"] == "m.receipt"]
            by = {u for c in read for u in c.get(said, {}).get("m.read", {})}
            return helper.settings.user in by or None

        await seen(receipt)


async def test_a_foreign_invitation_is_refused_with_a_reason(
    helper: Assistant, advisor: ClientAPI
) -> None:
    helper.settings = replace(helper.settings, allowed_servers=frozenset())
    async with helper.running():
        content: Any = {"type": "m.space"}
        space = await advisor.create_room(creation_content=content)
        await advisor.invite_user(space, UserID(helper.settings.user))

        async def refused() -> str | None:
            events = (event.serialize() for event in await advisor.get_state(space))
            ours = (e["content"] for e in events if e.get("state_key") == helper.settings.user)
            left = (e.get("reason", "") for e in ours if e.get("membership") == "leave")
            return next(left, None)

        assert "Pas ce serveur." == await seen(refused)


async def test_a_space_made_anew_holds_the_rooms_that_there_are(
    helper: Assistant, advisor: ClientAPI
) -> None:
    other = ConversationRef.room("matrix", "UV-9999")
    helper.rooms.plans[other] = RoomPlan("Autre", "", PLAN.portal, PLAN.portal_name)
    space = ConversationRef("matrix", f"space:{PLAN.portal}")
    async with helper.running():
        await helper.say(ROOM, "Un")
        helper.acts("POST", f"/_matrix/client/v3/rooms/{helper.room(space)}/leave", {})
    async with helper.running():
        await helper.say(other, "Deux", "k2")
        anew = helper.room(space)
        rooms = (helper.room(ROOM), helper.room(other))
        held = [
            helper.acts("GET", f"/_matrix/client/v3/rooms/{anew}/state/m.space.child/{room}")
            for room in rooms
        ]

    assert [["essai.test"], ["essai.test"]] == [each["via"] for each in held]


async def test_the_topic_of_a_room_follows_its_project(
    helper: Assistant, advisor: ClientAPI
) -> None:
    async with helper.running():
        room_id = await come_in(helper, advisor)
        helper.rooms.plans[ROOM] = replace(PLAN, topic="Projet terminé.")
        refresh = Outgoing("t1", ROOM, "", "refresh", operation=Operation.REFRESH)
        await helper.network.send(refresh)
        topic = await advisor.get_state_event(room_id, EventType.ROOM_TOPIC)

    assert {"topic": "Projet terminé."} == topic.serialize()
