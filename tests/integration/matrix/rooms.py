"""Rooms in the state in which tests begin."""

from typing import Any

from bot.domain.conversations import ConversationRef
from bot.ports.network import Operation, Outgoing
from tests.support.matrix_assistant import ROOM, Assistant
from tests.support.matrix_people import CarefulPerson, Person

ENCRYPTED: dict[str, Any] = {
    "type": "m.room.encryption",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}


def invitation(user_id: str, key: str = "i1") -> Outgoing:
    """The order to invite somebody to the project's room."""
    conversation = ConversationRef.invitation("matrix", user_id)
    return Outgoing(key, conversation, ROOM.name, "invite", operation=Operation.INVITE)


async def invite(helper: Assistant, person: Person) -> str:
    """The person is in the project's room."""
    await helper.network.send(invitation(person.user_id, f"i-{person.user_id}"))
    room_id = helper.room(ROOM)
    await person.join(room_id)
    return room_id


async def joined(helper: Assistant, person: Person, room_id: str) -> None:
    """The assistant is in a room of that person."""

    async def seen() -> bool | None:
        return helper.settings.user in await person.members(room_id) or None

    await person.until(seen)


async def private_chat(helper: Assistant, person: Person) -> str:
    """A private chat in clear that the person began."""
    room_id = await person.write_to(helper.settings.user)
    await joined(helper, person, room_id)
    return room_id


async def sealed_chat(helper: Assistant, person: CarefulPerson) -> str:
    """An encrypted private chat that the person began."""
    room_id = await person.http.write_to(helper.settings.user, initial_state=[ENCRYPTED])
    await joined(helper, person.http, room_id)
    await person.sync()
    return room_id
