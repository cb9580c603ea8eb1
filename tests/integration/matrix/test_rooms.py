"""Rooms: opened on demand, found again, healed."""

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.homeserver import path
from bot.ports.network import EventKind, Operation, Outgoing, Refused, Target, Unreachable
from tests.integration.matrix.rooms import invitation, invite, joined
from tests.support.matrix_assistant import PLAN, ROOM, Assistant
from tests.support.matrix_people import Person
from tests.support.synapse import Synapse, call

SPACE = ConversationRef("matrix", "space:urbanvitaliz")


async def test_a_project_has_a_room_in_the_space_of_its_portal_where_its_advisors_speak(
    helper: Assistant, advisor: Person
) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        await helper.say(ROOM, "Bienvenue")
        await advisor.say(room_id, "Bonjour")
        events = await helper.inbox.until(2)

        await advisor.join(helper.room(SPACE))
        children = await advisor.state(helper.room(SPACE), "m.space.child", room_id)
        name = await advisor.state(room_id, "m.room.name")
        topic = await advisor.state(room_id, "m.room.topic")

    assert [(ROOM, EventKind.JOINED, ""), (ROOM, EventKind.SAID, "Bonjour")] == [
        (e.conversation, e.kind, e.text) for e in events
    ]
    assert [advisor.user_id] * 2 == [event.sender for event in events]
    assert {"via": ["essai.test"]} == children
    assert (PLAN.name, PLAN.topic) == (name["name"], topic["topic"])
    assert ["Bienvenue", "Bonjour"] == await advisor.read(room_id)


async def test_who_is_already_there_is_invited_without_harm(
    helper: Assistant, advisor: Person
) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)

        assert room_id == await helper.network.send(invitation(advisor.user_id, "i2"))


async def test_who_was_banned_cannot_be_invited(helper: Assistant, advisor: Person) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        helper.acts("POST", path("rooms", room_id, "ban"), {"user_id": advisor.user_id})

        with pytest.raises(Unreachable):
            await helper.network.send(invitation(advisor.user_id, "i2"))


async def test_nobody_of_a_server_that_is_not_allowed_is_invited_or_written_to(
    helper: Assistant,
) -> None:
    stranger = "@quelquun:ailleurs.test"
    conversation = ConversationRef.invitation("matrix", stranger)
    async with helper.running():
        with pytest.raises(Unreachable):
            await helper.network.send(
                Outgoing("i1", conversation, ROOM.name, "invite", operation=Operation.INVITE)
            )
        with pytest.raises(Unreachable):
            await helper.say(ConversationRef("matrix", stranger), "Bonjour")


async def test_a_room_made_but_not_bound_is_found_again_after_a_kill(helper: Assistant) -> None:
    async with helper.running():
        await helper.say(ROOM, "Avant")
        room_id = helper.room(ROOM)
    del helper.rooms.remotes[ROOM]

    async with helper.running():
        await helper.say(ROOM, "Après", "k2")

    assert room_id == helper.room(ROOM)


async def test_a_room_made_but_not_bound_is_found_again_after_a_time_out(
    helper: Assistant,
) -> None:
    mark = {"type": "fr.filrouge.seat", "content": {"conversation": ROOM.name}}
    async with helper.running():
        made = helper.acts("POST", path("createRoom"), {"initial_state": [mark]})
        await helper.say(ROOM, "Bonjour")

    assert made["room_id"] == helper.room(ROOM)


async def test_a_room_that_bears_our_mark_but_was_made_by_another_is_not_ours(
    helper: Assistant, elected: Person, advisor: Person
) -> None:
    mark = {"type": "fr.filrouge.seat", "content": {"conversation": ROOM.name}}
    async with helper.running():
        room_id = await elected.create(
            invite=[helper.settings.user, advisor.user_id], initial_state=[mark]
        )

        async def left() -> bool | None:
            member = await elected.state(room_id, "m.room.member", helper.settings.user)
            return member["membership"] == "leave" or None

        await elected.until(left)

        assert ROOM not in helper.rooms.remotes


