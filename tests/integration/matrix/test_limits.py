"""What the homeserver's limits must never have us ask twice."""

from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.homeserver import path
from bot.ports.network import Operation, Outgoing
from tests.support.matrix_assistant import ROOM, Assistant
from tests.support.synapse import Synapse


def history(helper: Assistant, room: ConversationRef) -> list[dict[str, Any]]:
    where = path("rooms", helper.room(room), "messages", query={"dir": "f", "limit": 500})
    return list(helper.acts("GET", where)["chunk"])


async def test_somebody_already_invited_is_not_invited_again(
    helper: Assistant, server: Synapse
) -> None:
    user_id = server.register().user_id
    async with helper.running():
        for key in ("i1", "i2"):
            invitation = Outgoing(
                key,
                ConversationRef.invitation("matrix", user_id),
                ROOM.name,
                "invitation",
                operation=Operation.INVITE,
            )
            await helper.network.send(invitation)
        events = history(helper, ROOM)

    assert [user_id] == [
        event["state_key"] for event in events if event["content"].get("membership") == "invite"
    ]
