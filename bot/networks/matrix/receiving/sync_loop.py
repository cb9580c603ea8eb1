"""Follows the account's rooms by syncs: the cursor moves once what came is committed.

matrix-nio's own loop saves its cursor before anybody has taken what came: a crash would lose it.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import RequestRefused, path, room_events
from bot.networks.matrix.receiving.receipts import Receipts
from bot.networks.matrix.receiving.sync_reader import SyncReader
from bot.networks.matrix.receiving.unreadable import Unreadable
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.known_rooms import KnownRooms
from bot.networks.matrix.rooms.pending import PendingRooms
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


@dataclass(eq=False)
class SyncLoop:
    """Asks the server what happened, and hands it over. `connected`: its last answer came."""

    account: Account
    known_rooms: KnownRooms
    arrivals: Arrivals
    pending: PendingRooms
    reader: SyncReader
    unreadable: Unreadable
    receipts: Receipts
    connected: bool = field(init=False, default=False)

    async def learn_rooms(self, cursor: str | None) -> str:
        """Learn which rooms we are in and which invitations wait; return where to follow from:
        the cursor, or without one the present, as what was said before was not said to us.
        """
        answer = await self._sync(None, _snapshot(), timedelta())
        for room_id, room in answer.get("rooms", {}).get("join", {}).items():
            self.account.learn(room_id, room_events(room))
        self.connected = True
        self.pending.note(answer)
        if cursor is None:
            await self._take_in(answer)
        for room_id in sorted(self.account.joined):
            await self.arrivals.recognise(room_id)
        return cursor or str(answer["next_batch"])

    async def follow(self, since: str, poll: timedelta, receive: Receive) -> None:
        """Hand over what happens, until cancelled; each request waits `poll` for something."""
        await self._hand_over([], since, receive)
        answering = asyncio.create_task(self.pending.run())
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
            self.connected = False
            await _rest(error)
            return since
        self.connected = True
        await self._take_in(answer)
        while True:
            # The same answer is tried again: its keys are taken in only once.
            try:
                await self._pass_on(answer, since, receive)
                break
            except RetryLater as error:
                await _rest(error)
        self.receipts.put(answer)
        self.pending.note(answer)
        try:
            await self.account.encryption.keep_up()
        except (RetryLater, RequestRefused) as error:
            _log.warning("Keys are not up to date: %s", error)
        return str(answer["next_batch"])

    async def _pass_on(self, answer: Mapping[str, Any], since: str, receive: Receive) -> None:
        """Hand over page by page; the cursor moves with the last one alone."""
        events, late_ids = await self.reader.read_late()
        closed: dict[ConversationRef, str] = {}
        async for page in self.reader.read_pages(answer, since):
            closed |= await self._leave_closed_chats(page)
            if len(events) + len(page) > _PAGE:
                await self._hand_over(events, since, receive)
                events = []
            events += page
        await self._hand_over(events, str(answer["next_batch"]), receive)
        self.unreadable.drop(late_ids)
        for conversation, room_id in closed.items():
            async with self.known_rooms.lock(conversation):
                if self.known_rooms.room_of(conversation) == room_id:
                    await self.known_rooms.unbind(conversation)

    async def _leave_closed_chats(self, page: list[Incoming]) -> dict[ConversationRef, str]:
        """Leave the private chats that their person left, and return their rooms.

        They stay bound until the page is handed over: if we are killed first, they are still known.
        """
        closed = {}
        for incoming in page:
            conversation = incoming.conversation
            room_id = self.known_rooms.room_of(conversation)
            has_left = incoming.kind is EventKind.LEFT and incoming.sender == conversation.name
            if has_left and room_id is not None:
                await self.account.leave(room_id)
                closed[conversation] = room_id
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
            self.account.learn(room_id, room_events(room))
        await self.account.encryption.take_in(answer, frozenset(self.account.encrypted))

    async def _sync(
        self, since: str | None, asked: Mapping[str, Any], wait: timedelta
    ) -> dict[str, Any]:
        query: dict[str, str | int] = {
            "filter": json.dumps(asked, separators=(",", ":")),
            "timeout": int(wait.total_seconds() * 1000),
        }
        if since is not None:
            query["since"] = since
        return await self.account.server.call(
            "GET", path("sync", query=query), within=wait + _GRACE
        )


def _snapshot() -> dict[str, Any]:
    """The filter of a sync that tells the rooms we are in, which are encrypted or replaced, and who
    invites us. It is never the same twice: Synapse gives one answer for two minutes.
    """
    known_by = {"types": ["m.room.create", "m.room.encryption", "m.room.tombstone"]}
    room = {**_QUIET, "timeline": {"limit": 1, **known_by}, "state": known_by}
    return {**_ELSEWHERE, "account_data": {"types": [secrets.token_hex(8)]}, "room": room}


async def _rest(error: RetryLater) -> None:
    _log.warning("Matrix rests for %s: %s", error.after, error)
    await asyncio.sleep(error.after.total_seconds())
