"""What a message holds besides words: a file that is taken, or something that is not."""

from dataclasses import dataclass

from telegram import Message

DOWNLOAD_MOST = 20_971_520
"""Bytes. https://core.telegram.org/bots/api#getfile"""

_NOT_TAKEN = {
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "sticker": "sticker",
    "poll": "poll",
    "contact": "contact",
    "venue": "location",
    "location": "location",
    "dice": "other",
    "game": "other",
    "story": "other",
    "invoice": "other",
    "paid_media": "other",
    "giveaway": "other",
    "checklist": "other",
}
"""Contents of a message, and what each is named to the one who hears that it is not taken.

An animation is a document too: it is looked for first.
"""


@dataclass(frozen=True, slots=True)
class TelegramFile:
    """A file that lies at Telegram's."""

    id: str
    name: str
    media_type: str
    size: int


def not_taken(message: Message) -> str | None:
    """What the message holds that is not taken, by its name in `bot.ports.network.OTHER`."""
    found = (kind for name, kind in _NOT_TAKEN.items() if getattr(message, name, None))
    kind = next(found, None)
    file = file_of(message)
    if kind is None and file is not None and file.size > DOWNLOAD_MOST:
        return "too_large"
    return kind


def file_of(message: Message) -> TelegramFile | None:
    """The document, or the photograph in its largest size."""
    document = message.document
    if document is not None:
        media_type = document.mime_type or "application/octet-stream"
        name = document.file_name or f"document-{message.message_id}"
        return TelegramFile(document.file_id, name, media_type, document.file_size or 0)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        name = f"photo-{message.message_id}.jpg"
        return TelegramFile(largest.file_id, name, "image/jpeg", largest.file_size or 0)
    return None


def words(message: Message, username: str) -> str | None:
    """What is written, hidden addresses shown; None if it is a command for another bot."""
    text = message.text if message.text is not None else message.caption or ""
    entities = message.entities or message.caption_entities
    raw = text.encode("utf-16-le")
    for entity in sorted(entities, key=lambda entity: -entity.offset):
        if entity.type == "text_link" and entity.url:
            end = 2 * (entity.offset + entity.length)
            shown = raw[2 * entity.offset : end].decode("utf-16-le", "replace")
            if shown != entity.url:
                raw = raw[:end] + f" ({entity.url})".encode("utf-16-le") + raw[end:]
    return _for_us(raw.decode("utf-16-le", "replace"), username)


def _for_us(text: str, username: str) -> str | None:
    """« /aide@filrouge_bot » is « /aide »."""
    first, space, rest = text.partition(" ")
    command, at, bot = first.partition("@")
    if not text.startswith("/") or not at:
        return text
    return command + space + rest if bot.lower() == username.lower() else None
