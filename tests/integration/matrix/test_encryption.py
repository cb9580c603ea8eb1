"""Encryption: signed by our account, kept over restarts, patient with keys that come late."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nio.event_builders import ToDeviceMessage

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.rooms.opening import MADE_FOR
from bot.ports.network import EventKind, NetworkError, RetryLater
from tests.integration.matrix.rooms import ENCRYPTED, invite, sealed_chat
from tests.support.matrix_assistant import PLAN, ROOM, Assistant, assistant
from tests.support.matrix_people import (
    CarefulPerson,
    Person,
    careful_person,
    is_cross_signed,
    person,
)
from tests.support.synapse import call, reserved_synapse

SYNAPSE_TAKES_AT_ONCE = 5
"""Invitations of one person, by Synapse's own limits."""


def own_keys(helper: Assistant) -> dict[str, Any]:
    """What everybody can see of the assistant's keys."""
    return helper.acts("POST", path("keys", "query"), {"device_keys": {helper.settings.user: []}})


def own_device(helper: Assistant) -> tuple[str, dict[str, Any]]:
    """The one device that has keys: the account's other one has none."""
    devices: dict[str, Any] = own_keys(helper)["device_keys"][helper.settings.user]
    ((name, shown),) = devices.items()
    return name, shown


async def test_the_device_is_signed_by_the_account_and_stays_the_same(sealed: Assistant) -> None:
    async with sealed.running():
        first = own_keys(sealed)
        name, shown = own_device(sealed)
    async with sealed.running():
        second = own_keys(sealed)

    user = sealed.settings.user
    assert is_cross_signed(first, user, shown)
    signatures = shown["signatures"][user]
    (signing,) = first["self_signing_keys"][user]["keys"]
    assert {f"ed25519:{name}", signing} == set(signatures)
    assert first["master_keys"] == second["master_keys"]
    assert first["device_keys"] == second["device_keys"]


async def test_keys_made_elsewhere_are_replaced_with_the_password(sealed: Assistant) -> None:
    async with sealed.running():
        before = own_keys(sealed)["master_keys"]
    (sealed.settings.folder / "cross_signing.json").unlink()
    async with sealed.running():
        after = own_keys(sealed)
        _, shown = own_device(sealed)

    assert before != after["master_keys"]
    assert is_cross_signed(after, sealed.settings.user, shown)


async def test_private_files_are_ours_alone_and_show_no_private_key(sealed: Assistant) -> None:
    async with sealed.running():
        folder = sealed.settings.folder

    modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
    assert {"session.json": 0o600, "cross_signing.json": 0o600, "crypto.db": 0o600} == modes


