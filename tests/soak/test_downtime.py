"""An hour of silence of the assistant, in which people go on."""

from pathlib import Path

from tests.integration.matrix.downtime import assert_all_is_handed_over
from tests.support.matrix_assistant import assistant
from tests.support.matrix_people import person
from tests.support.synapse import synapse


async def test_500_messages_in_20_rooms_are_all_handed_over_in_order(tmp_path: Path) -> None:
    server = synapse()
    helper = assistant(server.base, server.register(), tmp_path, encrypted=False)
    async with person(server.base, server.register()) as advisor:
        await assert_all_is_handed_over(helper, advisor, rooms=20, each=25)
