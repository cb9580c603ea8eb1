"""Where our conversations are on Telegram: private chats, and topics of forum groups."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.api.client import AskedToWait, Client
from bot.networks.telegram.api.failures import MISCONFIGURED, topic_gone, translated
from bot.networks.telegram.api.formatting import parts
from bot.networks.telegram.api.pace import GroupPace
from bot.networks.telegram.receiving.update_reader import NETWORK
from bot.networks.telegram.rooms.remote_ids import Spot, spot
from bot.ports.network import RetryLater, RoomGone, Unreachable
from bot.ports.remote_rooms import RemoteRooms, RoomPlan

LONGEST_NAME = 128

_log = logging.getLogger(__name__)


class Topics:
    """Finds the topic of a conversation, and makes it when there is none."""

    def __init__(
        self, client: Client, seats: RemoteRooms, forums: Mapping[str, int], pace: GroupPace
    ) -> None:
        self._client = client
        self._seats = seats
        self._forums = dict(forums)
        self._pace = pace
        self._opening = asyncio.Lock()
        self._made: dict[ConversationRef, Spot] = {}

    async def find(self, conversation: ConversationRef) -> Spot:
        """Where the conversation is; its topic is made if need be. Raises DeliveryError."""
        if not is_room(conversation):
            return _private(conversation)
        remote = await self._seats.remote(conversation)
        return spot(remote) if remote is not None else await self._open(conversation)

    async def known(self, conversation: ConversationRef) -> Spot | None:
        """Where the conversation is, or None while it has no topic."""
        if not is_room(conversation):
            return _private(conversation)
        remote = await self._seats.remote(conversation)
        return spot(remote) if remote is not None else None

    async def reopen(self, conversation: ConversationRef) -> Spot:
        """Make a topic in the place of one that was deleted. Raises DeliveryError."""
        await self._seats.unbind(conversation)
        return await self._open(conversation)

    async def moved(self, before: int, after: int) -> None:
        """A group was upgraded: all that was in it has the new id."""
        await self._seats.moved(NETWORK, str(before), str(after))
        for portal, chat in self._forums.items():
            if chat == before:
                self._forums[portal] = after
                _log.warning(
                    "the forum group of portal %s is %d now: write it in the settings",
                    portal,
                    after,
                )

    async def rename(self, conversation: ConversationRef) -> None:
        """Set the topic's name again, if there is one. Raises TelegramError."""
        here, plan = await self.known(conversation), await self._seats.plan(conversation.name)
        if here is None or here.topic is None or plan is None:
            return
        await self._client.edit_forum_topic(here.chat, here.topic, name=_name(plan))

    async def _open(self, conversation: ConversationRef) -> Spot:
        async with self._opening:
            remote = await self._seats.remote(conversation)
            if remote is not None:
                return spot(remote)
            plan = await self._seats.plan(conversation.name)
            if plan is None:
                raise RoomGone
            made = await self._make(conversation, plan)
            await self._introduce(conversation, made, plan)
            await self._seats.bind(conversation, made.remote)
            del self._made[conversation]
            return made

    async def _make(self, conversation: ConversationRef, plan: RoomPlan) -> Spot:
        """A new topic, or the one made before something else failed."""
        if conversation not in self._made:
            try:
                self._made[conversation] = await self._create(plan)
            except ChatMigrated as error:
                await self.moved(self._forum(plan), error.new_chat_id)
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
            raise translated(error, repeatable=True) from error
        return Spot(forum, topic.message_thread_id)

    async def _introduce(self, conversation: ConversationRef, made: Spot, plan: RoomPlan) -> None:
        """Topics have no description: it is their first message."""
        for part in parts(plan.topic)[:1]:
            try:
                self._pace.take(made.chat)
                await self._client.send_message(
                    made.chat, part.html, message_thread_id=made.topic, parse_mode="HTML"
                )
            except AskedToWait as error:
                raise translated(error, repeatable=True) from error
            except TelegramError as error:
                if topic_gone(error):
                    del self._made[conversation]
                    raise RetryLater(timedelta(), "topic gone") from error
                _log.warning("a new topic could not be introduced: %s", type(error).__name__)

    def _forum(self, plan: RoomPlan) -> int:
        if plan.portal not in self._forums:
            _log.error("portal %s has no forum group in the settings of Telegram", plan.portal)
            raise RetryLater(MISCONFIGURED, "no forum group")
        return self._forums[plan.portal]


def is_room(conversation: ConversationRef) -> bool:
    """Whether the conversation is in a forum group."""
    return ":" in conversation.name


def _private(conversation: ConversationRef) -> Spot:
    try:
        return Spot(int(conversation.name))
    except ValueError:
        raise Unreachable("no chat of Telegram") from None


def _name(plan: RoomPlan) -> str:
    return plan.name if len(plan.name) <= LONGEST_NAME else f"{plan.name[: LONGEST_NAME - 1]}…"
