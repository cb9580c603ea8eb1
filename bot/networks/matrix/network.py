"""The Matrix network: one account, through which people are heard and written to."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

from bot.networks.matrix.connection.account import connect
from bot.networks.matrix.connection.profile import introduce
from bot.networks.matrix.messages.backstage import Backstage
from bot.networks.matrix.messages.files import FileTransfers
from bot.networks.matrix.messages.posting import Poster
from bot.networks.matrix.messages.signs import AnswerSigns
from bot.networks.matrix.receiving.receipts import Receipts
from bot.networks.matrix.receiving.sync_loop import SyncLoop
from bot.networks.matrix.receiving.sync_reader import SyncReader
from bot.networks.matrix.receiving.unreadable import Unreadable
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.known_rooms import KnownRooms
from bot.networks.matrix.rooms.opening import RoomOpener
from bot.networks.matrix.rooms.pending import PendingRooms
from bot.networks.matrix.sending import Sender
from bot.networks.matrix.settings import NETWORK, MatrixSettings
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.network import (
    Capabilities,
    Leader,
    NetworkError,
    Operation,
    Outgoing,
    Receive,
    RetryLater,
)
from bot.ports.remote_rooms import RemoteRooms

_NOT_YET = timedelta(seconds=3)
_REMEMBERED = timedelta(hours=23)
"""Synapse forgets the transaction ids of what it was sent after 24 hours."""
_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(eq=False)
class MatrixNetwork:
    """Private chats and project rooms. Its device's store belongs to one process at a time."""

    settings: MatrixSettings
    remote_rooms: RemoteRooms
    files: Files
    clock: Clock
    _sender: Sender | None = field(init=False, default=None)
    _sync_loop: SyncLoop | None = field(init=False, default=None)
    name = NETWORK
    capabilities = Capabilities(
        idempotent=True,
        idempotent_for=_REMEMBERED,
        operations=frozenset(Operation) - {Operation.SAY},
        leader=Leader.EVERYTHING,
    )

    @property
    def connected(self) -> bool:
        """Whether the homeserver answered the last sync."""
        return self._sync_loop is not None and self._sync_loop.connected

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over what people do, until cancelled. Raises NetworkError if it never can."""
        settings, known_rooms = self.settings, KnownRooms(self.remote_rooms)
        account = await _until_answered(lambda: connect(settings, self.clock.now()))
        self.capabilities = replace(self.capabilities, idempotent_since=account.since)
        opener = RoomOpener(settings, account, known_rooms)
        invitations = Invitations(settings, account, known_rooms, opener)
        arrivals = Arrivals(settings, account, known_rooms, invitations)
        poster, transfers = Poster(account), FileTransfers(account, self.files)
        healing = Healing(account, known_rooms, opener, invitations, arrivals, poster.say)
        backstage = Backstage(known_rooms, poster, settings.words.backstage)
        unreadable = Unreadable(settings.folder, settings.unreadable_after, self.clock)
        reader = SyncReader(
            account,
            known_rooms,
            arrivals,
            poster,
            transfers,
            backstage,
            unreadable,
            settings.names,
            settings.words,
        )
        pending = PendingRooms(known_rooms, arrivals, healing)
        signs, receipts = AnswerSigns(account, poster), Receipts(account, known_rooms)
        self._sync_loop = sync_loop = SyncLoop(
            account, known_rooms, arrivals, pending, reader, unreadable, receipts
        )
        try:
            await known_rooms.load()
            since = await _until_answered(lambda: sync_loop.learn_rooms(cursor))
            await introduce(account, settings.words.name)
            self._sender = Sender(
                account,
                opener,
                poster,
                invitations,
                healing,
                transfers,
                backstage,
                signs,
                settings.commands,
            )
            await sync_loop.follow(since, settings.poll, receive)
        finally:
            self._sender = self._sync_loop = None
            for beside in (invitations, signs, receipts):
                await beside.close()
            await account.close()

    async def send(self, outgoing: Outgoing) -> str:
        """Do what is asked, opening or replacing its room if need be; return the event's id."""
        if self._sender is None:
            raise RetryLater(_NOT_YET, "Matrix is not connected.")
        try:
            return await self._sender.send(outgoing)
        except NetworkError as error:
            raise RetryLater(_NOT_YET, str(error)) from error


async def _until_answered(ask: Callable[[], Awaitable[T]]) -> T:
    """The answer, asked for again as long as the server does not give it."""
    while True:
        try:
            return await ask()
        except RetryLater as error:
            _log.warning("Matrix is not there yet: %s", error)
            await asyncio.sleep(error.after.total_seconds())
