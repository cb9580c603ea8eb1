from bot.domain.conversations import ConversationRef
from bot.networks.telegram.rooms.known_messages import KnownMessages
from bot.ports.remote_rooms import FoundMessage
from tests.support.memory_ports import MemoryRemoteRooms


async def test_a_message_seen_long_ago_is_looked_for() -> None:
    rooms = MemoryRemoteRooms()
    first, second, elsewhere = (
        ConversationRef.room("telegram", ref) for ref in ("UV-1", "UV-2", "UV-3")
    )
    for conversation, remote in ((first, "-1/5"), (second, "-1/6"), (elsewhere, "-2/5")):
        await rooms.bind(conversation, remote)
    rooms.messages += [FoundMessage(there, "12,14;15") for there in (elsewhere, second)]
    known_messages = KnownMessages(rooms, most=1)
    known_messages.add_seen(-1, 12, first)
    known_messages.add_seen(-1, 13, first)

    found = [await known_messages.find_conversation(-1, number) for number in (13, 15, 16)]
    assert [first, second, None] == found
    assert None is await known_messages.find_conversation(-3, 12)
    assert "12,14;15" == await known_messages.whole_id(-1, "14", second)
    assert "16" == await known_messages.whole_id(-1, "16", second)
