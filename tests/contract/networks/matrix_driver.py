"""Matrix, on a real homeserver: a private chat, in clear and encrypted."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.networks.matrix.network import MatrixNetwork
from tests.support.matrix_assistant import Assistant, assistant
from tests.support.matrix_people import CarefulPerson, Person, careful_person, person
from tests.support.synapse import synapse


class MatrixDriver:
    """An élu at a client that does not encrypt."""

    def __init__(self, helper: Assistant, elected: Person, room_id: str) -> None:
        self._helper = helper
        self._elected = elected
        self._room_id = room_id
        self.inbox = helper.inbox

    @property
    def network(self) -> MatrixNetwork:
        return self._helper.network

    async def types(self, text: str) -> None:
        await self._elected.say(self._room_id, text)

    async def picks(self, label: str) -> None:
        """By a reaction to the question: the digit before the label."""
        for event in reversed(await self._elected.history(self._room_id)):
            for line in str(event["content"].get("body")).splitlines():
                number, _, words = line.partition(". ")
                if words == label and number.isdigit():
                    await self._elected.react(
                        self._room_id, event["event_id"], f"{number}\ufe0f\u20e3"
                    )
                    return

    async def shown(self) -> str:
        return "\n".join(await self._elected.read(self._room_id))


class EncryptedMatrixDriver:
    """An élu whose client encrypts, and trusts signed devices alone."""

    def __init__(self, helper: Assistant, elected: CarefulPerson, room_id: str) -> None:
        self._helper = helper
        self._elected = elected
        self._room_id = room_id
        self.inbox = helper.inbox

    @property
    def network(self) -> MatrixNetwork:
        return self._helper.network

    async def types(self, text: str) -> None:
        await self._elected.sync()
        await self._elected.say(self._room_id, text)

    async def picks(self, label: str) -> None:
        await self._elected.sync()
        for event in reversed(self._elected.shown[self._room_id]):
            for line in event.body.splitlines():
                number, _, words = line.partition(". ")
                if words == label and number.isdigit():
                    sign = f"{number}\ufe0f\u20e3"
                    await self._elected.http.react(self._room_id, event.event_id, sign)
                    return

    async def shown(self) -> str:
        await self._elected.sync()
        return "\n".join(self._elected.bodies(self._room_id))


@asynccontextmanager
async def matrix_driver(folder: Path) -> AsyncIterator[MatrixDriver]:
    """A private chat that an élu began, in clear."""
    server = synapse()
    helper = assistant(server.base, server.register(), folder)
    async with AsyncExitStack() as stack:
        elected = await stack.enter_async_context(person(server.base, server.register()))
        await stack.enter_async_context(helper.running())
        room_id = await elected.write_to(helper.settings.user)
        await _joined(elected, room_id, helper)
        yield MatrixDriver(helper, elected, room_id)


@asynccontextmanager
async def encrypted_matrix_driver(folder: Path) -> AsyncIterator[EncryptedMatrixDriver]:
    """A private chat that an élu began, encrypted."""
    server = synapse()
    helper = assistant(server.base, server.register(), folder)
    async with AsyncExitStack() as stack:
        account = server.register()
        elected = await stack.enter_async_context(
            careful_person(server.base, account, folder / "elu")
        )
        await stack.enter_async_context(helper.running())
        algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
        state = [{"type": "m.room.encryption", "content": algorithm}]
        room_id = await elected.http.write_to(helper.settings.user, initial_state=state)
        await _joined(elected.http, room_id, helper)
        yield EncryptedMatrixDriver(helper, elected, room_id)


async def _joined(elected: Person, room_id: str, helper: Assistant) -> None:
    async def seen() -> bool | None:
        members = await elected.members(room_id)
        return helper.settings.user in members or None

    await elected.until(seen)
