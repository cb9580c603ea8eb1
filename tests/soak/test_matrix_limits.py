"""Eight projects are accepted at once, on a server that limits what an account may do."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nio import AsyncClient

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.homeserver import path
from bot.ports.network import Operation, Outgoing, RetryLater
from tests.support.matrix_assistant import PLAN, Assistant, assistant
from tests.support.synapse import Synapse, start_synapse

ROOMS = [ConversationRef.room("matrix", f"UV-{number:04}") for number in range(8)]
LIMITS = {
    "rc_message": {"per_second": 2, "burst_count": 10},
    "rc_room_creation": {"per_second": 2, "burst_count": 4},
    "rc_invites": {
        "per_issuer": {"per_second": 3, "burst_count": 10},
        "per_room": {"per_second": 3, "burst_count": 10},
        "per_user": {"per_second": 1, "burst_count": 5},
    },
}
"""Synapse's own, in proportion; its default ones would last half an hour."""


@pytest.fixture
def limited() -> Iterator[Synapse]:
    server = start_synapse(LIMITS)
    yield server
    server.stop()


async def deliver(helper: Assistant, outgoing: Outgoing) -> None:
    """As the courier does: again when the network says."""
    while True:
        try:
            await helper.network.send(outgoing)
        except RetryLater as error:
            await asyncio.sleep(error.after.total_seconds())
        else:
            return


async def open_project(helper: Assistant, room: ConversationRef, people: list[str]) -> None:
    """Its advisors are invited and its room is told of it, all at the same time."""
    invitations = [
        Outgoing(
            f"i-{room.name}-{user_id}",
            ConversationRef.invitation("matrix", user_id),
            room.name,
            "invitation",
            operation=Operation.INVITE,
        )
        for user_id in people
    ]
    words = [Outgoing(f"w-{room.name}-{n}", room, f"mot {n}", "routed") for n in range(3)]
    await asyncio.gather(*(deliver(helper, outgoing) for outgoing in (*invitations, *words)))


def history(helper: Assistant, room: ConversationRef) -> list[dict[str, Any]]:
    where = path("rooms", helper.room(room), "messages", query={"dir": "f", "limit": 500})
    return list(helper.acts("GET", where)["chunk"])


async def test_eight_projects_at_once_are_opened_with_few_refusals_and_each_is_invited_once(
    limited: Synapse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: Counter[int] = Counter()
    send = AsyncClient.send

    async def counted(self: AsyncClient, *args: Any, **more: Any) -> Any:
        answer = await send(self, *args, **more)
        answers[answer.status] += 1
        return answer

    monkeypatch.setattr(AsyncClient, "send", counted)
    helper = assistant(limited.base, limited.register(), tmp_path, encrypted=False)
    people = [limited.register().user_id for _ in range(3)]
    helper.rooms.plans |= dict.fromkeys(ROOMS, PLAN)
    async with helper.running():
        async with asyncio.timeout(240):
            await asyncio.gather(*(open_project(helper, room, people) for room in ROOMS))
        told = [history(helper, room) for room in ROOMS]

    for events in told:
        invited = [e["state_key"] for e in events if e["content"].get("membership") == "invite"]
        assert sorted(people) == sorted(invited)
        assert 3 == sum(event["type"] == "m.room.message" for event in events)
    assert answers[429] <= 24
