"""Turns Telegram's updates into what people did in our conversations."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Update

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.api.client import Client
from bot.networks.telegram.receiving.fetching import fetch
from bot.networks.telegram.receiving.polling import RawUpdate
from bot.networks.telegram.receiving.update_reader import (
    LocatedEvent,
    UpdateReader,
    find_migration,
    without_file,
)
from bot.networks.telegram.rooms.known_messages import KnownMessages
from bot.networks.telegram.rooms.remote_ids import Spot
from bot.networks.telegram.rooms.topics import Topics
from bot.networks.telegram.settings import NETWORK, TelegramSettings
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.network import EventKind, Incoming
from bot.ports.remote_rooms import RemoteRooms

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Listener:
    """Finds the conversation of what people did in a group, and fetches the files they sent."""

    client: Client
    settings: TelegramSettings
    topics: Topics
    remote_rooms: RemoteRooms
    files: Files
    clock: Clock
    known_messages: KnownMessages

    async def read(self, updates: Sequence[RawUpdate], reader: UpdateReader) -> list[Incoming]:
        """What people did, in order. Groups that were upgraded are followed on the way."""
        events: list[Incoming] = []
        for raw in updates:
            try:
                update = Update.de_json(dict(raw), self.client)
                migration, found = find_migration(update), reader.read(update, self.clock.now())
            except Exception as error:
                # One that cannot be read must not hold up the others.
                _log.error("update %s cannot be read: %s", raw["update_id"], type(error).__name__)
                continue
            if migration is not None:
                await self.topics.follow_migration(*migration)
            for located in found:
                events += await self._complete(located)
        return events

    async def _complete(self, located: LocatedEvent) -> list[Incoming]:
        """The event with its conversation and its file; none if the conversation is not ours."""
        conversation = await self._find_conversation(located)
        if conversation is None:
            return []
        if located.message is not None and located.chat < 0:
            self.known_messages.add_seen(located.chat, located.message, conversation)
        target = located.event.target
        # What people edit is one message of theirs, never a part of one of ours.
        if target is not None and located.event.kind is not EventKind.EDITED:
            target = await self.known_messages.whole_id(located.chat, target, conversation)
        event = replace(located.event, conversation=conversation, target=target)
        if located.file is None:
            return [event]
        kept = await fetch(located.file, self.client, self.files, self.settings)
        if isinstance(kept, str):
            return without_file(event, kept)
        return [replace(event, attachment=kept)]

    async def _find_conversation(self, located: LocatedEvent) -> ConversationRef | None:
        chat, topic = located.chat, located.topic
        if located.event.conversation.name:
            return located.event.conversation
        if topic:
            return await self.remote_rooms.conversation(NETWORK, Spot(chat, topic).remote)
        if topic is None and located.message:
            return await self.known_messages.find_conversation(chat, located.message)
        return None
