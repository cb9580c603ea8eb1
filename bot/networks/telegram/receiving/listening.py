"""Turns raw updates into events of our conversations."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.api.client import Client
from bot.networks.telegram.receiving.fetching import NotTaken, fetched
from bot.networks.telegram.receiving.polling import RawUpdate
from bot.networks.telegram.receiving.update_reader import (
    NETWORK,
    Heard,
    UpdateReader,
    heard,
    migration,
    without_file,
)
from bot.networks.telegram.rooms.known_messages import Whereabouts
from bot.networks.telegram.rooms.remote_ids import Spot
from bot.networks.telegram.rooms.topics import Topics
from bot.networks.telegram.settings import TelegramSettings
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.network import EventKind, Incoming
from bot.ports.remote_rooms import RemoteRooms

_log = logging.getLogger(__name__)


class Listener:
    """Knows whose conversation each chat and topic is, and fetches the files that come."""

    def __init__(
        self,
        client: Client,
        settings: TelegramSettings,
        topics: Topics,
        *,
        seats: RemoteRooms,
        files: Files,
        clock: Clock,
        whereabouts: Whereabouts,
    ) -> None:
        self._client = client
        self._settings = settings
        self._seats = seats
        self._files = files
        self._clock = clock
        self._topics = topics
        self._whereabouts = whereabouts

    async def events(self, updates: Sequence[RawUpdate], reader: UpdateReader) -> list[Incoming]:
        """What people did, in order. Groups that were upgraded are followed on the way."""
        events: list[Incoming] = []
        for raw in updates:
            update = self._parsed(raw)
            moved = migration(update) if update is not None else None
            if moved is not None:
                await self._topics.moved(*moved)
            for each in self._heard(update, reader):
                events += await self._placed(each)
        return events

    def _parsed(self, raw: RawUpdate) -> Update | None:
        """One update that cannot be read must not hold up the others."""
        try:
            return Update.de_json(dict(raw), self._client)
        except Exception as error:
            _log.error("update %s cannot be read: %s", raw["update_id"], type(error).__name__)
            return None

    def _heard(self, update: Update | None, reader: UpdateReader) -> list[Heard]:
        try:
            return heard(update, reader, self._clock.now()) if update is not None else []
        except Exception as error:
            number = update.update_id if update is not None else None
            _log.error("update %s cannot be understood: %s", number, type(error).__name__)
            return []

    async def _placed(self, one: Heard) -> list[Incoming]:
        place = await self._place(one)
        if place is None:
            return []
        if one.message is not None and one.chat < 0:
            self._whereabouts.add(one.chat, one.message, place.name)
        target = one.event.target
        # Of their own words, people name one message.
        if target is not None and one.event.kind is not EventKind.EDITED:
            target = await self._whereabouts.whole(one.chat, target, place.name)
        event = replace(one.event, conversation=place, target=target)
        if one.file is None:
            return [event]
        try:
            file = await fetched(one.file, self._client, self._files, self._settings)
        except NotTaken as error:
            return without_file(event, error.kind)
        return [replace(event, attachment=file)]

    async def _place(self, one: Heard) -> ConversationRef | None:
        """Our conversation, or None where there is none of ours."""
        if one.event.conversation.name:
            return one.event.conversation
        if one.topic is None:
            spoken_of = one.message
            conversation = await self._whereabouts.find(one.chat, spoken_of) if spoken_of else None
        elif one.topic:
            conversation = await self._seats.conversation(NETWORK, Spot(one.chat, one.topic).remote)
        else:
            conversation = None
        return ConversationRef(NETWORK, conversation) if conversation is not None else None
