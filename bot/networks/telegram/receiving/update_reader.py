"""What an update says, as events: a pure reading, before anybody knows which room it is."""

from dataclasses import dataclass, replace
from datetime import datetime

from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    Update,
)

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.receiving.contents import TelegramFile, file_of, not_taken, words
from bot.ports.network import EventKind, Incoming

NETWORK = "telegram"

GENERAL = 0
"""Stands for what is outside topics: in General, or in a group that has none."""

_GONE = frozenset({"kicked", "left"})


@dataclass(frozen=True, slots=True)
class UpdateReader:
    """Whom updates are read for: the bot. `key` is the update's."""

    bot_id: int
    username: str

    def key(self, update: Update) -> str:
        """Unique over bots: each numbers its updates for itself."""
        return f"{self.bot_id}:{update.update_id}"


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and where it happened. `topic` is None where it cannot be told.

    In a private chat the event's place is known; in a group it is a blank to be filled.
    """

    event: Incoming
    chat: int
    topic: int | None = None
    file: TelegramFile | None = None

    @property
    def message(self) -> int | None:
        """A message of that place: the one said, else the one spoken of."""
        named = self.event.message or self.event.target
        return int(named) if named else None


def heard(update: Update, reader: UpdateReader, now: datetime) -> list[Heard]:
    """What a person did; nothing for what is not a person's act, or not ours."""
    key = reader.key(update)
    if update.message is not None:
        return _said(update.message, key, reader)
    if update.edited_message is not None:
        return _edited(update.edited_message, key, reader)
    if update.callback_query is not None:
        return _chosen(update.callback_query, key, now)
    if update.message_reaction is not None:
        return _reacted(update.message_reaction, key)
    if update.my_chat_member is not None:
        return _left(update.my_chat_member, key)
    return []


def migration(update: Update) -> tuple[int, int] | None:
    """The former and the new id of a group that was upgraded."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return None


def without_file(event: Incoming, kind: str) -> list[Incoming]:
    """The event's words, if any, and that what came with them is not taken."""
    other = replace(event, kind=EventKind.SENT_OTHER, text=kind, attachment=None)
    if not event.text:
        return [other]
    return [replace(event, attachment=None), replace(other, key=f"{event.key}:file")]


def _said(message: Message, key: str, reader: UpdateReader) -> list[Heard]:
    event = _written(message, key, reader)
    if event is None:
        return []
    event = replace(event, message=str(message.message_id), target=_answered(message))
    kind, file = not_taken(message), file_of(message)
    topic = _topic(message)
    if kind is not None:
        return [Heard(each, message.chat.id, topic) for each in without_file(event, kind)]
    if event.text or file is not None:
        return [Heard(event, message.chat.id, topic, file)]
    return []


def _edited(message: Message, key: str, reader: UpdateReader) -> list[Heard]:
    event = _written(message, key, reader)
    if event is None or not event.text:
        return []
    event = replace(
        event,
        kind=EventKind.EDITED,
        at=message.edit_date or message.date,
        target=str(message.message_id),
    )
    return [Heard(event, message.chat.id, _topic(message))]


def _written(message: Message, key: str, reader: UpdateReader) -> Incoming | None:
    """The words with their sender; None if no person wrote them, or to another bot."""
    sender, text = _sender(message), words(message, reader.username)
    if sender is None or text is None or message.chat.type == Chat.CHANNEL:
        return None
    return Incoming(_place(message.chat), key, sender, message.date, text)


def _chosen(query: CallbackQuery, key: str, now: datetime) -> list[Heard]:
    message = query.message
    if message is None or not query.data:
        return []
    # Of an old message Telegram tells no more than the id.
    shown = message if isinstance(message, Message) and message.is_accessible else None
    event = Incoming(
        _place(message.chat),
        key,
        str(query.from_user.id),
        now,
        _label(shown, query.data) if shown else "",
        choice=query.data,
        target=str(message.message_id),
    )
    return [Heard(event, message.chat.id, _topic(shown) if shown else None)]


def _reacted(reaction: MessageReactionUpdated, key: str) -> list[Heard]:
    signs = [each.emoji for each in reaction.new_reaction if isinstance(each, ReactionTypeEmoji)]
    if reaction.new_reaction and not signs:
        return []  # A sign of one's own, which other networks cannot show.
    actor = reaction.user or reaction.actor_chat
    if actor is None or (reaction.user is not None and reaction.user.is_bot):
        return []
    event = Incoming(
        _place(reaction.chat),
        key,
        str(actor.id),
        reaction.date,
        signs[0] if signs else "",
        target=str(reaction.message_id),
        kind=EventKind.REACTED,
    )
    # Telegram does not say in which topic the message is.
    return [Heard(event, reaction.chat.id)]


def _left(change: ChatMemberUpdated, key: str) -> list[Heard]:
    """Whoever blocks the bot is gone. Coming back is said by « /start »."""
    if change.chat.type != Chat.PRIVATE or change.new_chat_member.status not in _GONE:
        return []
    sender = str(change.from_user.id)
    event = Incoming(_place(change.chat), key, sender, change.date, kind=EventKind.LEFT)
    return [Heard(event, change.chat.id)]


def _place(chat: Chat) -> ConversationRef:
    return ConversationRef(NETWORK, str(chat.id) if chat.type == Chat.PRIVATE else "")


def _topic(message: Message) -> int:
    """In General, replies bear a number of thread that is no topic."""
    return (message.message_thread_id or GENERAL) if message.is_topic_message else GENERAL


def _sender(message: Message) -> str | None:
    if message.sender_chat is not None:
        # An administrator who hides behind the group; what a channel sends by itself is no word.
        return None if message.is_automatic_forward else str(message.sender_chat.id)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return str(message.from_user.id)


def _answered(message: Message) -> str | None:
    """The message answered; in a topic every message answers at least the one that made it."""
    answered = message.reply_to_message
    if answered is None or answered.message_id == message.message_thread_id:
        return None
    return str(answered.message_id)


def _label(message: Message, key: str) -> str:
    markup = message.reply_markup
    rows = markup.inline_keyboard if markup is not None else ()
    return next((button.text for row in rows for button in row if button.callback_data == key), "")
