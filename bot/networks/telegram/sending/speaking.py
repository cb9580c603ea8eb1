"""Does what outgoing messages ask: says, edits, deletes, reacts, renames."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.networks.telegram.api.client import Client
from bot.networks.telegram.api.failures import says, topic_gone, translated
from bot.networks.telegram.api.formatting import LONGEST_CAPTION, parts
from bot.networks.telegram.api.reactions import allowed
from bot.networks.telegram.rooms.known_messages import Whereabouts
from bot.networks.telegram.rooms.remote_ids import Sent, Spot, named, sent
from bot.networks.telegram.rooms.topics import Topics, is_room
from bot.networks.telegram.sending.composing import Piece, composed, marked
from bot.networks.telegram.sending.posting import Poster
from bot.networks.telegram.settings import TelegramWords
from bot.ports.network import Operation, Outgoing, Refused, RetryLater, RoomGone, Uncertain

MOST_TRIES_MIDWAY = 3
LONGEST_WAIT_MIDWAY = timedelta(seconds=10)
"""Between two parts of a message we wait where we are, so often and so long: the whole of it has
to end within the outbox's lease.
"""


class Speaker:
    """What the bot says and does, each act under the port's errors."""

    def __init__(
        self,
        client: Client,
        topics: Topics,
        poster: Poster,
        whereabouts: Whereabouts,
        words: TelegramWords,
    ) -> None:
        self._client = client
        self._topics = topics
        self._poster = poster
        self._whereabouts = whereabouts
        self._words = words
        self._acts: Mapping[Operation, Callable[[Outgoing], Awaitable[str]]] = {
            Operation.SAY: self._say,
            Operation.EDIT: self._edit,
            Operation.DELETE: self._delete,
            Operation.REACT: self._react,
            Operation.REFRESH: self._refresh,
        }

    async def perform(self, outgoing: Outgoing) -> str:
        """Do the act; return the remote id of the message said or changed. Raises DeliveryError:
        RetryLater only if no part that a second try would repeat has gone.
        """
        if outgoing.operation not in self._acts:
            raise Refused
        try:
            return await self._where_it_moved(outgoing)
        except TelegramError as error:
            raise translated(
                error,
                repeatable=outgoing.operation is not Operation.SAY,
                in_group=is_room(outgoing.conversation),
            ) from error

    async def _where_it_moved(self, outgoing: Outgoing) -> str:
        """Do it; once more if the group turns out to have a new id."""
        act = self._acts[outgoing.operation]
        try:
            return await act(outgoing)
        except ChatMigrated as error:
            here = await self._topics.known(outgoing.conversation)
            if here is None:
                raise
            await self._topics.moved(here.chat, error.new_chat_id)
            return await act(outgoing)

    async def _say(self, outgoing: Outgoing) -> str:
        here = await self._topics.find(outgoing.conversation)
        try:
            return await self._post(outgoing, here)
        except BadRequest as error:
            if here.topic is None or not topic_gone(error):
                raise
        # What was said of it in the topic is gone with it.
        return await self._post(outgoing, await self._topics.reopen(outgoing.conversation))

    async def _post(self, outgoing: Outgoing, here: Spot) -> str:
        pieces = composed(outgoing, self._words)
        if not pieces:
            raise Refused("there is nothing to say")
        self._poster.reserve(here, len(pieces))
        ids = await self._in_order(pieces, here, _answered(outgoing))
        if here.topic is not None:
            for message_id in ids:
                self._whereabouts.add(here.chat, message_id, outgoing.conversation.name)
        message = named(ids, file_apart=pieces[-1].file is not None)
        self._whereabouts.add_sent(here.chat, message)
        return message.remote_id

    async def _in_order(
        self, pieces: Sequence[Piece], here: Spot, answers: int | None = None
    ) -> list[int]:
        """Post them all, the first in answer to a message; return their ids."""
        ids: list[int] = []
        for piece in pieces:
            if ids:
                ids.append(await self._next(piece, here))
            else:
                ids.append(await self._poster.post(piece, here, answers))
        return ids

    async def _next(self, piece: Piece, here: Spot) -> int:
        """Post what follows a part that has gone: a message tried again later would begin anew.
        Raises Uncertain where it would have to wait too long.
        """
        for _ in range(MOST_TRIES_MIDWAY):
            try:
                return await self._poster.post(piece, here, None)
            except TelegramError as error:
                failure = translated(error, repeatable=False, in_group=here.chat < 0)
                if not isinstance(failure, RetryLater):
                    raise
            if failure.after > LONGEST_WAIT_MIDWAY:
                break
            await asyncio.sleep(failure.after.total_seconds())
        raise Uncertain("stopped midway")

    async def _added(self, pieces: Sequence[Piece], here: Spot) -> list[int]:
        """Post what an edit adds: unlike the rest of it, this cannot be done twice."""
        try:
            return await self._in_order(pieces, here)
        except TelegramError as error:
            raise translated(error, repeatable=False, in_group=here.chat < 0) from error

    async def _edit(self, outgoing: Outgoing) -> str:
        here = await self._there(outgoing)
        # An earlier edit may have added parts, or taken some away.
        first, conversation = str(_target(outgoing).texts[0]), outgoing.conversation.name
        target = sent(await self._whereabouts.whole(here.chat, first, conversation))
        texts = parts(marked(outgoing, self._words))
        if not texts:
            raise Refused("there is nothing to say")
        pieces = [Piece(part) for part in texts[:-1]] + [Piece(texts[-1], None, outgoing.choices)]
        self._poster.reserve(here, len(pieces))
        try:
            await self._put(here, target.texts[0], pieces[0])
        except BadRequest as error:
            if not says(error, "no text in the message"):
                raise
            return await self._edit_caption(outgoing, here, target)
        for message, piece in zip(target.texts[1:], pieces[1:], strict=False):
            await self._put(here, message, piece)
        for message in target.texts[len(pieces) :]:
            await self._erase(here, message)
        kept = target.texts[: len(pieces)]
        added = await self._added(pieces[len(kept) :], here)
        edited = Sent((*kept, *added), target.file)
        self._whereabouts.add_sent(here.chat, edited)
        return edited.remote_id

    async def _put(self, here: Spot, message: int, piece: Piece) -> None:
        await self._poster.edit(here, message, piece.part, piece.choices)

    async def _edit_caption(self, outgoing: Outgoing, here: Spot, target: Sent) -> str:
        """Words under a file; what does not fit there is said after it."""
        first, *rest = parts(marked(outgoing, self._words), LONGEST_CAPTION)
        choices = () if rest else outgoing.choices
        self._poster.reserve(here, 1 + len(rest))
        await self._poster.edit_caption(here, target.texts[0], first, choices)
        pieces = [Piece(part, None, outgoing.choices if part is rest[-1] else ()) for part in rest]
        added = await self._added(pieces, here)
        return Sent((target.texts[0], *added), target.file).remote_id

    async def _delete(self, outgoing: Outgoing) -> str:
        here, target = await self._there(outgoing), _target(outgoing)
        for message in target.all:
            await self._erase(here, message)
        return target.remote_id

    async def _erase(self, here: Spot, message: int) -> None:
        """Delete a message; after two days Telegram only lets its words be changed."""
        try:
            await self._client.delete_message(here.chat, message)
        except BadRequest as error:
            if says(error, "message to delete not found"):
                return
            if not says(error, "can't be deleted"):
                raise
            await self._blank(here, message)

    async def _blank(self, here: Spot, message: int) -> None:
        part = parts(self._words.deleted)[0]
        self._poster.reserve(here, 1)
        try:
            await self._poster.edit(here, message, part, ())
        except BadRequest as error:
            if not says(error, "no text in the message"):
                raise
            await self._poster.edit_caption(here, message, part, ())

    async def _react(self, outgoing: Outgoing) -> str:
        here, target = await self._there(outgoing), _target(outgoing)
        sign = allowed(outgoing.text) if outgoing.text else None
        if outgoing.text and sign is None:
            raise Refused("Telegram has no such reaction")
        await self._client.set_message_reaction(here.chat, target.texts[0], reaction=sign)
        return target.remote_id

    async def _refresh(self, outgoing: Outgoing) -> str:
        try:
            await self._topics.rename(outgoing.conversation)
        except BadRequest as error:
            if topic_gone(error):
                await self._topics.reopen(outgoing.conversation)
            elif not says(error, "topic_not_modified"):
                raise
        here = await self._topics.known(outgoing.conversation)
        return here.remote if here is not None and here.topic is not None else ""

    async def _there(self, outgoing: Outgoing) -> Spot:
        here = await self._topics.known(outgoing.conversation)
        if here is None:
            raise RoomGone
        return here


def _target(outgoing: Outgoing) -> Sent:
    """The message spoken of. Raises Refused if there is none of that name."""
    target = outgoing.target
    try:
        return sent(target.remote_id if target and target.remote_id else "")
    except ValueError:
        raise Refused("no such message") from None


def _answered(outgoing: Outgoing) -> int | None:
    """The message answered: its first part."""
    try:
        return _target(outgoing).texts[0]
    except Refused:
        return None
