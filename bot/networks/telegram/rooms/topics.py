"""Finds the chat or the forum topic of each conversation, and makes topics where there are none."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.api.client import AskedToWait, Client
from bot.networks.telegram.api.failures import MISCONFIGURED, is_topic_gone, translate
from bot.networks.telegram.api.formatting import parts
from bot.networks.telegram.api.pace import GroupPace
from bot.networks.telegram.rooms.remote_ids import Spot, parse_spot
from bot.networks.telegram.settings import NETWORK
from bot.ports.network import RetryLater, RoomGone, Unreachable
from bot.ports.remote_rooms import RemoteRooms, RoomPlan

LONGEST_NAME = 128

_log = logging.getLogger(__name__)


class Topics:
    """The topics of the forum groups: one for each conversation of advisors or of a team."""

    def __init__(
        self, client: Client, remote_rooms: RemoteRooms, forums: Mapping[str, int], pace: GroupPace
    ) -> None:
        self._client = client
        self._remote_rooms = remote_rooms
        self._forums = dict(forums)
        self._pace = pace
        self._opening = asyncio.Lock()
        self._made: dict[ConversationRef, Spot] = {}
        self._to_introduce: dict[ConversationRef, list[str]] = {}

    async def find_or_open(self, conversation: ConversationRef) -> Spot:
        """Where the conversation is held; its topic is made if need be. Raises DeliveryError."""
        here = await self.find_existing(conversation) or await self._open(conversation)
        await self._introduce(conversation, here)
        return here

    async def find_existing(self, conversation: ConversationRef) -> Spot | None:
        """Where the conversation is held; None while it has no topic."""
        if not conversation.is_shared:
            return _private(conversation)
        remote = await self._remote_rooms.remote(conversation)
        return parse_spot(remote) if remote is not None else None

    async def reopen(self, conversation: ConversationRef) -> Spot:
        """Make a topic to replace one that was deleted; where its project stands is said first.
        Raises DeliveryError.
        """
        await self._remote_rooms.unbind(conversation)
        here = await self._open(conversation, anew=True)
        await self._introduce(conversation, here)
        return here

    def forum_of(self, portal: str) -> int | None:
        """The chat of the forum group of a portal; None if it has none."""
        return self._forums.get(portal)

    async def follow_migration(self, before: int, after: int) -> None:
        """A group was upgraded: what was in it is in the group with the new id."""
        await self._remote_rooms.move(NETWORK, str(before), str(after))
        for portal, chat in self._forums.items():
            if chat == before:
                self._forums[portal] = after
                _log.warning(
                    "the forum group of portal %s is %d now: write it in the settings",
                    portal,
                    after,
                )

    async def rename(self, conversation: ConversationRef) -> None:
        """Set the topic's name as it is planned now, if there is one. Raises TelegramError."""
        here = await self.find_existing(conversation)
        plan = await self._remote_rooms.plan(conversation)
        if here is None or here.topic is None or plan is None:
            return
        await self._client.edit_forum_topic(here.chat, here.topic, name=_name(plan))

    async def _open(self, conversation: ConversationRef, *, anew: bool = False) -> Spot:
        """Make the topic and bind it at once: a kill in between would leave it without a name."""
        async with self._opening:
            remote = await self._remote_rooms.remote(conversation)
            if remote is not None:
                return parse_spot(remote)
            plan = await self._remote_rooms.plan(conversation)
            if plan is None:
                raise RoomGone
            topic = await self._make(conversation, plan)
            await self._remote_rooms.bind(conversation, topic.remote)
            del self._made[conversation]
            words = [*parts(plan.topic)[:1], *(parts(plan.anew) if anew else ())]
            self._to_introduce[conversation] = [part.html for part in words]
            return topic

    async def _make(self, conversation: ConversationRef, plan: RoomPlan) -> Spot:
        """Make a topic; if one was made before what followed failed, return that one."""
        if conversation not in self._made:
            try:
                self._made[conversation] = await self._create(plan)
            except ChatMigrated as error:
                await self.follow_migration(self._forum(plan), error.new_chat_id)
                self._made[conversation] = await self._create(plan)
        return self._made[conversation]

    async def _create(self, plan: RoomPlan) -> Spot:
        forum = self._forum(plan)
        self._pace.take(forum)
        try:
            topic = await self._client.create_forum_topic(forum, _name(plan))
        except ChatMigrated:
            raise
        except (BadRequest, Forbidden) as error:
            _log.error("no topic can be made in the forum group of portal %s", plan.portal)
            raise RetryLater(MISCONFIGURED, type(error).__name__) from error
        except TelegramError as error:
            # At worst an empty topic is left behind; no message is doubled.
            raise translate(error, repeatable=True) from error
        return Spot(forum, topic.message_thread_id)

    async def _introduce(self, conversation: ConversationRef, topic: Spot) -> None:
        """Say in a new topic what it is for, as topics have no description; and what goes on."""
        if conversation not in self._to_introduce:
            return
        async with self._opening:
            waiting = self._to_introduce.get(conversation, [])
            while waiting:
                await self._say_first(conversation, topic, waiting[0])
                del waiting[0]
            self._to_introduce.pop(conversation, None)

    async def _say_first(self, conversation: ConversationRef, topic: Spot, html: str) -> None:
        try:
            self._pace.take(topic.chat)
            await self._client.send_message(
                topic.chat, html, message_thread_id=topic.topic, parse_mode="HTML"
            )
        except AskedToWait as error:
            raise translate(error, repeatable=True) from error
        except TelegramError as error:
            if is_topic_gone(error):
                del self._to_introduce[conversation]
                await self._remote_rooms.unbind(conversation)
                raise RetryLater(timedelta(), "topic gone") from error
            _log.warning("a new topic could not be introduced: %s", type(error).__name__)

    def _forum(self, plan: RoomPlan) -> int:
        if plan.portal not in self._forums:
            _log.error("portal %s has no forum group in the settings of Telegram", plan.portal)
            raise RetryLater(MISCONFIGURED, "no forum group")
        return self._forums[plan.portal]


def _private(conversation: ConversationRef) -> Spot:
    try:
        return Spot(int(conversation.name))
    except ValueError:
        raise Unreachable("no chat of Telegram") from None


def _name(plan: RoomPlan) -> str:
    return plan.name if len(plan.name) <= LONGEST_NAME else f"{plan.name[: LONGEST_NAME - 1]}…"