async def test_a_private_chat_is_opened_for_who_has_none(
    helper: Assistant, elected: Person
) -> None:
    async with helper.running():
        await helper.say(
            ConversationRef.private("matrix", elected.user_id), "Votre projet est accepté"
        )
        room_id = await elected.invited()
        await elected.say(room_id, "Merci")
        events = await helper.inbox.until(2)

    assert ["Votre projet est accepté", "Merci"] == await elected.read(room_id)
    assert (elected.user_id, "Merci") == (events[1].conversation.name, events[1].text)


async def test_what_was_said_before_the_assistant_came_in_is_heard(
    helper: Assistant, elected: Person
) -> None:
    room_id = await elected.write_to(helper.settings.user)
    for number in range(30):
        await elected.say(room_id, f"mot {number}")

    async with helper.running():
        await helper.inbox.until(30)

    assert [f"mot {number}" for number in range(30)] == helper.texts


async def test_the_latest_private_chat_counts_and_the_former_one_is_left(
    helper: Assistant, elected: Person
) -> None:
    async with helper.running():
        first = await elected.write_to(helper.settings.user)
        await joined(helper, elected, first)
        second = await elected.write_to(helper.settings.user)
        await joined(helper, elected, second)
        await elected.say(second, "Ici")
        await helper.inbox.until(1)
        await helper.say(ConversationRef.private("matrix", elected.user_id), "Entendu")

        assert ["Ici", "Entendu"] == await elected.read(second)
        assert {elected.user_id} == await elected.members(first)


async def test_who_leaves_a_private_chat_is_said_to_have_left_and_is_asked_anew(
    helper: Assistant, elected: Person
) -> None:
    conversation = ConversationRef.private("matrix", elected.user_id)
    async with helper.running():
        await helper.say(conversation, "Premier")
        first = await elected.invited()
        await elected.leave(first)
        events = await helper.inbox.until(2)
        await helper.rooms.until(conversation, None)

        await helper.say(conversation, "Second", "k2")
        second = await elected.invited()

    assert [EventKind.JOINED, EventKind.LEFT] == [event.kind for event in events]
    assert first != second


async def test_an_invitation_to_a_room_of_many_is_left_politely(
    helper: Assistant, elected: Person, advisor: Person
) -> None:
    async with helper.running():
        room_id = await elected.create(name="Salon", invite=[helper.settings.user, advisor.user_id])

        async def left() -> str | None:
            member = await elected.state(room_id, "m.room.member", helper.settings.user)
            return str(member.get("reason")) if member["membership"] == "leave" else None

        assert helper.settings.words.leaving == await elected.until(left)
        assert [] == helper.inbox.received


async def test_a_room_that_the_server_closed_is_opened_anew(
    helper: Assistant, advisor: Person, server: Synapse
) -> None:
    async with helper.running():
        first = await invite(helper, advisor)
        await _close(server, first)
        await helper.say(ROOM, "Reprenons", "k2")
        await helper.network.send(invitation(advisor.user_id, "i2"))
        second = await advisor.invited()

    assert first != second == helper.room(ROOM)
    assert "Reprenons" in await advisor.read(second)


async def test_what_is_about_a_message_of_a_lost_room_is_refused_and_the_place_still_works(
    helper: Assistant, advisor: Person, server: Synapse
) -> None:
    async with helper.running():
        first = await invite(helper, advisor)
        said = await helper.say(ROOM, "Trois", "k2")
        await _close(server, first)
        edit = Outgoing(
            "k3", ROOM, "Quatre", "relay", target=Target(said), operation=Operation.EDIT
        )
        with pytest.raises(Refused):
            await helper.network.send(edit)
        await helper.say(ROOM, "Quatre", "k4")

    assert first != helper.room(ROOM)


async def _close(server: Synapse, room_id: str) -> None:
    """An administrator of the server makes everybody leave."""
    admin = server.register(admin=True)
    where = f"/_synapse/admin/v1/rooms/{room_id}"
    await asyncio.to_thread(
        call, server.base, "DELETE", where, {"purge": False}, admin.access_token
    )


