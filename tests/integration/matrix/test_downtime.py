"""What happened while nobody looked."""

from tests.integration.matrix.downtime import assert_all_is_handed_over
from tests.integration.matrix.rooms import private_chat, sealed_chat
from tests.support.matrix_assistant import Assistant
from tests.support.matrix_people import CarefulPerson, Person

EACH = 25
"""More than a sync gives of a room at once."""


async def test_what_was_said_in_busy_rooms_is_handed_over_in_order(
    helper: Assistant, advisor: Person
) -> None:
    await assert_all_is_handed_over(helper, advisor, rooms=3, each=EACH)


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