async def test_an_encrypted_room_is_read_by_signed_devices_and_by_nobody_else(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        room_id = await invite(sealed, careful.http)
        await careful.sync()
        await sealed.say(ROOM, "Combien de niveaux ?")
        shown = await careful.until_shown(room_id, "niveaux")
        await careful.say(room_id, "Trois.")
        events = await sealed.inbox.until(2)

    kinds = {event["type"] for event in await careful.http.history(room_id)}
    assert ["Combien de niveaux ?"] == shown
    assert [] == careful.refused
    assert (ROOM, careful.user_id, "Trois.") == (
        events[1].conversation,
        events[1].sender,
        events[1].text,
    )
    assert "m.room.encrypted" in kinds
    assert "m.room.message" not in kinds


async def test_an_invited_person_reads_what_was_said_before_they_came(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        await sealed.say(
            ConversationRef.private("matrix", careful.user_id), "Votre projet est accepté."
        )
        room_id = await careful.http.invited()

        assert ["Votre projet est accepté."] == await careful.until_shown(room_id, "accepté")


async def test_who_is_to_be_there_reads_the_first_words_though_a_kill_came_before_their_invitation(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    sealed.rooms.plans[ROOM] = replace(PLAN, people=(careful.user_id,))
    state = [ENCRYPTED, {"type": MADE_FOR, "content": {"conversation": ROOM.name}}]
    wanted = {"preset": "private_chat", "initial_state": state}
    made = sealed.acts("POST", path("createRoom"), wanted)["room_id"]
    async with sealed.running():
        await sealed.say(ROOM, "Voici le projet")
        assert made == sealed.room(ROOM)
        await careful.http.join(made)
        shown = await careful.until_shown(made, "Voici le projet")

    assert (["Voici le projet"], []) == (shown, careful.refused)


async def test_first_words_wait_until_those_who_are_to_be_there_can_be_invited(
    tmp_path: Path,
) -> None:
    server = reserved_synapse()
    admin = server.register(admin=True)
    sealed = assistant(server.base, server.register(), tmp_path)
    async with (
        careful_person(server.base, server.register(), tmp_path / "prudente") as careful,
        person(server.base, server.register()) as other,
    ):
        for _ in range(SYNAPSE_TAKES_AT_ONCE):
            where = path("rooms", await other.create(), "invite")
            await other.call("POST", where, {"user_id": careful.user_id})
        sealed.rooms.plans[ROOM] = replace(PLAN, people=(careful.user_id,))
        async with sealed.running():
            with pytest.raises(RetryLater):
                await sealed.say(ROOM, "Voici le projet")
            where = f"/_synapse/admin/v1/users/{sealed.settings.user}/override_ratelimit"
            none = {"messages_per_second": 0, "burst_count": 0}
            call(server.base, "POST", where, none, admin.access_token)
        # What was asked to wait is remembered while it runs.
        async with sealed.running():
            await sealed.say(ROOM, "Voici le projet")
            await careful.http.join(sealed.room(ROOM))
            shown = await careful.until_shown(sealed.room(ROOM), "Voici le projet")

    assert ["Voici le projet"] == shown


async def test_the_device_its_token_and_its_keys_outlive_a_restart(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        await careful.say(room_id, "Avant")
        await sealed.inbox.until(1)
        devices = sealed.acts("GET", path("devices"))["devices"]
    await careful.say(room_id, "Pendant")
    async with sealed.running():
        await sealed.inbox.until(2)
        await sealed.say(ConversationRef.private("matrix", careful.user_id), "Reçu")
        await careful.until_shown(room_id, "Reçu")
        after = sealed.acts("GET", path("devices"))["devices"]

    assert ["Avant", "Pendant"] == sealed.texts
    assert {d["device_id"] for d in devices} == {d["device_id"] for d in after}
    assert 2 == len(after)


async def test_the_same_key_sent_again_after_a_restart_shows_once(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    conversation = ConversationRef.private("matrix", careful.user_id)
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        await sealed.rooms.until(conversation, room_id)
        first = await sealed.say(conversation, "Une fois")
    async with sealed.running():
        second = await sealed.say(conversation, "Une fois")
        await sealed.say(conversation, "Fin", "k2")

        assert ["Une fois", "Fin"] == await careful.until_shown(room_id, "Fin")
    assert first == second


async def test_a_room_stays_encrypted_after_a_quick_restart(
    sealed: Assistant, advisor: Person
) -> None:
    async with sealed.running():
        room_id = await invite(sealed, advisor)
    async with sealed.running():
        await sealed.say(ROOM, "Secret")

    assert [] == await advisor.read(room_id)
    assert "m.room.encrypted" in {event["type"] for event in await advisor.history(room_id)}


async def test_a_portal_may_have_rooms_in_clear(sealed: Assistant, advisor: Person) -> None:
    clear = replace(sealed.settings, clear_portals=frozenset({"urbanvitaliz"}))
    sealed.settings = clear
    async with sealed.running():
        room_id = await invite(sealed, advisor)
        await sealed.say(ROOM, "Bonjour")

    assert ["Bonjour"] == await advisor.read(room_id)


async def test_a_message_whose_key_comes_late_waits_over_a_restart(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        key = await say_without_key(careful, room_id, "Enfin lisible")
        await careful.say(room_id, "Sans clé non plus")
        await careful.http.react(room_id, await event_of(careful, room_id), "👍")
        await sealed.inbox.until(1)
    async with sealed.running():
        await give_key(sealed, careful, room_id, key)
        events = await sealed.inbox.until(3)

    assert [EventKind.REACTED, EventKind.SAID, EventKind.SAID] == [event.kind for event in events]
    assert ["Enfin lisible", "Sans clé non plus"] == [event.text for event in events[1:]]


async def test_whoever_wrote_what_cannot_be_read_is_told_within_a_minute_in_clear_and_once(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        key = await say_without_key(careful, room_id, "Plus tard lisible")
        await careful.say(room_id, "Encore sans clé")
        await careful.http.react(room_id, await event_of(careful, room_id), "👍")
        await sealed.inbox.until(1)
        sealed.clock.at += timedelta(seconds=30)
        for number, sign in enumerate(("🙂", "❤️"), 2):
            await careful.http.react(room_id, await event_of(careful, room_id), sign)
            await sealed.inbox.until(number)
        told = await careful.http.read(room_id)
        await give_key(sealed, careful, room_id, key)
        events = await sealed.inbox.until(5)

    assert ["La clé ne m’est pas parvenue."] == told
    assert ["Plus tard lisible", "Encore sans clé"] == [
        event.text for event in events if event.kind is EventKind.SAID
    ]


async def test_sealed_state_and_redactions_are_worth_nothing(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        said = await careful.say(room_id, "Bonjour")
        forged = {"membership": "leave", "redacts": said}
        await careful.client.room_send(room_id, "m.room.member", forged)
        await careful.client.room_send(room_id, "m.room.redaction", forged)
        await careful.client.room_send(room_id, "m.room.message", {"msgtype": ["m.text"]})
        await careful.say(room_id, "Fin")
        events = await sealed.inbox.until(3)

    assert [
        (EventKind.SAID, "Bonjour"),
        (EventKind.SENT_OTHER, "other"),
        (EventKind.SAID, "Fin"),
    ] == [(event.kind, event.text) for event in events]


async def test_one_time_keys_that_ran_out_while_we_were_away_are_made_again(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        name, _ = own_device(sealed)
    wanted = {"one_time_keys": {sealed.settings.user: {name: "signed_curve25519"}}}
    for _ in range(50):
        await careful.http.call("POST", path("keys", "claim"), wanted)
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        await careful.say(room_id, "Bonjour")
        await sealed.inbox.until(1)

    assert ["Bonjour"] == sealed.texts


async def test_a_store_key_that_is_not_the_stores_is_refused(sealed: Assistant) -> None:
    async with sealed.running():
        pass
    sealed.settings = replace(sealed.settings, store_key="une autre")

    with pytest.raises(NetworkError):
        async with sealed.running():
            pass


async def say_without_key(careful: CarefulPerson, room_id: str, text: str) -> dict[str, Any]:
    """A message whose key nobody is given; returns the key."""
    await careful.client.joined_members(room_id)
    olm = careful.client.olm
    olm.create_outbound_group_session(room_id)
    session = olm.outbound_group_sessions[room_id]
    key = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": room_id,
        "session_id": session.id,
        "session_key": session.session_key,
    }
    session.shared = True
    await careful.say(room_id, text)
    return key


async def give_key(
    helper: Assistant, careful: CarefulPerson, room_id: str, key: dict[str, Any]
) -> None:
    """The assistant's device gets a key."""
    await careful.sync()
    missing = careful.client.get_missing_sessions(room_id)
    if missing:
        await careful.client.keys_claim(missing)
    name, _ = own_device(helper)
    device = careful.client.device_store[helper.settings.user][name]
    session = careful.client.olm.session_store.get(device.curve25519)
    sealed = careful.client.olm._olm_encrypt(session, device, "m.room_key", key)
    message = ToDeviceMessage("m.room.encrypted", helper.settings.user, name, sealed)
    await careful.client.to_device(message)


async def event_of(careful: CarefulPerson, room_id: str) -> str:
    """The last event of a room."""
    return str((await careful.http.history(room_id))[-1]["event_id"])