async def test_who_sends_the_assistant_away_from_a_project_room_finds_another(
    helper: Assistant, advisor: Person
) -> None:
    room_id = await advisor.create(invite=[helper.settings.user])
    await bind_by_hand(helper, ROOM, room_id)
    async with helper.running():
        kicked = {"user_id": helper.settings.user}
        await advisor.call("POST", path("rooms", room_id, "kick"), kicked)
        await helper.say(ROOM, "Toujours là", "k2")
        second = await advisor.invited()

    assert second == helper.room(ROOM)
    assert ["Toujours là"] == await advisor.read(second)


async def test_a_room_where_we_may_not_speak_is_unreachable(
    helper: Assistant, advisor: Person
) -> None:
    mute = {"events_default": 50}
    room_id = await advisor.create(invite=[helper.settings.user], power_level_content_override=mute)
    await bind_by_hand(helper, ROOM, room_id)
    async with helper.running():
        with pytest.raises(Unreachable):
            await helper.say(ROOM, "Bonjour")


@pytest.mark.parametrize("open_to_all", [True, False])
async def test_an_upgraded_room_is_followed_or_made_anew_and_its_members_invited(
    helper: Assistant, advisor: Person, elected: Person, *, open_to_all: bool
) -> None:
    rule = {"join_rule": "public" if open_to_all else "invite"}
    room_id = await advisor.create(
        invite=[helper.settings.user, elected.user_id],
        room_version="11",
        initial_state=[{"type": "m.room.join_rules", "state_key": "", "content": rule}],
    )
    await elected.join(room_id)
    await bind_by_hand(helper, ROOM, room_id)
    async with helper.running():
        upgraded = await advisor.call(
            "POST", path("rooms", room_id, "upgrade"), {"new_version": "12"}
        )
        after = str(upgraded["replacement_room"])
        found = await elected.invited()
        await helper.say(ROOM, "Suite", "k2")

    assert open_to_all == (after == found)
    assert found == helper.room(ROOM)
    assert "Suite" in await elected.read(found)


async def test_a_space_that_is_not_ours_to_change_keeps_no_room_from_being_made(
    helper: Assistant, advisor: Person, caplog: pytest.LogCaptureFixture
) -> None:
    space = await advisor.create(
        creation_content={"type": "m.space"}, invite=[helper.settings.user]
    )
    await bind_by_hand(helper, SPACE, space)
    async with helper.running():
        room_id = await invite(helper, advisor)
        await helper.say(ROOM, "Bonjour")

    assert ["Bonjour"] == await advisor.read(room_id)
    with pytest.raises(aiohttp.ClientResponseError):
        await advisor.state(space, "m.space.child", room_id)
    assert 1 == sum("Space" in record.message for record in caplog.records)


async def bind_by_hand(helper: Assistant, conversation: ConversationRef, room_id: str) -> None:
    """The assistant, which does not run, is in a room that another made."""
    helper.acts("POST", path("join", room_id), {})
    await helper.rooms.bind(conversation, room_id)


async def test_a_room_is_made_once_however_many_speak_at_first(helper: Assistant) -> None:
    async with helper.running():
        await asyncio.gather(*(helper.say(ROOM, f"mot {n}", f"k{n}") for n in range(5)))
        found = helper.acts("GET", path("joined_rooms"))

    assert {helper.room(ROOM), helper.room(SPACE)} == set(found["joined_rooms"])


async def test_the_room_of_a_project_nobody_knows_is_not_made(helper: Assistant) -> None:
    async with helper.running():
        with pytest.raises(Unreachable):
            await helper.say(ConversationRef.room("matrix", "UV-0000"), "Bonjour")


async def test_a_room_takes_the_name_and_topic_that_are_planned_now(
    helper: Assistant, advisor: Person
) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        renamed = replace(PLAN, name="UV-7K3Q · La halle")
        helper.rooms.plans[ROOM] = renamed
        await helper.network.send(Outgoing("r1", ROOM, "", "refresh", operation=Operation.REFRESH))

        assert "UV-7K3Q · La halle" == (await advisor.state(room_id, "m.room.name"))["name"]
