"""What operators and servers get wrong."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.settings import MatrixSettings
from bot.ports.network import NetworkError, RetryLater
from tests.integration.matrix.rooms import invitation, private_chat
from tests.support.matrix_assistant import PLAN, ROOM, Assistant, assistant
from tests.support.matrix_people import Person, person
from tests.support.synapse import Synapse, default_synapse, reserved_synapse


async def test_a_wrong_password_is_one_line_for_operators(helper: Assistant) -> None:
    helper.settings = replace(helper.settings, password="faux")

    with pytest.raises(NetworkError) as fault:
        async with helper.running():
            pass

    assert helper.settings.user in str(fault.value)
    assert "faux" not in str(fault.value)


@pytest.mark.parametrize("token", ["faux", None])
async def test_without_a_valid_token_or_a_password_nothing_begins(
    helper: Assistant, token: str | None
) -> None:
    helper.settings = replace(helper.settings, password=None, access_token=token)

    with pytest.raises(NetworkError):
        async with helper.running():
            pass


async def test_a_token_of_somebody_else_is_refused(helper: Assistant, server: Synapse) -> None:
    other = server.register()
    helper.settings = replace(helper.settings, access_token=other.access_token)

    with pytest.raises(NetworkError, match=other.user_id):
        async with helper.running():
            pass


async def test_a_token_is_enough(helper: Assistant, elected: Person) -> None:
    token = helper.account.access_token
    helper.settings = replace(helper.settings, password=None, access_token=token)
    async with helper.running():
        room_id = await private_chat(helper, elected)
        await elected.say(room_id, "Bonjour")
        await helper.inbox.until(1)

    assert ["Bonjour"] == helper.texts


async def test_a_token_that_was_taken_away_is_replaced_by_one_login(helper: Assistant) -> None:
    async with helper.running():
        first = {device["device_id"] for device in devices(helper)}
    file = helper.settings.folder / "session.json"
    known = file.read_text()
    file.write_text(known.replace("syt_", "syt_perdu_"))
    async with helper.running():
        second = {device["device_id"] for device in devices(helper)}

    assert first == second


def devices(helper: Assistant) -> list[dict[str, str]]:
    """Those of the assistant's account."""
    found: list[dict[str, str]] = helper.acts("GET", path("devices"))["devices"]
    return found


async def test_a_token_that_dies_under_way_ends_the_run(helper: Assistant, elected: Person) -> None:
    async with helper.running():
        await private_chat(helper, elected)
        helper.acts("POST", path("logout", "all"), {})

        with pytest.raises(NetworkError):
            await helper.wait_ended()


async def test_an_invitation_from_a_server_that_is_not_allowed_is_refused(
    helper: Assistant, elected: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One homeserver is enough: no server is made welcome."""
    monkeypatch.setattr(MatrixSettings, "allows", lambda _self, user_id: False)
    async with helper.running():
        room_id = await elected.write_to(helper.settings.user)

        async def left() -> bool | None:
            member = await elected.state(room_id, "m.room.member", helper.settings.user)
            return member["membership"] == "leave" or None

        await elected.until(left)

    assert [] == helper.inbox.received


@pytest.mark.parametrize(
    ("user_id", "welcome"),
    [
        ("@elu:essai.test", True),
        ("@elu:mairie.fr", True),
        ("@elu:mairie.fr.ailleurs.test", False),
        ("@elu-mairie.fr:ailleurs.test", False),
        ("elu:essai.test", False),
        ("@elu", False),
        ("", False),
    ],
)
def test_people_of_our_server_and_of_allowed_ones_are_welcome(
    helper: Assistant, user_id: str, *, welcome: bool
) -> None:
    settings = replace(helper.settings, allowed_servers=frozenset({"mairie.fr"}))

    assert welcome == settings.allows(user_id)


async def test_before_it_is_connected_it_asks_to_wait(helper: Assistant) -> None:
    async with helper.running():
        pass

    with pytest.raises(RetryLater):
        await helper.say(ROOM, "Bonjour")


@pytest.fixture
async def down(tmp_path: Path) -> AsyncIterator[tuple[Synapse, Assistant, Person]]:
    """A homeserver that can be stopped, an assistant, and an élu."""
    server = reserved_synapse()
    helper = assistant(server.base, server.register(), tmp_path, encrypted=False)
    async with person(server.base, server.register()) as elected:
        yield server, helper, elected


async def test_a_homeserver_that_is_down_at_first_and_in_the_middle_is_waited_for(
    down: tuple[Synapse, Assistant, Person],
) -> None:
    server, helper, elected = down
    server.stop()
    beginning = asyncio.create_task(_first_words(helper, elected, server))
    server.start()
    await beginning


async def _until_connected(helper: Assistant, *, connected: bool) -> None:
    """It says so itself, with its next sync."""
    async with asyncio.timeout(60):
        while helper.network.connected is not connected:  # noqa: ASYNC110 - nothing to wait for
            await asyncio.sleep(0.05)


async def _first_words(helper: Assistant, elected: Person, server: Synapse) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
        conversation = ConversationRef.private("matrix", elected.user_id)
        await elected.say(room_id, "Avant")
        await helper.inbox.until(1)
        await asyncio.to_thread(server.stop)
        with pytest.raises(RetryLater):
            await helper.say(conversation, "Pendant")
        await _until_connected(helper, connected=False)
        await asyncio.to_thread(server.start)
        # A sync in which nothing happens is answered after half a minute.
        await elected.say(room_id, "Après")
        await _until_connected(helper, connected=True)
        await helper.say(conversation, "Pendant")
        await helper.inbox.until(2)

        assert ["Avant", "Après"] == helper.texts
        assert ["Avant", "Après", "Pendant"] == await elected.read(room_id)


async def until_limited(sends: Iterable[Awaitable[str]]) -> tuple[list[str], timedelta]:
    """What was sent before the server set a limit, and how long it asks to wait."""
    sent = []
    for send in sends:
        try:
            sent.append(await send)
        except RetryLater as limit:
            return sent, limit.after
    raise AssertionError("the server set no limit")


async def test_the_rate_limits_of_a_default_synapse_are_told_and_lose_nothing(
    tmp_path: Path,
) -> None:
    server = default_synapse()
    helper = assistant(server.base, server.register(), tmp_path, encrypted=False)
    async with helper.running():
        sends = (helper.say(ROOM, f"mot {number}", f"k{number}") for number in range(30))
        sent, after = await until_limited(sends)
        room_id = helper.room(ROOM)
        seen = helper.acts("GET", path("rooms", room_id, "event", sent[-1]))

    assert after > timedelta()
    assert f"mot {len(sent) - 1}" == seen["content"]["body"]


async def test_somebody_invited_too_often_blocks_no_message(tmp_path: Path) -> None:
    server = reserved_synapse()
    helper = assistant(server.base, server.register(), tmp_path, encrypted=False)
    user_id = server.register().user_id
    rooms = [ConversationRef.room("matrix", f"UV-{number:04}") for number in range(9)]
    helper.rooms.plans |= dict.fromkeys(rooms, PLAN)
    async with helper.running():
        orders = (replace(invitation(user_id, f"i-{room.name}"), text=room.name) for room in rooms)
        sent, after = await until_limited(map(helper.network.send, orders))
        await helper.say(ROOM, "Bonjour")

    # Five at once, one of them to the Space.
    assert 4 == len(sent)
    assert after > timedelta(minutes=1)
