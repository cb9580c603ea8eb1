"""The assistant's session is removed on the server, or its device's keys are lost: it goes on."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.homeserver import path
from bot.ports.network import NetworkError
from tests.integration.matrix.rooms import invite, sealed_chat
from tests.support.matrix_assistant import ROOM, Assistant, assistant
from tests.support.matrix_people import CLIENT, CarefulPerson, is_cross_signed
from tests.support.synapse import Account, Synapse, call, start_synapse


@pytest.fixture
def admin(server: Synapse) -> Account:
    """The homeserver's administrator."""
    return server.register(admin=True)


def shown_keys(server: Synapse, user_id: str, asker: Account) -> dict[str, Any]:
    """What everybody is shown of an account's keys, asked by raw HTTP."""
    asked: dict[str, Any] = {"device_keys": {user_id: []}}
    return call(server.base, "POST", f"{CLIENT}/keys/query", asked, asker.access_token)


def devices(known: Mapping[str, Any], user_id: str) -> dict[str, Any]:
    return dict(known["device_keys"].get(user_id, {}))


def remove_sessions(server: Synapse, helper: Assistant, admin: Account) -> None:
    """The administrator deletes every device of the assistant that has keys."""
    user_id = helper.settings.user
    for device in devices(shown_keys(server, user_id, admin), user_id):
        where = f"/_synapse/admin/v2/users/{quote(user_id)}/devices/{device}"
        call(server.base, "DELETE", where, None, admin.access_token)
    assert {} == devices(shown_keys(server, user_id, admin), user_id)


def assert_keys_are_there(server: Synapse, helper: Assistant, admin: Account) -> None:
    """One device of the assistant is shown, cross-signed, with one-time keys to claim."""
    user_id = helper.settings.user
    known = shown_keys(server, user_id, admin)
    ((device, shown),) = devices(known, user_id).items()
    assert is_cross_signed(known, user_id, shown)
    wanted = {"one_time_keys": {user_id: {device: "signed_curve25519"}}}
    claimed = call(server.base, "POST", f"{CLIENT}/keys/claim", wanted, admin.access_token)
    assert claimed["one_time_keys"][user_id][device]


async def until_heard(helper: Assistant, text: str) -> None:
    while text not in helper.texts:
        await helper.inbox.until(len(helper.inbox.received) + 1)


async def assert_words_go_both_ways(
    helper: Assistant, careful: CarefulPerson, room_id: str, word: str
) -> None:
    await helper.say(ROOM, f"Question {word}", f"q-{word}")
    await careful.until_shown(room_id, f"Question {word}")
    await careful.say(room_id, f"Réponse {word}")
    await until_heard(helper, f"Réponse {word}")
    assert [] == careful.refused


async def test_after_its_session_was_removed_while_it_was_stopped_rooms_go_on(
    server: Synapse, sealed: Assistant, careful: CarefulPerson, admin: Account
) -> None:
    async with sealed.running():
        room_id = await invite(sealed, careful.http)
        await assert_words_go_both_ways(sealed, careful, room_id, "avant")
    remove_sessions(server, sealed, admin)
    await careful.say(room_id, "Pendant")
    async with sealed.running():
        assert_keys_are_there(server, sealed, admin)
        await careful.say(room_id, "Au retour")
        await until_heard(sealed, "Au retour")
        assert ["Pendant", "Au retour"] == sealed.texts[-2:]
        await assert_words_go_both_ways(sealed, careful, room_id, "après")


async def test_a_session_removed_under_way_begins_again_at_once(
    server: Synapse, sealed: Assistant, careful: CarefulPerson, admin: Account
) -> None:
    async with sealed.running():
        room_id = await invite(sealed, careful.http)
        remove_sessions(server, sealed, admin)
        with pytest.raises(NetworkError) as ended:
            await sealed.wait_ended()
    async with sealed.running():
        assert_keys_are_there(server, sealed, admin)
        await assert_words_go_both_ways(sealed, careful, room_id, "après")

    assert ended.value.again_after is not None
    assert ended.value.again_after.total_seconds() < 10


async def test_its_owner_signing_out_elsewhere_is_a_session_removed_too(
    server: Synapse, sealed: Assistant, admin: Account
) -> None:
    async with sealed.running():
        before = devices(shown_keys(server, sealed.settings.user, admin), sealed.settings.user)
    (device,) = before
    auth = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": sealed.settings.user},
        "password": sealed.settings.password,
    }
    sealed.acts("DELETE", path("devices", device), {"auth": auth})
    async with sealed.running():
        assert_keys_are_there(server, sealed, admin)


