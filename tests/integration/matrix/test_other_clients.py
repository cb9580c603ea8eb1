"""A client that is not matrix-nio, nor ours: it sees the same room."""

from collections.abc import AsyncIterator

import pytest
from mautrix.client import ClientAPI
from mautrix.types import EventID, MessageType, RoomID, TextMessageEventContent, UserID

from bot.ports.network import EventKind, Target
from tests.integration.matrix.rooms import invitation
from tests.support.matrix_assistant import ROOM, Assistant
from tests.support.synapse import Synapse


@pytest.fixture
async def advisor(server: Synapse) -> AsyncIterator[ClientAPI]:
    """An advisor whose client is mautrix, without encryption."""
    account = server.register()
    client = ClientAPI(UserID(account.user_id), base_url=server.base, token=account.access_token)
    yield client
    await client.api.session.close()


async def test_an_advisor_with_another_client_reads_and_answers_in_a_clear_room(
    helper: Assistant, advisor: ClientAPI
) -> None:
    async with helper.running():
        await helper.network.send(invitation(str(advisor.mxid)))
        room_id = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(room_id)
        asked = await helper.say(
            ROOM, "Combien de **niveaux** ?", author="Martine Duval (Fourmies)"
        )
        seen = await advisor.get_event(room_id, EventID(asked))
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body="Trois")
        content.set_reply(seen)
        said = await advisor.send_message(room_id, content)
        await advisor.react(room_id, EventID(asked), "👍")
        edited = TextMessageEventContent(msgtype=MessageType.TEXT, body="Quatre")
        edited.set_edit(said)
        await advisor.send_message(room_id, edited)
        helped = await helper.say(ROOM, "Merci", "k2", target=Target(said))
        answer = await advisor.get_event(room_id, EventID(helped))
        events = await helper.inbox.until(4)

    assert "Martine Duval (Fourmies)\u00a0: Combien de niveaux ?" == seen.content.body
    assert said == answer.content.get_reply_to()
    assert [
        (EventKind.SAID, "Trois", asked),
        (EventKind.REACTED, "👍", asked),
        (EventKind.EDITED, "Quatre", said),
    ] == [(event.kind, event.text, event.target) for event in events[1:]]
