"""From what the server tells to what people did."""

import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.messages.backstage import Backstage
from bot.networks.matrix.messages.events import file_in, incoming, not_taken
from bot.networks.matrix.messages.files import Uploads
from bot.networks.matrix.messages.posting import Posting
from bot.networks.matrix.receiving.history import before_us, came_in, since_then
from bot.networks.matrix.receiving.unreadable import Unreadable
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.known_rooms import NETWORK, SPACE, Seating
from bot.ports.network import EventKind, Incoming

_SEALED = "m.room.encrypted"
_REMEMBERED = 10_000
"""Reactions of which it is known what they were about, should they be taken back."""

_log = logging.getLogger(__name__)

Sync = Mapping[str, Any]


class SyncReader:
    """Turns a sync into pages of events, in order for each room."""

    def __init__(
        self,
        account: Account,
        seating: Seating,
        arrivals: Arrivals,
        posting: Posting,
        *,
        uploads: Uploads,
        backstage: Backstage,
        unreadable: Unreadable,
    ) -> None:
        self._account = account
        self._seating = seating
        self._arrivals = arrivals
        self._posting = posting
        self._uploads = uploads
        self._backstage = backstage
        self._unreadable = unreadable
        self._reactions: OrderedDict[str, str] = OrderedDict()

    async def pages(self, answer: Sync, since: str) -> AsyncIterator[list[Incoming]]:
        """What people did, room by room; then those who closed a private chat to us."""
        rooms = answer.get("rooms", {})
        for room_id, room in rooms.get("join", {}).items():
            conversation = await self._arrivals.conversation(room_id)
            if conversation is not None and not conversation.startswith(SPACE):
                place = ConversationRef(NETWORK, conversation)
                async for events in self._events(room_id, room, since, answer["next_batch"]):
                    yield [one for e in events for one in await self._read(room_id, e, place)]
        for room_id, room in rooms.get("leave", {}).items():
            yield self._sent_away(room_id, room)

    async def late(self) -> tuple[list[Incoming], set[str]]:
        """What became readable, and what is given up; with the ids of all these."""
        events: list[Incoming] = []
        ids: set[str] = set()
        for sealed in self._unreadable.waiting():
            opened = self._account.encryption.decrypt(sealed["room_id"], sealed)
            if opened is None and not self._unreadable.is_late(sealed["event_id"]):
                continue
            ids.add(sealed["event_id"])
            conversation = self._seating.conversation(sealed["room_id"])
            if conversation is None:
                continue
            place = ConversationRef(NETWORK, conversation)
            if opened is None:
                events.append(not_taken(sealed, place, "unreadable"))
            else:
                events += await self._read(sealed["room_id"], opened, place)
        return events, ids

    async def _events(
        self, room_id: str, room: Mapping[str, Any], since: str, until: str
    ) -> AsyncIterator[list[dict[str, Any]]]:
        timeline, server = room["timeline"], self._account.server
        if came_in(room, self._account.user_id):
            events = await before_us(server, room_id, timeline)
            yield [event for event in events if event["type"] != "m.room.member"]
        elif timeline.get("limited"):
            async for page in since_then(server, room_id, timeline, since, until):
                yield page
        else:
            yield timeline["events"]

    async def _read(
        self, room_id: str, event: Mapping[str, Any], conversation: ConversationRef
    ) -> list[Incoming]:
        """What one event says: nothing, or one thing. One that is malformed stops none after it."""
        if event.get("sender") == self._account.user_id:
            return []
        try:
            return await self._understood(room_id, event, conversation)
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            _log.warning("An event could not be read: %s", type(error).__name__)
            return [not_taken(event, conversation, "other")]

    async def _understood(
        self, room_id: str, event: Mapping[str, Any], conversation: ConversationRef
    ) -> list[Incoming]:
        if event["type"] == _SEALED:
            opened = self._account.encryption.decrypt(room_id, event)
            if opened is None:
                if "ciphertext" in event["content"]:  # Else it was redacted.
                    self._wait_for_key(room_id, event)
                return []
            event = opened
        heard = incoming(event, conversation, self._backstage.known(conversation.name, room_id))
        if heard is None or heard.sender == self._account.user_id:
            return []
        match heard.kind:
            case EventKind.REACTED:
                return [await self._reacted(room_id, heard)]
            case EventKind.DELETED:
                return await self._deleted(room_id, heard)
            case EventKind.SAID:
                return [await self._with_file(event, heard)]
        return [heard]

    def _wait_for_key(self, room_id: str, event: Mapping[str, Any]) -> None:
        if self._unreadable.keep(room_id, event):
            self._account.encryption.ask_for_key({**event, "room_id": room_id})

    async def _reacted(self, room_id: str, heard: Incoming) -> Incoming:
        """A reaction by a digit to a question is its answer."""
        if heard.target is None:
            return heard
        self._reactions[heard.key] = heard.target
        if len(self._reactions) > _REMEMBERED:
            self._reactions.popitem(last=False)
        choice = await self._posting.chosen(room_id, heard.target, heard.text)
        if choice is None:
            return heard
        return replace(heard, kind=EventKind.SAID, text=choice.label, choice=choice.key)

    async def _deleted(self, room_id: str, heard: Incoming) -> list[Incoming]:
        """Taking a reaction back is a redaction too."""
        reacted = self._reactions.get(heard.target or "")
        if reacted is not None:
            return [replace(heard, kind=EventKind.REACTED, text="", target=reacted)]
        deleted = await self._account.event(room_id, heard.target or "")
        forgotten = deleted is not None and deleted["type"] == "m.reaction"
        return [] if forgotten else [heard]

    async def _with_file(self, event: Mapping[str, Any], heard: Incoming) -> Incoming:
        remote = file_in(event)
        if remote is None:
            return heard
        kept = await self._uploads.fetch(remote)
        if isinstance(kept, str):
            return replace(heard, kind=EventKind.SENT_OTHER, text=kept)
        return replace(heard, attachment=kept)

    def _sent_away(self, room_id: str, room: Mapping[str, Any]) -> list[Incoming]:
        """We are out of a room. Whoever closed a private chat to us left it."""
        conversation = self._seating.conversation(room_id)
        self._account.gone(room_id)
        if conversation is None or not conversation.startswith("@"):
            return []  # A project's room is opened anew when something is said there.
        events = room.get("timeline", {}).get("events", ())
        return [
            replace(heard, sender=conversation)
            for event in events
            if event["type"] == "m.room.member" and event.get("sender") == conversation
            if (heard := incoming(event, ConversationRef(NETWORK, conversation))) is not None
            if heard.kind is EventKind.LEFT
        ][-1:]
