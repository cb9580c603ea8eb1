"""Does what outgoing messages ask: says, edits, deletes, reacts, renames, removes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.api.client import Client
from bot.networks.telegram.api.failures import has_phrase, is_topic_gone, translate
from bot.networks.telegram.api.formatting import LONGEST_CAPTION, parts
from bot.networks.telegram.api.reactions import find_allowed
from bot.networks.telegram.rooms.known_messages import KnownMessages
from bot.networks.telegram.rooms.remote_ids import SentMessage, Spot, parse_sent, sent_under
from bot.networks.telegram.rooms.topics import Topics
from bot.networks.telegram.sending.composing import Piece, add_marks, compose, text_pieces
from bot.networks.telegram.sending.posting import Poster
from bot.networks.telegram.settings import NETWORK, TelegramWords
from bot.ports.network import Operation, Outgoing, Refused, RetryLater, RoomGone, Uncertain

MOST_TRIES_MIDWAY = 3
LONGEST_WAIT_MIDWAY = timedelta(seconds=10)
"""How often and long we wait between two parts: all have to be sent within the outbox's lease."""


@dataclass(frozen=True, eq=False)
class Speaker:
    """Does the operations of outgoing messages."""

    client: Client
    topics: Topics
    poster: Poster
    known_messages: KnownMessages
    words: TelegramWords

    async def perform(self, outgoing: Outgoing) -> str:
        """Do it; return the remote id of the message said or changed. Raises DeliveryError:
        RetryLater only if a second try would repeat nothing that was sent.
        """
        if outgoing.operation not in _OPERATIONS:
            raise Refused
        try:
            return await self._perform_after_move(outgoing)
        except TelegramError as error:
            raise translate(
                error,
                repeatable=outgoing.operation is not Operation.SAY,
                in_group=outgoing.conversation.is_shared,
            ) from error

    async def _perform_after_move(self, outgoing: Outgoing) -> str:
        """Do it; if the group turns out to have a new id, follow it and do it there."""
        operate = _OPERATIONS[outgoing.operation]
        try:
            return await operate(self, outgoing)
        except ChatMigrated as error:
            here = await self.topics.find_existing(outgoing.conversation)
            if here is None:
                raise
            await self.topics.follow_migration(here.chat, error.new_chat_id)
            return await operate(self, outgoing)

    async def _say(self, outgoing: Outgoing) -> str:
        here = await self.topics.find_or_open(outgoing.conversation)
        try:
            return await self._post(outgoing, here)
        except BadRequest as error:
            if here.topic is None or not is_topic_gone(error):
                raise
        # The topic was deleted, and with it whatever part of this message was said there.
        return await self._post(outgoing, await self.topics.reopen(outgoing.conversation))

    async def _post(self, outgoing: Outgoing, here: Spot) -> str:
        pieces = compose(outgoing, self.words)
        if not pieces:
            raise Refused("there is nothing to say")
        self.poster.reserve(here, len(pieces))
        ids = await self._post_in_order(pieces, here, _reply_target(outgoing))
        if here.topic is not None:
            for message_id in ids:
                self.known_messages.add_seen(here.chat, message_id, outgoing.conversation)
        message = sent_under(ids, file_apart=pieces[-1].file is not None)
        self.known_messages.add_sent(here.chat, message)
        return message.remote_id

    async def _post_in_order(
        self, pieces: Sequence[Piece], here: Spot, answers: int | None = None
    ) -> list[int]:
        """Post all the pieces, the first as a reply to `answers`; return their ids."""
        first = [await self.poster.post(piece, here, answers) for piece in pieces[:1]]
        return first + [await self._post_next(piece, here) for piece in pieces[1:]]

    async def _post_next(self, piece: Piece, here: Spot) -> int:
        """Post a piece after others: a later try would send those again, so we wait a while."""
        for _ in range(MOST_TRIES_MIDWAY):
            try:
                return await self.poster.post(piece, here, None)
            except TelegramError as error:
                failure = translate(error, repeatable=False, in_group=here.chat < 0)
                if not isinstance(failure, RetryLater):
                    raise
            if failure.after > LONGEST_WAIT_MIDWAY:
                break
            await asyncio.sleep(failure.after.total_seconds())
        raise Uncertain("stopped midway")

    async def _post_added(self, pieces: Sequence[Piece], here: Spot) -> list[int]:
        """Post the pieces that an edit adds: unlike the rest of it, they would show twice."""
        try:
            return await self._post_in_order(pieces, here)
        except TelegramError as error:
            raise translate(error, repeatable=False, in_group=here.chat < 0) from error

    async def _edit(self, outgoing: Outgoing) -> str:
        here = await self._find_spot(outgoing)
        # An earlier edit may have added parts, or taken some away.
        first, conversation = str(_target(outgoing).texts[0]), outgoing.conversation
        target = parse_sent(await self.known_messages.whole_id(here.chat, first, conversation))
        texts = parts(add_marks(outgoing, self.words))
        if not texts:
            raise Refused("there is nothing to say")
        pieces = text_pieces(texts, outgoing.choices)
        self.poster.reserve(here, len(pieces))
        try:
            await self.poster.edit(here, target.texts[0], pieces[0])
        except BadRequest as error:
            if not has_phrase(error, "no text in the message"):
                raise
            return await self._edit_caption(outgoing, here, target)
        for message, piece in zip(target.texts[1:], pieces[1:], strict=False):
            await self.poster.edit(here, message, piece)
        for message in target.texts[len(pieces) :]:
            await self._erase(here, message)
        kept = target.texts[: len(pieces)]
        added = await self._post_added(pieces[len(kept) :], here)
        edited = SentMessage((*kept, *added), target.file)
        self.known_messages.add_sent(here.chat, edited)
        return edited.remote_id

    async def _edit_caption(self, outgoing: Outgoing, here: Spot, target: SentMessage) -> str:
        """Edit the words under a file; post after it what does not fit there."""
        first, *rest = parts(add_marks(outgoing, self.words), LONGEST_CAPTION)
        caption = Piece(first, choices=() if rest else outgoing.choices)
        self.poster.reserve(here, 1 + len(rest))
        await self.poster.edit(here, target.texts[0], caption, under_file=True)
        added = await self._post_added(text_pieces(rest, outgoing.choices), here)
        return SentMessage((target.texts[0], *added), target.file).remote_id

    async def _delete(self, outgoing: Outgoing) -> str:
        here, target = await self._find_spot(outgoing), _target(outgoing)
        for message in target.all:
            await self._erase(here, message)
        return target.remote_id

    async def _erase(self, here: Spot, message: int) -> None:
        """Delete a message, or blank it: after two days Telegram only lets its words be edited."""
        try:
            await self.client.delete_message(here.chat, message)
        except BadRequest as error:
            if has_phrase(error, "message to delete not found"):
                return
            if not has_phrase(error, "can't be deleted"):
                raise
            await self._blank(here, message)

    async def _blank(self, here: Spot, message: int) -> None:
        blank = Piece(parts(self.words.deleted)[0])
        self.poster.reserve(here, 1)
        try:
            await self.poster.edit(here, message, blank)
        except BadRequest as error:
            if not has_phrase(error, "no text in the message"):
                raise
            await self.poster.edit(here, message, blank, under_file=True)

    async def _react(self, outgoing: Outgoing) -> str:
        here, target = await self._find_spot(outgoing), _target(outgoing)
        sign = find_allowed(outgoing.text) if outgoing.text else None
        if outgoing.text and sign is None:
            raise Refused("Telegram has no such reaction")
        await self.client.set_message_reaction(here.chat, target.texts[0], reaction=sign)
        return target.remote_id

    async def _refresh(self, outgoing: Outgoing) -> str:
        try:
            await self.topics.rename(outgoing.conversation)
        except BadRequest as error:
            if is_topic_gone(error):
                await self.topics.reopen(outgoing.conversation)
            elif not has_phrase(error, "topic_not_modified"):
                raise
        here = await self.topics.find_existing(outgoing.conversation)
        return here.remote if here is not None and here.topic is not None else ""

    async def _remove(self, outgoing: Outgoing) -> str:
        """Send somebody away from a portal's forum. Of one topic nobody can be: whoever is in the
        group sees them all.
        """
        portal = ConversationRef(NETWORK, outgoing.text).grouped
        forum = self.topics.forum_of(portal) if portal is not None else None
        if forum is None:
            return ""
        person = int(outgoing.conversation.invited)
        try:
            await self.client.ban_chat_member(forum, person)
            # Lifted at once: they may be invited again.
            await self.client.unban_chat_member(forum, person, only_if_banned=True)
        except (BadRequest, Forbidden) as error:
            raise Refused(f"not removed: {error.message}") from error
        return str(forum)

    async def _find_spot(self, outgoing: Outgoing) -> Spot:
        here = await self.topics.find_existing(outgoing.conversation)
        if here is None:
            raise RoomGone
        return here


_OPERATIONS: Mapping[Operation, Callable[[Speaker, Outgoing], Awaitable[str]]] = {
    Operation.SAY: Speaker._say,
    Operation.EDIT: Speaker._edit,
    Operation.DELETE: Speaker._delete,
    Operation.REACT: Speaker._react,
    Operation.REFRESH: Speaker._refresh,
    Operation.REMOVE: Speaker._remove,
}


def _target(outgoing: Outgoing) -> SentMessage:
    """The message to act on. Raises Refused if its remote id is no message's."""
    target = outgoing.target
    try:
        return parse_sent(target.remote_id if target and target.remote_id else "")
    except ValueError:
        raise Refused("no such message") from None


def _reply_target(outgoing: Outgoing) -> int | None:
    try:
        return _target(outgoing).texts[0]
    except Refused:
        return None