async def test_a_revoked_token_whose_device_is_kept_changes_no_key_and_doubles_nothing(
    server: Synapse, sealed: Assistant, careful: CarefulPerson, admin: Account
) -> None:
    conversation = ConversationRef.private("matrix", careful.user_id)
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        await sealed.rooms.until(conversation, room_id)
        first = await sealed.say(conversation, "Une fois")
        before = shown_keys(server, sealed.settings.user, admin)
        since = sealed.network.capabilities.idempotent_since
    file = sealed.settings.folder / "session.json"
    file.write_text(file.read_text().replace("syt_", "syt_perdu_"))
    async with sealed.running():
        second = await sealed.say(conversation, "Une fois")
        after = shown_keys(server, sealed.settings.user, admin)

    assert first == second
    assert before["device_keys"] == after["device_keys"]
    assert since == sealed.network.capabilities.idempotent_since


async def test_what_was_tried_before_the_device_was_made_anew_is_of_unknown_fate(
    server: Synapse, sealed: Assistant, admin: Account
) -> None:
    """The server forgets the keys of messages with the device that sent them."""
    async with sealed.running():
        tried_at = sealed.clock.at
    remove_sessions(server, sealed, admin)
    sealed.clock.at = sealed.clock.at.replace(year=sealed.clock.at.year + 1)
    async with sealed.running():
        pass
    async with sealed.running():
        since = sealed.network.capabilities.idempotent_since

    assert since is not None
    assert tried_at < since == sealed.clock.at


async def test_without_the_stores_keys_a_new_device_takes_the_place_of_the_old_one(
    server: Synapse, sealed: Assistant, careful: CarefulPerson, admin: Account
) -> None:
    user_id = sealed.settings.user
    async with sealed.running():
        room_id = await invite(sealed, careful.http)
        await assert_words_go_both_ways(sealed, careful, room_id, "avant")
        old = devices(shown_keys(server, user_id, admin), user_id)
    (sealed.settings.folder / "crypto.db").unlink()
    async with sealed.running():
        assert_keys_are_there(server, sealed, admin)
        new = devices(shown_keys(server, user_id, admin), user_id)
        await assert_words_go_both_ways(sealed, careful, room_id, "après")

    assert not old.keys() & new.keys()


async def test_without_the_stores_keys_nor_a_password_one_line_says_what_to_do(
    sealed: Assistant,
) -> None:
    async with sealed.running():
        pass
    (sealed.settings.folder / "crypto.db").unlink()
    sealed.settings = replace(sealed.settings, password=None)

    with pytest.raises(NetworkError, match="password"):
        async with sealed.running():
            pass


async def test_a_token_of_the_settings_that_was_revoked_is_replaced_with_the_password(
    server: Synapse, sealed: Assistant, admin: Account
) -> None:
    token = sealed.account.access_token
    sealed.settings = replace(sealed.settings, access_token=token)
    async with sealed.running():
        pass
    sealed.acts("POST", path("logout"), {})
    for _ in range(2):
        async with sealed.running():
            assert_keys_are_there(server, sealed, admin)
            device_ids = set(
                devices(shown_keys(server, sealed.settings.user, admin), sealed.settings.user)
            )
        assert 1 == len(device_ids)


async def test_a_deactivated_account_is_one_clear_line_and_no_loop_of_logins(
    server: Synapse, sealed: Assistant, admin: Account
) -> None:
    async with sealed.running():
        pass
    where = f"/_synapse/admin/v1/deactivate/{quote(sealed.settings.user)}"
    call(server.base, "POST", where, {"erase": False}, admin.access_token)

    with pytest.raises(NetworkError, match=r"deactivated|M_FORBIDDEN") as refused:
        async with sealed.running():
            pass
    assert refused.value.again_after is not None
    assert refused.value.again_after.total_seconds() >= 600


async def test_a_refused_password_is_not_tried_faster_than_a_default_server_allows(
    tmp_path: Path,
) -> None:
    server = start_synapse({})
    helper = assistant(server.base, server.register(), tmp_path, password="faux")
    with pytest.raises(NetworkError) as refused:
        async with helper.running():
            pass
    server.stop()

    assert refused.value.again_after is not None
    assert 1 / refused.value.again_after.total_seconds() < 0.003
