"""All that the server keeps: users, chats, topics, messages, files."""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.faults import Faults
from tests.support.botapi.limits import Limits
from tests.support.botapi.refusals import bad, forbidden
from tests.support.botapi.updates import Updates

Json = dict[str, Any]

BOT_ID = 7_000_000_001
TOKEN = f"{BOT_ID}:AAF-strict_local_Bot_API_server_000"


@dataclass
class User:
    """Somebody on Telegram."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False

    def body(self) -> Json:
        shown = {"last_name": self.last_name, "username": self.username}
        return {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            **{name: value for name, value in shown.items() if value},
        }


@dataclass
class Topic:
    """A topic of a forum. Its id is that of the message that made it."""

    id: int
    name: str


@dataclass
class StoredFile:
    """A file on the server: `size` may be more than what is really kept."""

    id: str
    name: str
    media_type: str
    content: bytes
    size: int
    path: str = ""


@dataclass
class Chat:
    """A chat, and what it shows. `closed` is why the bot may not write there, or empty; `muted`:
    its rights there do not go so far.
    """

    id: int
    type: str
    title: str = ""
    user: User | None = None
    is_forum: bool = False
    bot_is_admin: bool = True
    closed: str = ""
    muted: bool = False
    migrated_to: int | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    banned: set[int] = field(default_factory=set)
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def body(self) -> Json:
        if self.user is not None:
            named = self.user.body()
            kept = ("first_name", "last_name", "username")
            return {"id": self.id, "type": self.type} | {k: named[k] for k in kept if k in named}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.type, "title": self.title} | forum


class World:
    """What the server keeps, for one bot."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._users = itertools.count(101)
        self._groups = itertools.count(1)
        self._files = itertools.count(1)
        self.bot = User(BOT_ID, "Fil Rouge", username="filrouge_bot", is_bot=True)
        self.token = TOKEN
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.updates = Updates(self.now)
        self.limits = Limits(self.now)
        self.faults = Faults()
        self.commands: list[Json] = []
        self.queries: dict[str, Json] = {}
        self.answered_queries: list[str] = []
        self.calls: list[str] = []
        self.webhook: Json = {}

    def now(self) -> float:
        """The server's time, in seconds."""
        return time.time() + self._passed

    def pass_time(self, seconds: float) -> None:
        """Move the server's time on."""
        self._passed += seconds

    def add_user(self, first_name: str, last_name: str = "", username: str = "") -> User:
        user = User(next(self._users), first_name, last_name, username)
        self.users[user.id] = user
        return user

    def private(self, user: User) -> Chat:
        """The private chat of a user with the bot, made if there is none."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", user=user, members={user.id})
        return self.chats[user.id]

    def add_group(self, title: str, *, forum: bool = False, supergroup: bool = False) -> Chat:
        """A group of which the bot is an administrator."""
        number = next(self._groups)
        great = forum or supergroup
        chat_id = -1_001_000_000_000 - number if great else -4_000_000 - number
        chat = Chat(chat_id, "supergroup" if great else "group", title, is_forum=forum)
        self.chats[chat_id] = chat
        return chat

    def chat(self, chat_id: int) -> Chat:
        """The chat that the bot writes to. Raises Refusal if the bot may not write there."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        if chat.migrated_to is not None:
            raise bad(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        if chat.closed:
            raise forbidden(chat.closed)
        return chat

    def post(self, chat: Chat, sender: User, content: Json, topic: int | None = None) -> Json:
        """Keep a new message in its chat."""
        message: Json = {
            "message_id": next(chat.ids),
            "from": sender.body(),
            "chat": chat.body(),
            "date": int(self.now()),
        }
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        message |= content
        chat.messages[message["message_id"]] = message
        return message

    def open_topic(self, chat: Chat, sender: User, name: str) -> Topic:
        """Open a topic, with the message that says so."""
        content = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self.post(chat, sender, content)
        topic = Topic(message["message_id"], name)
        message |= {"message_thread_id": topic.id, "is_topic_message": True}
        chat.topics[topic.id] = topic
        return topic

    def store(
        self, name: str, media_type: str, content: bytes, size: int | None = None
    ) -> StoredFile:
        """Keep a file; `size` makes it look larger than it is."""
        number = next(self._files)
        file_id = f"BQACAgQAAxkBAAI{number:06d}"
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            file_id,
            name,
            media_type,
            content,
            size or len(content),
            f"documents/file_{number}.{suffix}",
        )
        self.files[file_id] = stored
        return stored


def shown(message: Json) -> Json:
    """A message as the API gives it, without the server's own fields, which begin with "_"."""
    return {name: value for name, value in message.items() if not name.startswith("_")}


def without_replies(message: Json) -> Json:
    """A message as it is quoted in a reply to it: without the message that it answers itself."""
    return {name: value for name, value in shown(message).items() if name != "reply_to_message"}


def labels(message: Json) -> Sequence[str]:
    """The labels of the buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
