"""Rooms in which people speak while the assistant is away."""

import asyncio

from bot.domain.conversations import ConversationRef
from bot.ports.network import EventKind
from tests.support.matrix_assistant import PLAN, Assistant
from tests.support.matrix_people import Person


async def assert_all_is_handed_over(
    helper: Assistant, advisor: Person, *, rooms: int, each: int
) -> None:
    """Somebody says so many words in each of so many rooms; once back, the assistant hands over all
    of them, in order for each room, although it cannot at first.
    """
    conversations = _planned(helper, rooms)
    async with helper.running():
        for conversation in conversations:
            await helper.say(conversation, "Bienvenue", f"k-{conversation.name}")
            where = f"/_matrix/client/v3/rooms/{helper.room(conversation)}/invite"
            helper.acts("POST", where, {"user_id": advisor.user_id})
            await advisor.join(helper.room(conversation))
        await helper.inbox.until(rooms)
    await asyncio.gather(
        *(_talk(advisor, helper.room(conversation), each) for conversation in conversations)
    )
    helper.inbox.failures = 3
    async with helper.running():
        events = await helper.inbox.until(rooms + rooms * each)

    said = [event for event in events if event.kind is EventKind.SAID]
    expected = [f"mot {number}" for number in range(each)]
    assert rooms * each == len(said)
    for conversation in conversations:
        assert expected == [event.text for event in said if event.conversation == conversation]


def _planned(helper: Assistant, rooms: int) -> list[ConversationRef]:
    conversations = [ConversationRef.room("matrix", f"UV-{n:04}") for n in range(rooms)]
    helper.rooms.plans |= dict.fromkeys(conversations, PLAN)
    return conversations


async def _talk(person: Person, room_id: str, each: int) -> None:
    for number in range(each):
        await person.say(room_id, f"mot {number}")
