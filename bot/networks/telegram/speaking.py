"""Does what outgoing messages ask: says, edits, deletes, reacts, renames."""

from collections.abc import Awaitable, Callable, Mapping

from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.networks.telegram.client import Client
from bot.networks.telegram.composing import Piece, composed, marked
from bot.networks.telegram.failures import says, topic_gone, translated
from bot.networks.telegram.formatting import LONGEST_CAPTION, parts
from bot.networks.telegram.posting import Poster
from bot.networks.telegram.reactions import allowed
from bot.networks.telegram.remote_ids import Sent, Spot, named, sent
from bot.networks.telegram.settings import TelegramWords
from bot.networks.telegram.topics import Topics
from bot.networks.telegram.whereabouts import Whereabouts
from bot.ports.network import Act, Outgoing, PlaceGone, Refused, RetryLater


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
        self._sent: dict[str, list[int]] = {}
        self._acts: Mapping[Act, Callable[[Outgoing], Awaitable[str]]] = {
            Act.SAY: self._say,
            Act.EDIT: self._edit,
            Act.DELETE: self._delete,
            Act.REACT: self._react,
            Act.REFRESH: self._refresh,
        }

    async def perform(self, outgoing: Outgoing) -> str:
        """Do the act; return the remote id of the message said or changed. Raises DeliveryError.

        Asked to wait in the middle of a message in parts, it goes on there when tried again.
        """
        if outgoing.act not in self._acts:
            raise Refused
        try:
            remote_id = await self._where_it_moved(outgoing)
        except TelegramError as error:
            failure = translated(error, repeatable=outgoing.act is not Act.SAY)
            if not isinstance(failure, RetryLater):
                self._sent.pop(outgoing.key, None)
            raise failure from error
        except RetryLater:
            raise
        except BaseException:
            self._sent.pop(outgoing.key, None)
            raise
        self._sent.pop(outgoing.key, None)
        return remote_id

    async def _where_it_moved(self, outgoing: Outgoing) -> str:
        """Do it; once more if the group turns out to have a new id."""
        act = self._acts[outgoing.act]
        try:
            return await act(outgoing)
        except ChatMigrated as error:
            here = await self._topics.known(outgoing.place)
            if here is None:
                raise
            await self._topics.moved(here.chat, error.new_chat_id)
            return await act(outgoing)

    async def _say(self, outgoing: Outgoing) -> str:
        here = await self._topics.find(outgoing.place)
        try:
            return await self._post(outgoing, here)
        except BadRequest as error:
            if here.topic is None or not topic_gone(error):
                raise
        # What was said of it in the topic is gone with it.
        self._sent.pop(outgoing.key, None)
        return await self._post(outgoing, await self._topics.reopen(outgoing.place))

    async def _post(self, outgoing: Outgoing, here: Spot) -> str:
        pieces = composed(outgoing, self._words)
        if not pieces:
            raise Refused("there is nothing to say")
        ids = self._sent.setdefault(outgoing.key, [])
        for piece in pieces[len(ids) :]:
            answers = _answered(outgoing) if not ids else None
            ids.append(await self._poster.post(piece, here, answers))
            if here.topic is not None:
                self._whereabouts.add(here.chat, ids[-1], outgoing.place.conversation)
        message = named(ids, file_apart=pieces[-1].file is not None)
        self._whereabouts.add_sent(here.chat, message)
        return message.remote_id

    async def _edit(self, outgoing: Outgoing) -> str:
        here = await self._there(outgoing)
        # An earlier edit may have added parts, or taken some away.
        first, conversation = str(_target(outgoing).texts[0]), outgoing.place.conversation
        target = sent(await self._whereabouts.whole(here.chat, first, conversation))
        texts = parts(marked(outgoing, self._words))
        if not texts:
            raise Refused("there is nothing to say")
        pieces = [Piece(part) for part in texts[:-1]] + [Piece(texts[-1], None, outgoing.choices)]
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
        ids = list(target.texts[: len(pieces)])
        for piece in pieces[len(ids) :]:
            ids.append(await self._poster.post(piece, here, None))  # noqa: PERF401
        edited = Sent(tuple(ids), target.file)
        self._whereabouts.add_sent(here.chat, edited)
        return edited.remote_id

    async def _put(self, here: Spot, message: int, piece: Piece) -> None:
        await self._poster.edit(here, message, piece.part, piece.choices)

    async def _edit_caption(self, outgoing: Outgoing, here: Spot, target: Sent) -> str:
        """Words under a file; what does not fit there is said after it."""
        first, *rest = parts(marked(outgoing, self._words), LONGEST_CAPTION)
        choices = () if rest else outgoing.choices
        await self._poster.edit_caption(here, target.texts[0], first, choices)
        ids = [target.texts[0]]
        for part in rest:
            piece = Piece(part, None, outgoing.choices if part is rest[-1] else ())
            ids.append(await self._poster.post(piece, here, None))
        return Sent(tuple(ids), target.file).remote_id

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
            await self._topics.rename(outgoing.place)
        except BadRequest as error:
            if topic_gone(error):
                await self._topics.reopen(outgoing.place)
            elif not says(error, "topic_not_modified"):
                raise
        here = await self._topics.known(outgoing.place)
        return here.remote if here is not None and here.topic is not None else ""

    async def _there(self, outgoing: Outgoing) -> Spot:
        here = await self._topics.known(outgoing.place)
        if here is None:
            raise PlaceGone
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
