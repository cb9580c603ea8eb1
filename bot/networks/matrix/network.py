"""The Matrix network: one account, followed and spoken through."""

import asyncio
import logging
from datetime import timedelta

from bot.networks.matrix.connection.account import Account, connect
from bot.networks.matrix.messages.backstage import Backstage
from bot.networks.matrix.messages.files import Uploads
from bot.networks.matrix.messages.posting import Posting
from bot.networks.matrix.receiving.sync_loop import Syncing
from bot.networks.matrix.receiving.sync_reader import SyncReader
from bot.networks.matrix.receiving.unreadable import Unreadable
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.known_rooms import NETWORK, Seating
from bot.networks.matrix.rooms.opening import Rooms
from bot.networks.matrix.rooms.pending import Door
from bot.networks.matrix.sending import Sending
from bot.networks.matrix.settings import MatrixSettings
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
"""Synapse forgets the ids of what it was sent after 24 hours."""
_log = logging.getLogger(__name__)


class MatrixNetwork:
    """Private chats and project rooms. Its device's store belongs to one process at a time."""

    name = NETWORK
    capabilities = Capabilities(
        idempotent=True,
        idempotent_for=_REMEMBERED,
        operations=frozenset(
            {Operation.EDIT, Operation.DELETE, Operation.REACT, Operation.INVITE, Operation.REFRESH}
        ),
        leader=Leader.EVERYTHING,
    )

    def __init__(
        self, settings: MatrixSettings, seats: RemoteRooms, files: Files, clock: Clock
    ) -> None:
        self._settings = settings
        self._seating = Seating(seats)
        self._files = files
        self._clock = clock
        self._sending: Sending | None = None

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over what people do, until cancelled. Raises NetworkError if it never can."""
        account = await self._connected()
        folder, patience = self._settings.folder, self._settings.unreadable_after
        unreadable = Unreadable(folder, patience, self._clock)
        rooms = Rooms(self._settings, account, self._seating)
        invitations = Invitations(self._settings, account, rooms)
        arrivals = Arrivals(self._settings, account, self._seating, invitations)
        healing = Healing(account, self._seating, rooms, invitations, arrivals)
        door = Door(self._seating, arrivals, healing)
        posting, uploads = Posting(account), Uploads(account, self._files)
        backstage = Backstage(self._seating, posting, self._settings.words.backstage)
        reading = SyncReader(
            account,
            self._seating,
            arrivals,
            posting,
            uploads=uploads,
            backstage=backstage,
            unreadable=unreadable,
        )
        syncing = Syncing(account, self._seating, arrivals, door, reading, unreadable)
        try:
            await self._seating.load()
            since = await self._found(syncing, cursor)
            self._sending = Sending(
                account,
                rooms,
                posting,
                invitations=invitations,
                healing=healing,
                uploads=uploads,
                backstage=backstage,
            )
            await syncing.follow(since, self._settings.poll, receive)
        finally:
            self._sending = None
            await invitations.close()
            await account.close()

    async def send(self, outgoing: Outgoing) -> str:
        """Do what is to be done, opening or healing its room; returns the event's id."""
        if self._sending is None:
            raise RetryLater(_NOT_YET, "Matrix is not connected.")
        try:
            return await self._sending.send(outgoing)
        except NetworkError as error:
            raise RetryLater(_NOT_YET, str(error)) from error

    async def _connected(self) -> Account:
        while True:
            try:
                return await connect(self._settings)
            except RetryLater as error:
                _log.warning("Matrix is not there yet: %s", error)
                await asyncio.sleep(error.after.total_seconds())

    async def _found(self, syncing: Syncing, cursor: str | None) -> str:
        while True:
            try:
                return await syncing.look(cursor)
            except RetryLater as error:
                _log.warning("Matrix is not there yet: %s", error)
                await asyncio.sleep(error.after.total_seconds())
