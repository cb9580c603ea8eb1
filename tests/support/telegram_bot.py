"""Our end of Telegram in tests: the network on a strict Bot API server, and what it hands over."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.network import TelegramNetwork
from bot.networks.telegram.settings import TelegramSettings, TelegramWords
from bot.ports.network import Outgoing
from bot.ports.remote_rooms import RoomPlan
from tests.support.botapi import BotApi
from tests.support.memory_ports import Inbox, MemoryFiles, MemoryRemoteRooms, SettableClock

WORDS = TelegramWords(
    said="**{author}** : {text}",
    backstage="**Coulisses** · {text}",
    deleted="Message supprimé",
    file_gone="({name} n’est plus là)",
)
ROOM = ConversationRef.room("telegram", "UV-7K3Q")
PORTAL = "urbanvitaliz"


def private(chat: object) -> ConversationRef:
    """Somebody's private chat."""
    return ConversationRef.private("telegram", str(chat))


def saying(to: object, text: str = "Bonjour", key: str = "k1", **more: Any) -> Outgoing:
    """A message to a conversation, or to a private chat by its id."""
    conversation = to if isinstance(to, ConversationRef) else private(to)
    return Outgoing(key, conversation, text, "notice", **more)


@dataclass
class Bot:
    """The bot, its inbox, and where its conversations are."""

    api: BotApi
    settings: TelegramSettings
    files: MemoryFiles
    rooms: MemoryRemoteRooms = field(default_factory=MemoryRemoteRooms)
    inbox: Inbox = field(default_factory=Inbox)
    cursor: str | None = None
    forum: int = 0
    networks: list[TelegramNetwork] = field(default_factory=list)

    def network(self, **changed: Any) -> TelegramNetwork:
        """The network as it would be in a new process."""
        settings = replace(self.settings, **changed)
        made = TelegramNetwork(settings, self.rooms, self.files, SettableClock())
        self.networks.append(made)
        return made

    async def receive(self, events: Any, cursor: str | None) -> None:
        """Commit events and cursor, or fail if told so."""
        await self.inbox.receive(events, cursor)
        self.cursor = cursor or self.cursor

    @asynccontextmanager
    async def running(self, **changed: Any) -> AsyncIterator[TelegramNetwork]:
        """The network, running from the saved cursor until the end of the block."""
        network = self.network(**changed)
        task = asyncio.create_task(network.run(self.cursor, self.receive))
        try:
            yield network
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def shown(self, chat: int, topic: int | None = None) -> list[str]:
        """The words that stand in a chat or a topic."""
        messages = self.api.people.shown(chat, topic)
        return [str(m.get("text") or m.get("caption") or "") for m in messages]


@asynccontextmanager
async def telegram_bot(api: BotApi, folder: Path) -> AsyncIterator[Bot]:
    """A bot that knows a forum group of that server."""
    forum = api.world.add_group("Conseil", forum=True)
    bot = Bot(api, settings(api, {PORTAL: forum.id}), MemoryFiles(folder), forum=forum.id)
    bot.rooms.plans[ROOM] = RoomPlan(
        "UV-7K3Q · Le moulin — Fourmies", "Tout est relayé à la commune.", PORTAL, "UrbanVitaliz"
    )
    try:
        yield bot
    finally:
        for network in bot.networks:
            await network.close()


def settings(api: BotApi, forums: Mapping[str, int]) -> TelegramSettings:
    """Settings in which nothing waits for long."""
    return TelegramSettings(
        token=api.token,
        words=WORDS,
        base_url=api.url,
        forums=forums,
        commands=(("aide", "Ce que je sais faire"),),
        poll_for=timedelta(seconds=5),
        answers_within=timedelta(seconds=5),
        pause=timedelta(milliseconds=5),
        longest_pause=timedelta(milliseconds=20),
        group_per_minute=100_000,
    )
