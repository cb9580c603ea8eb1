"""The methods by which the bot speaks: sending, editing, deleting, reacting, files."""

from collections.abc import Mapping
from typing import Any

from tests.support.botapi.entities import parse_html, trim, utf16
from tests.support.botapi.parameters import Parameters, Upload
from tests.support.botapi.reactions import ALLOWED
from tests.support.botapi.refusals import Refusal, bad
from tests.support.botapi.world import Chat, Json, World, labels, without_replies

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_DATA = 64
UPLOAD_MOST = 50_000_000
DELETED_WITHIN_S = 48 * 3600


def send_message(world: World, call: Parameters) -> Json:
    """sendMessage."""
    chat = world.chat(call.required("chat_id"))
    words = _words(call, "text", LONGEST_TEXT, "message is too long")
    if not words["text"]:
        raise bad("message text is empty")
    return _send(world, chat, words, call)


def send_document(world: World, call: Parameters) -> Json:
    """sendDocument, with a file of its own or one that is already there."""
    chat = world.chat(call.required("chat_id"))
    caption = _words(call, "caption", LONGEST_CAPTION, "message caption is too long")
    stored = _find_file(world, call, "document")
    document = {
        "file_id": stored["file_id"],
        "file_unique_id": stored["file_unique_id"],
        "file_name": stored["name"],
        "mime_type": stored["media_type"],
        "file_size": stored["size"],
    }
    return _send(world, chat, {"document": document} | caption, call)


def send_photo(world: World, call: Parameters) -> Json:
    """sendPhoto."""
    chat = world.chat(call.required("chat_id"))
    caption = _words(call, "caption", LONGEST_CAPTION, "message caption is too long")
    stored = _find_file(world, call, "photo")
    size = {
        "file_id": stored["file_id"],
        "file_unique_id": stored["file_unique_id"],
        "file_size": stored["size"],
        "width": 1280,
        "height": 960,
    }
    return _send(world, chat, {"photo": [size]} | caption, call)


def edit_message_text(world: World, call: Parameters) -> Json:
    """editMessageText. Without reply_markup the buttons go."""
    message = _own(world, call)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    words = _words(call, "text", LONGEST_TEXT, "message is too long")
    if not words["text"]:
        raise bad("message text is empty")
    return _edit(world, message, {"text": "", "entities": []} | words, call)


def edit_message_caption(world: World, call: Parameters) -> Json:
    """editMessageCaption."""
    message = _own(world, call)
    if "text" in message:
        raise bad("there is no caption in the message to edit")
    words = _words(call, "caption", LONGEST_CAPTION, "message caption is too long")
    return _edit(world, message, {"caption": "", "caption_entities": []} | words, call)


def edit_message_reply_markup(world: World, call: Parameters) -> Json:
    """editMessageReplyMarkup."""
    return _edit(world, _own(world, call), {}, call)


def delete_message(world: World, call: Parameters) -> bool:
    """deleteMessage."""
    chat = world.chat(call.required("chat_id"))
    message = chat.messages.get(call.required("message_id"))
    if message is None:
        raise bad("message to delete not found")
    own = message["from"]["id"] == world.bot.id
    if message["date"] < world.now() - DELETED_WITHIN_S:
        raise bad("message can't be deleted for everyone")
    if not own and chat.type != "private" and not chat.bot_is_admin:
        raise bad("message can't be deleted")
    del chat.messages[message["message_id"]]
    return True


def set_message_reaction(world: World, call: Parameters) -> bool:
    """setMessageReaction."""
    chat = world.chat(call.required("chat_id"))
    message = chat.messages.get(call.required("message_id"))
    if message is None:
        raise bad("message to react not found")
    wanted = call.json("reaction") or []
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    emoji = wanted[0].get("emoji", "") if wanted else ""
    if wanted and emoji.replace("\ufe0f", "") not in ALLOWED:
        raise bad("REACTION_INVALID")
    message.setdefault("_reactions", {})[world.bot.id] = emoji
    return True


def get_file(world: World, call: Parameters) -> Json:
    """getFile: at most 20 MB."""
    stored = world.files.get(call.text("file_id"))
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored.size > 20_971_520:
        raise bad("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": f"u{stored.id[-10:]}",
        "file_size": stored.size,
        "file_path": stored.path,
    }


def _send(world: World, chat: Chat, content: Json, call: Parameters) -> Json:
    topic = call.integer("message_thread_id")
    if topic is not None and (not chat.is_forum or topic not in chat.topics):
        raise bad("message thread not found")
    if chat.muted:
        raise bad("not enough rights to send text messages to the chat")
    content = content | _keyboard(call) | _reply_target(chat, call)
    if topic is not None and "reply_to_message" not in content:
        content["reply_to_message"] = without_replies(chat.messages[topic])
    world.limits.take(chat.id)
    return world.post(chat, world.bot, content, topic)


def _words(call: Parameters, field: str, most: int, too_long: str) -> Json:
    """The words of a call and their entities, checked."""
    text, entities = (
        call.text(field),
        call.json(f"{field}_entities" if field == "caption" else "entities"),
    )
    mode = call.text("parse_mode")
    found = list(entities or [])
    if mode:
        if mode.lower() != "html":
            raise bad("unsupported parse_mode")
        text, found = parse_html(text)
    text, found = trim(text, found)
    if utf16(text) > most:
        raise bad(too_long)
    named = "entities" if field == "text" else f"{field}_entities"
    shown: Json = {field: text} if text or field == "text" else {}
    return shown | ({named: found} if found else {})


def _keyboard(call: Parameters) -> Json:
    markup = call.json("reply_markup")
    if not markup:
        return {}
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list):
        raise bad("can't parse reply keyboard markup JSON object")
    for row in rows:
        for button in row:
            if not button.get("text"):
                raise bad('can\'t parse inline keyboard button: field "text" must be non-empty')
            if not 1 <= len(button.get("callback_data", "").encode()) <= LONGEST_DATA:
                raise bad("BUTTON_DATA_INVALID")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _reply_target(chat: Chat, call: Parameters) -> Json:
    wanted = call.json("reply_parameters")
    if not wanted:
        return {}
    message = chat.messages.get(int(wanted["message_id"]))
    if message is not None:
        return {"reply_to_message": without_replies(message)}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def _own(world: World, call: Parameters) -> Json:
    chat = world.chat(call.required("chat_id"))
    message = chat.messages.get(call.required("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != world.bot.id:
        raise bad("message can't be edited")
    return message


def _edit(world: World, message: Json, words: Json, call: Parameters) -> Json:
    keyboard = _keyboard(call)
    same = all(value == message.get(name, type(value)()) for name, value in words.items())
    if same and list(labels(keyboard)) == list(labels(message)):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    message.pop("reply_markup", None)
    message |= words | keyboard | {"edit_date": int(world.now())}
    for name in ("entities", "caption_entities", "caption"):
        if name in message and not message[name]:
            del message[name]
    return message


def _find_file(world: World, call: Parameters, field: str) -> Mapping[str, Any]:
    upload = call.upload(field)
    if upload is None:
        known = world.files.get(call.text(field))
        if known is None:
            raise bad("there is no " + field + " in the request")
        upload = Upload(known.name, known.media_type, known.content)
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > UPLOAD_MOST:
        raise Refusal(413, "Request Entity Too Large")
    stored = world.store(upload.name, upload.media_type, upload.content)
    return {
        "file_id": stored.id,
        "file_unique_id": f"u{stored.id[-10:]}",
        "name": stored.name,
        "media_type": stored.media_type,
        "size": stored.size,
    }
