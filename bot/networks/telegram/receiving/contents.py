"""What a message on Telegram holds: words, a file that we take, or something that we do not."""

from dataclasses import dataclass

from telegram import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.domain.wording.markup import ending, said
from bot.domain.wording.mentions import without_mention
from bot.networks.telegram.receiving.entities import read_entities

DOWNLOAD_MOST = 20_971_520
"""The largest file that a bot may download, in bytes. https://core.telegram.org/bots/api#getfile"""

_NOT_TAKEN = {
    "sticker": ("sticker",),
    "poll": ("poll",),
    "contact": ("contact",),
    "location": ("location", "venue"),
    "other": ("dice", "game", "story", "invoice", "paid_media", "giveaway", "checklist"),
}
"""The words of `OTHER_CONTENT`, with the fields of a message that hold what we do not take.
"""

_RECORDINGS = (("voice", "ogg"), ("audio", "mp3"), ("video", "mp4"), ("video_note", "mp4"))
"""Fields that hold a sound or a film, and how the name of one without a name ends."""

_MEDIA_TYPES = {"ogg": "audio/ogg", "mp3": "audio/mpeg", "mp4": "video/mp4"}


@dataclass(frozen=True, slots=True)
class TelegramFile:
    """A file on Telegram's server, of `size` bytes."""

    id: str
    name: str
    media_type: str
    size: int


def untaken_content(message: Message) -> str | None:
    """The word of `OTHER_CONTENT` for what the message holds that we do not take, if anything."""
    for kind, names in _NOT_TAKEN.items():
        if any(getattr(message, name, None) for name in names):
            return kind
    file = find_file(message)
    return "too_large" if file is not None and file.size > DOWNLOAD_MOST else None


def find_file(message: Message) -> TelegramFile | None:
    """The document, the sound or film, or the photograph in its largest size, if there is one."""
    document = message.document
    if document is not None:
        media_type = document.mime_type or "application/octet-stream"
        name = document.file_name or f"document-{message.message_id}"
        return TelegramFile(document.file_id, name, media_type, document.file_size or 0)
    for field, suffix in _RECORDINGS:
        recording = getattr(message, field, None)
        if recording is not None:
            media_type = getattr(recording, "mime_type", None) or _MEDIA_TYPES[suffix]
            name = getattr(recording, "file_name", None) or f"{field}-{message.message_id}.{suffix}"
            return TelegramFile(recording.file_id, name, media_type, recording.file_size or 0)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        name = f"photo-{message.message_id}.jpg"
        return TelegramFile(largest.file_id, name, "image/jpeg", largest.file_size or 0)
    return None


def forwarded_from(message: Message) -> str | None:
    """The name of whose words a message passes on; None if they are its sender's."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return chat.effective_name or "?"
    return None


def quoted(message: Message) -> str | None:
    """The words that the sender picked out of the message answered, here or elsewhere."""
    quote = message.quote
    return quote.text if quote is not None and quote.text.strip() else None


def words(message: Message, username: str) -> tuple[str, str | None] | None:
    """The words, with the addresses of links shown and without a mention of us at their beginning,
    and their markup, unless they say it all; None if they are a command for another bot.
    """
    written = message.text if message.text is not None else message.caption or ""
    entities = message.entities or message.caption_entities
    text, markup = said(read_entities(written, entities)) if entities else (written, None)
    text = written if markup is None else text
    for_us = _for_us(without_mention(text, (f"@{username}",)), username)
    return None if for_us is None else (for_us, ending(markup, for_us))


def _for_us(text: str, username: str) -> str | None:
    """« /aide@filrouge_bot » becomes « /aide »; None if it names another bot."""
    first, space, rest = text.partition(" ")
    command, at, bot = first.partition("@")
    if not text.startswith("/") or not at:
        return text
    return command + space + rest if bot.lower() == username.lower() else None
