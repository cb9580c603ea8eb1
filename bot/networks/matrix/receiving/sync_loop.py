"""Our own loop: nothing is acknowledged to the server before it is ours."""

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.errors import RequestRefused
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.receiving.sync_reader import SyncReader
from bot.networks.matrix.receiving.unreadable import Unreadable
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.known_rooms import Seating
from bot.networks.matrix.rooms.pending import Door, told
from bot.ports.network import EventKind, Incoming, Receive, RetryLater

_PAGE = 200
_TIMELINE = 20
_NOTHING: dict[str, Any] = {"types": []}
_ELSEWHERE = {"presence": _NOTHING, "account_data": _NOTHING}
_QUIET = {"ephemeral": _NOTHING, "account_data": _NOTHING}
_FOLLOWED = {**_ELSEWHERE, "room": {**_QUIET, "timeline": {"limit": _TIMELINE}}}
_GRACE = timedelta(seconds=15)
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 5.0
_log = logging.getLogger(__name__)


class Syncing:
    """Follows the account's rooms, from a cursor on."""

    def __init__(
        self,
        account: Account,
        seating: Seating,
        arrivals: Arrivals,
        door: Door,
        reading: SyncReader,
        unreadable: Unreadable,
    ) -> None:
        self._account = account
        self._seating = seating
        self._arrivals = arrivals
        self._door = door
        self._reading = reading
        self._unreadable = unreadable

    async def look(self, cursor: str | None) -> str:
        """Learn our rooms and the invitations that wait; returns where to follow from.

        Without a cursor we begin now: what was said before is not ours.
        """
        answer = await self._sync(None, _snapshot(), timedelta())
        for room_id, room in answer.get("rooms", {}).get("join", {}).items():
            self._account.learn(room_id, told(room))
        self._door.note(answer)
        if cursor is None:
            await self._take_in(answer)
        for room_id in sorted(self._account.joined):
            await self._arrivals.conversation(room_id)
        return cursor or str(answer["next_batch"])

    async def follow(self, since: str, poll: timedelta, receive: Receive) -> None:
        """Hand over what happens, until cancelled; each question waits `poll` for something."""
        await self._hand_over([], since, receive)
        answering = asyncio.create_task(self._door.run())
        try:
            while True:
                since = await self._round(since, poll, receive)
        finally:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)

    async def _round(self, since: str, poll: timedelta, receive: Receive) -> str:
        try:
            answer = await self._sync(since, _FOLLOWED, poll)
        except RetryLater as error:
            await _rest(error)
            return since
        await self._take_in(answer)
        while True:
            # The same answer again: what it brought to the encryption is taken in only once.
            try:
                await self._pass_on(answer, since, receive)
                break
            except RetryLater as error:
                await _rest(error)
        self._door.note(answer)
        try:
            await self._account.encryption.keep_up()
        except (RetryLater, RequestRefused) as error:
            _log.warning("Keys are not up to date: %s", error)
        return str(answer["next_batch"])

    async def _pass_on(self, answer: Mapping[str, Any], since: str, receive: Receive) -> None:
        """Page by page; the cursor moves with the last one alone."""
        events, settled = await self._reading.late()
        closed: dict[str, str] = {}
        async for page in self._reading.pages(answer, since):
            closed |= await self._closed(page)
            if len(events) + len(page) > _PAGE:
                await self._hand_over(events, since, receive)
                events = []
            events += page
        await self._hand_over(events, str(answer["next_batch"]), receive)
        self._unreadable.drop(settled)
        for person, room_id in closed.items():
            async with self._seating.turn(person):
                if self._seating.room(person) == room_id:
                    await self._seating.unbind(person)

    async def _closed(self, page: list[Incoming]) -> dict[str, str]:
        """The private chats that somebody left, by person. We left them too: what is sent there
        from now on opens another. Bound they stay until it is handed over, to be known by if a kill
        comes first.
        """
        closed = {}
        for one in page:
            person = one.conversation.name
            room_id = self._seating.room(person)
            if one.kind is EventKind.LEFT and one.sender == person and room_id is not None:
                await self._account.leave(room_id)
                closed[person] = room_id
        return closed

    async def _hand_over(self, events: list[Incoming], cursor: str, receive: Receive) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                return await receive(events, cursor)
            except Exception as error:
                _log.warning("Events could not be handed over: %s", type(error).__name__)
                await asyncio.sleep(pause_s)
                pause_s = min(_LONGEST_PAUSE_S, 2 * pause_s)

    async def _take_in(self, answer: Mapping[str, Any]) -> None:
        for room_id, room in answer.get("rooms", {}).get("join", {}).items():
            if any(event["type"] == "m.room.encryption" for event in told(room)):
                self._account.encrypted.add(room_id)
        await self._account.encryption.take_in(answer, frozenset(self._account.encrypted))

    async def _sync(
        self, since: str | None, asked: Mapping[str, Any], wait: timedelta
    ) -> dict[str, Any]:
        query: dict[str, str | int] = {
            "filter": json.dumps(asked, separators=(",", ":")),
            "timeout": int(wait.total_seconds() * 1000),
        }
        if since is not None:
            query["since"] = since
        return await self._account.server.call(
            "GET", path("sync", query=query), within=wait + _GRACE
        )


def _snapshot() -> dict[str, Any]:
    """The filter that gives which rooms we are in, which are encrypted or replaced, and who invites
    us. It is never the same twice: Synapse answers the same question alike for two minutes.
    """
    known_by = {"types": ["m.room.create", "m.room.encryption", "m.room.tombstone"]}
    room = {**_QUIET, "timeline": {"limit": 1, **known_by}, "state": known_by}
    return {**_ELSEWHERE, "account_data": {"types": [secrets.token_hex(8)]}, "room": room}


async def _rest(error: RetryLater) -> None:
    _log.warning("Matrix rests for %s: %s", error.after, error)
    await asyncio.sleep(error.after.total_seconds())
