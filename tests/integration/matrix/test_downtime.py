"""What happened while nobody looked."""

import asyncio

from bot.ports.network import Did, Place
from tests.integration.matrix.rooms import private_chat, sealed_chat
from tests.support.matrix_assistant import Assistant
from tests.support.matrix_people import CarefulPerson, Person

ROOMS = 20
EACH = 25
"""More than a sync gives of a room at once."""


def rooms_of(helper: Assistant) -> list[Place]:
    places = [Place("matrix", f"room:UV-{number:04}") for number in range(ROOMS)]
    plan = helper.seats.plans["room:UV-7K3Q"]
    helper.seats.plans |= {place.conversation: plan for place in places}
    return places


async def talk(person: Person, room_id: str) -> None:
    for number in range(EACH):
        await person.say(room_id, f"mot {number}")


async def test_500_messages_in_20_rooms_are_all_handed_over_in_order(
    helper: Assistant, advisor: Person
) -> None:
    places = rooms_of(helper)
    async with helper.running():
        for place in places:
            await helper.say(place, "Bienvenue", f"k-{place.conversation}")
            room_id = helper.room(place)
            helper.acts("POST", f"/_matrix/client/v3/rooms/{room_id}/invite", _who(advisor))
            await advisor.join(room_id)
        await helper.inbox.until(ROOMS)
    await asyncio.gather(*(talk(advisor, helper.room(place)) for place in places))
    helper.inbox.failures = 3
    async with helper.running():
        events = await helper.inbox.until(ROOMS + ROOMS * EACH)

    said = [event for event in events if event.did is Did.SAID]
    expected = [f"mot {number}" for number in range(EACH)]
    assert ROOMS * EACH == len(said)
    for place in places:
        assert expected == [event.text for event in said if event.place == place]


def _who(person: Person) -> dict[str, str]:
    return {"user_id": person.user_id}


async def test_what_was_not_received_is_handed_over_after_a_restart(
    helper: Assistant, elected: Person
) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
        await elected.say(room_id, "Avant")
        await helper.inbox.until(1)
        helper.inbox.failures = 1_000
        await elected.say(room_id, "Pendant la panne")
        await helper.inbox.until_failed()
    helper.inbox.failures = 0
    async with helper.running():
        await helper.inbox.until(2)

    assert ["Avant", "Pendant la panne"] == helper.texts


async def test_an_encrypted_room_that_was_busy_is_read_whole(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        await careful.say(room_id, "Avant")
        await sealed.inbox.until(1)
    for number in range(EACH):
        await careful.say(room_id, f"mot {number}")
    async with sealed.running():
        await sealed.inbox.until(1 + EACH)

    assert ["Avant", *(f"mot {number}" for number in range(EACH))] == sealed.texts


async def test_a_sealed_message_that_was_not_received_is_read_after_a_restart(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    """Its key came with it, was kept, and comes again."""
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        sealed.inbox.failures = 1_000
        await careful.say(room_id, "Pendant la panne")
        await sealed.inbox.until_failed()
    sealed.inbox.failures = 0
    async with sealed.running():
        await sealed.inbox.until(1)

    assert ["Pendant la panne"] == sealed.texts
