"""Reads the answer to a sync as what people did."""

import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import MALFORMED, RequestRefused
from bot.networks.matrix.messages.backstage import Backstage
from bot.networks.matrix.messages.events import file_in, read_event, untaken_content
from bot.networks.matrix.messages.files import FileTransfers
from bot.networks.matrix.messages.formatting import content_of
from bot.networks.matrix.messages.posting import Poster
from bot.networks.matrix.receiving.history import has_joined, read_before_joining, read_since
from bot.networks.matrix.receiving.unreadable import Unreadable
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.known_rooms import KnownRooms, is_person, portal_of_space
from bot.networks.matrix.settings import MatrixWords
from bot.ports.network import EventKind, Incoming

_REMEMBERED = 10_000
"""How many reactions we remember, in case they are taken back."""

_log = logging.getLogger(__name__)

Sync = Mapping[str, Any]
Event = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class SyncReader:
    """Turns a sync into pages of what people did, in order for each room."""

    account: Account
    known_rooms: KnownRooms
    arrivals: Arrivals
    poster: Poster
    transfers: FileTransfers
    backstage: Backstage
    unreadable: Unreadable
    names: Sequence[str]
    words: MatrixWords
    _reactions: OrderedDict[str, Incoming] = field(init=False, default_factory=OrderedDict)

    async def read_pages(self, answer: Sync, since: str) -> AsyncIterator[list[Incoming]]:
        """What people did, room by room; then who closed a private chat with us."""
        rooms = answer.get("rooms", {})
        for room_id, room in rooms.get("join", {}).items():
            conversation = await self.arrivals.recognise(room_id)
            if conversation is not None and portal_of_space(conversation) is None:
                async for page in self._read_timeline(room_id, room, since, answer["next_batch"]):
                    read = [await self._read(room_id, event, conversation) for event in page]
                    yield [incoming for incoming in read if incoming is not None]
        for room_id, room in rooms.get("leave", {}).items():
            yield self._read_departure(room_id, room)

    async def read_late(self) -> tuple[list[Incoming], set[str]]:
        """Events that can be decrypted at last; with the ids of these and of those given up.
        Whoever wrote one that still cannot be is told so.
        """
        events: list[Incoming | None] = []
        ids: set[str] = set()
        for event in self.unreadable.waiting():
            room_id, event_id = event["room_id"], event["event_id"]
            opened = self.account.encryption.decrypt(room_id, event)
            conversation = self.known_rooms.conversation_in(room_id)
            if opened is not None and conversation is not None:
                events.append(await self._read(room_id, opened, conversation))
            elif opened is None and self.unreadable.is_to_be_told(event):
                await self._tell_unreadable(room_id, event_id)
            if opened is not None or self.unreadable.is_late(event_id):
                ids.add(event_id)
        return [event for event in events if event is not None], ids

    async def _tell_unreadable(self, room_id: str, event_id: str) -> None:
        """In clear: whoever sent a key that does not come may have none for our words either."""
        said = {**content_of(self.words.unreadable), "m.relates_to": _answer_to(event_id)}
        try:
            await self.poster.post(room_id, f"unreadable:{event_id}", said, in_clear=True)
        except RequestRefused as error:
            _log.warning("The sender of undecryptable words cannot be told: %s", error.code)
        else:
            _log.warning("Words cannot be decrypted; their sender was told what to do.")
        self.unreadable.note_told(event_id)

    async def _read_timeline(
        self, room_id: str, room: Mapping[str, Any], since: str, until: str
    ) -> AsyncIterator[list[dict[str, Any]]]:
        timeline, server = room["timeline"], self.account.server
        if has_joined(room, self.account.user_id):
            events = await read_before_joining(server, room_id, timeline)
            yield [event for event in events if event["type"] != "m.room.member"]
        elif timeline.get("limited"):
            async for page in read_since(server, room_id, timeline, since, until):
                yield page
        else:
            yield timeline["events"]

    async def _read(
        self, room_id: str, event: Event, conversation: ConversationRef
    ) -> Incoming | None:
        """What one event says, if anything. A malformed one must not stop those after it."""
        if event.get("sender") == self.account.user_id:
            return None
        try:
            return await self._read_well_formed(room_id, event, conversation)
        except MALFORMED as error:
            _log.warning("An event could not be read: %s", type(error).__name__)
            return untaken_content(event, conversation, "other")

    async def _read_well_formed(
        self, room_id: str, event: Event, conversation: ConversationRef
    ) -> Incoming | None:
        if event["type"] == "m.room.encrypted":
            opened = self.account.encryption.decrypt(room_id, event)
            if opened is None:
                self._wait_for_key(room_id, event)
                return None
            event = opened
        root = self.backstage.find_root(conversation.reference, room_id)
        incoming = read_event(event, conversation, root, self.names)
        if incoming is None or incoming.sender == self.account.user_id:
            return None
        match incoming.kind:
            case EventKind.REACTED:
                return await self._read_reaction(room_id, incoming)
            case EventKind.DELETED:
                return await self._read_deletion(room_id, incoming)
            case EventKind.SAID:
                return await self._fetch_file(event, incoming)
        return incoming

    def _wait_for_key(self, room_id: str, event: Event) -> None:
        is_redacted = "ciphertext" not in event["content"]
        if not is_redacted and event["event_id"] not in self.unreadable:
            self.unreadable.keep(room_id, event)
            self.account.encryption.ask_for_key({**event, "room_id": room_id})

    async def _read_reaction(self, room_id: str, incoming: Incoming) -> Incoming:
        """A reaction by a digit to a question is its answer."""
        if incoming.target is None:
            return incoming
        self._reactions[incoming.key] = incoming
        if len(self._reactions) > _REMEMBERED:
            self._reactions.popitem(last=False)
        choice = await self.poster.find_choice(room_id, incoming.target, incoming.text)
        if choice is None:
            return incoming
        return replace(incoming, kind=EventKind.SAID, text=choice.label, choice=choice.key)

    async def _read_deletion(self, room_id: str, incoming: Incoming) -> Incoming | None:
        """Taking a reaction back is a redaction too."""
        reacted = self._reactions.pop(incoming.target or "", None)
        if reacted is not None:
            # One person may react with several signs: another of theirs may stand.
            place = (reacted.conversation, reacted.target, reacted.sender)
            others = self._reactions.values()
            left = [e.text for e in others if (e.conversation, e.target, e.sender) == place]
            sign = left[-1] if left else ""
            return replace(
                incoming,
                kind=EventKind.REACTED,
                sender=reacted.sender,
                text=sign,
                target=reacted.target,
            )
        deleted = await self.account.event(room_id, incoming.target or "")
        is_old_reaction = deleted is not None and deleted["type"] == "m.reaction"
        return None if is_old_reaction else incoming

    async def _fetch_file(self, event: Event, incoming: Incoming) -> Incoming:
        remote = file_in(event)
        if remote is None:
            return incoming
        kept = await self.transfers.fetch(remote)
        if isinstance(kept, str):
            return replace(incoming, kind=EventKind.SENT_OTHER, text=kept)
        return replace(incoming, attachment=kept)

    def _read_departure(self, room_id: str, room: Mapping[str, Any]) -> list[Incoming]:
        """We are out of a room: if it was a private chat that its person closed, they left it."""
        conversation = self.known_rooms.conversation_in(room_id)
        self.account.forget(room_id)
        if conversation is None or not is_person(conversation):
            return []
        person = conversation.name
        return [
            replace(incoming, sender=person)
            for event in room.get("timeline", {}).get("events", ())
            if event["type"] == "m.room.member" and event.get("sender") == person
            if (incoming := read_event(event, conversation)) is not None
            if incoming.kind is EventKind.LEFT
        ][-1:]


def _answer_to(event_id: str) -> dict[str, Any]:
    return {"m.in_reply_to": {"event_id": event_id}}
