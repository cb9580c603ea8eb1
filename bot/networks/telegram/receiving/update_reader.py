"""Reads an update as what a person did. Pure: in a group, the conversation is found afterwards."""

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
from bot.networks.telegram.receiving.contents import (
    TelegramFile,
    find_file,
    forwarded_from,
    quoted,
    untaken_content,
    words,
)
from bot.networks.telegram.settings import NETWORK
from bot.ports.network import EventKind, Incoming

GENERAL = 0
"""The topic of what is outside topics: in General, or in a group without topics."""

_GONE = frozenset({"kicked", "left"})


@dataclass(frozen=True, slots=True)
class LocatedEvent:
    """What a person did, and in which chat and topic. `topic` is None where Telegram does not say.

    The event's conversation is that of the private chat; in a group its name is empty.
    """

    event: Incoming
    chat: int
    topic: int | None = None
    file: TelegramFile | None = None

    @property
    def message(self) -> int | None:
        """A message of that topic: the one said, else the one spoken of."""
        named = self.event.message or self.event.target
        return int(named) if named else None


@dataclass(frozen=True, slots=True)
class UpdateReader:
    """Reads updates for one bot."""

    bot_id: int
    username: str

    def read(self, update: Update, now: datetime) -> list[LocatedEvent]:
        """What a person did; nothing if it is no person's act or does not concern the bot."""
        # Each bot numbers its updates for itself.
        key = f"{self.bot_id}:{update.update_id}"
        if update.message is not None:
            return _read_message(update.message, key, self.username)
        if update.edited_message is not None:
            return _read_edit(update.edited_message, key, self.username)
        if update.callback_query is not None:
            return _read_choice(update.callback_query, key, now)
        if update.message_reaction is not None:
            return _read_reaction(update.message_reaction, key)
        if update.my_chat_member is not None:
            return _read_block(update.my_chat_member, key)
        return []


def find_migration(update: Update) -> tuple[int, int] | None:
    """The former and the new id of a group, if the update says that it was upgraded."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return None


def without_file(event: Incoming, kind: str) -> list[Incoming]:
    """The event's words, if any, then the news that what came with them is not taken."""
    other = replace(event, kind=EventKind.SENT_OTHER, text=kind, markup=None, attachment=None)
    if not event.text:
        return [other]
    return [replace(event, attachment=None), replace(other, key=f"{event.key}:file")]


def _read_message(message: Message, key: str, username: str) -> list[LocatedEvent]:
    event = _read_words(message, key, username)
    if event is None:
        return []
    if message.sender_chat is not None and message.chat.type != Chat.PRIVATE:
        hidden = replace(event, kind=EventKind.SENT_OTHER, text="anonymous")
        hidden = replace(hidden, message=str(message.message_id))
        return [LocatedEvent(hidden, message.chat.id, _topic(message))]
    event = replace(
        event,
        message=str(message.message_id),
        target=_reply_target(message),
        forwarded_from=forwarded_from(message),
        quoted=quoted(message),
    )
    kind, file = untaken_content(message), find_file(message)
    topic = _topic(message)
    if kind is not None:
        return [LocatedEvent(each, message.chat.id, topic) for each in without_file(event, kind)]
    if event.text or file is not None:
        return [LocatedEvent(event, message.chat.id, topic, file)]
    return []


def _read_edit(message: Message, key: str, username: str) -> list[LocatedEvent]:
    event = _read_words(message, key, username)
    if event is None or not event.text:
        return []
    event = replace(
        event,
        kind=EventKind.EDITED,
        at=message.edit_date or message.date,
        target=str(message.message_id),
    )
    return [LocatedEvent(event, message.chat.id, _topic(message))]


def _read_words(message: Message, key: str, username: str) -> Incoming | None:
    """The words and their sender; None if no person wrote them, or they are for another bot."""
    sender, said = _sender(message), words(message, username)
    if sender is None or said is None or message.chat.type == Chat.CHANNEL:
        return None
    text, markup = said
    return Incoming(_conversation(message.chat), key, sender, message.date, text, markup=markup)


def _read_choice(query: CallbackQuery, key: str, now: datetime) -> list[LocatedEvent]:
    message = query.message
    if message is None or not query.data:
        return []
    # Of an old message Telegram tells only the id.
    shown = message if isinstance(message, Message) and message.is_accessible else None
    event = Incoming(
        _conversation(message.chat),
        key,
        str(query.from_user.id),
        now,
        _label(shown, query.data) if shown else "",
        choice=query.data,
        target=str(message.message_id),
    )
    return [LocatedEvent(event, message.chat.id, _topic(shown) if shown else None)]


def _read_reaction(reaction: MessageReactionUpdated, key: str) -> list[LocatedEvent]:
    signs = [each.emoji for each in reaction.new_reaction if isinstance(each, ReactionTypeEmoji)]
    if reaction.new_reaction and not signs:
        return []  # A custom emoji, which other networks cannot show.
    actor = reaction.user or reaction.actor_chat
    if actor is None or (reaction.user is not None and reaction.user.is_bot):
        return []
    event = Incoming(
        _conversation(reaction.chat),
        key,
        str(actor.id),
        reaction.date,
        signs[0] if signs else "",
        target=str(reaction.message_id),
        kind=EventKind.REACTED,
    )
    # Telegram does not say in which topic the message is.
    return [LocatedEvent(event, reaction.chat.id)]


def _read_block(change: ChatMemberUpdated, key: str) -> list[LocatedEvent]:
    """Whoever blocks the bot has left. They come back with « /start »."""
    if change.chat.type != Chat.PRIVATE or change.new_chat_member.status not in _GONE:
        return []
    sender = str(change.from_user.id)
    event = Incoming(_conversation(change.chat), key, sender, change.date, kind=EventKind.LEFT)
    return [LocatedEvent(event, change.chat.id)]


def _conversation(chat: Chat) -> ConversationRef:
    return ConversationRef(NETWORK, str(chat.id) if chat.type == Chat.PRIVATE else "")


def _topic(message: Message) -> int:
    """The topic; in General, replies have a thread id that is no topic's."""
    return (message.message_thread_id or GENERAL) if message.is_topic_message else GENERAL


def _sender(message: Message) -> str | None:
    if message.sender_chat is not None:
        # An anonymous administrator writes as the group; a channel forwards posts by itself.
        return None if message.is_automatic_forward else str(message.sender_chat.id)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return str(message.from_user.id)


def _reply_target(message: Message) -> str | None:
    """The message answered; in a topic, each message answers the one that opened it, or another."""
    answered = message.reply_to_message
    if answered is None or answered.message_id == message.message_thread_id:
        return None
    return str(answered.message_id)


def _label(message: Message, key: str) -> str:
    markup = message.reply_markup
    rows = markup.inline_keyboard if markup is not None else ()
    return next((button.text for row in rows for button in row if button.callback_data == key), "")
