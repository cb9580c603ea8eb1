"""What people do on Telegram, and what they see there."""

import hashlib
from collections.abc import Sequence
from typing import Any

from tests.support.botapi.contents import (
    CONTENTS,
    FILES,
    PHOTO,
    PHOTO_SIZES,
    RECORDED,
    rights,
)
from tests.support.botapi.entities import utf16
from tests.support.botapi.world import Chat, Json, World, labels, shown, without_replies


class People:
    """What everybody but the bot does. Chats are given by id; a private one by its user's id."""

    def __init__(self, world: World) -> None:
        self._world = world

    def says(
        self,
        user_id: int,
        text: str,
        chat_id: int | None = None,
        topic: int | None = None,
        reply_to: int | None = None,
        entities: Sequence[Json] = (),
    ) -> int:
        """Somebody writes; return the id of the message."""
        content: Json = {"text": text}
        marks = list(entities)
        if text.startswith("/"):
            length = utf16(text.split(maxsplit=1)[0])
            marks.append({"type": "bot_command", "offset": 0, "length": length})
        if marks:
            content["entities"] = marks
        return self._writes(user_id, content, chat_id, topic, reply_to)

    def sends(
        self, user_id: int, kind: str, chat_id: int | None = None, topic: int | None = None
    ) -> int:
        """Somebody sends one of CONTENTS."""
        content = {name: dict(value) for name, value in CONTENTS[kind].items()}
        if kind in FILES:
            media_type, recorded = RECORDED.get(kind, ("application/octet-stream", b"..."))
            content[kind] |= self._file(f"{kind}.bin", media_type, recorded)
        return self._writes(user_id, content, chat_id, topic)

    def sends_document(
        self,
        user_id: int,
        name: str,
        media_type: str,
        content: bytes,
        *,
        chat_id: int | None = None,
        topic: int | None = None,
        caption: str = "",
        size: int | None = None,
    ) -> int:
        """Somebody sends a file; `size` makes it look larger than it is."""
        file = self._file(name, media_type, content, size)
        document = {"document": file | {"file_name": name, "mime_type": media_type}}
        return self._writes(user_id, document | _caption(caption), chat_id, topic)

    def sends_photos(
        self,
        user_id: int,
        count: int = 1,
        chat_id: int | None = None,
        topic: int | None = None,
        caption: str = "",
    ) -> list[int]:
        """Somebody sends photographs, an album if there are several; the caption is the first's."""
        sent = []
        for number in range(count):
            content: Json = {"photo": self._photo(number)}
            if count > 1:
                content["media_group_id"] = "13500000000001"
            if number == 0:
                content |= _caption(caption)
            sent.append(self._writes(user_id, content, chat_id, topic))
        return sent

    def edits(self, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> None:
        """Somebody corrects a message of theirs."""
        chat = self._chat(user_id, chat_id)
        message = chat.messages[message_id]
        message["caption" if "caption" in message else "text"] = text
        message["edit_date"] = int(self._world.now())
        self._world.updates.add("edited_message", dict(message))

    def deletes(self, user_id: int, message_id: int, chat_id: int | None = None) -> None:
        """Somebody deletes a message: bots never learn of it."""
        del self._chat(user_id, chat_id).messages[message_id]

    def reacts(
        self, user_id: int, message_id: int, emoji: str = "", chat_id: int | None = None
    ) -> None:
        """Somebody reacts, or takes their reaction back (empty)."""
        chat = self._chat(user_id, chat_id)
        if chat.type != "private" and not chat.bot_is_admin:
            return
        given = chat.messages[message_id].setdefault("_reactions", {})
        before, given[user_id] = given.get(user_id, ""), emoji
        self._world.updates.add(
            "message_reaction",
            {
                "chat": chat.body(),
                "message_id": message_id,
                "user": self._world.users[user_id].body(),
                "date": int(self._world.now()),
                "old_reaction": _reaction(before),
                "new_reaction": _reaction(emoji),
            },
        )

    def taps(self, user_id: int, label: str, chat_id: int | None = None) -> str:
        """Somebody presses the latest button with that label; return the id of the query."""
        chat = self._chat(user_id, chat_id)
        message = next(m for m in reversed(chat.messages.values()) if label in labels(m))
        rows = message["reply_markup"]["inline_keyboard"]
        button = next(button for row in rows for button in row if button["text"] == label)
        query: Json = {
            "id": str(44_000_000 + len(self._world.queries)),
            "from": self._world.users[user_id].body(),
            "message": without_replies(message),
            "chat_instance": str(chat.id),
            "data": button["callback_data"],
        }
        self._world.queries[query["id"]] = query
        self._world.updates.add("callback_query", query)
        return str(query["id"])

    def blocks(self, user_id: int) -> None:
        """Somebody blocks the bot."""
        chat = self._chat(user_id, None)
        chat.closed = "bot was blocked by the user"
        self._membership(chat, user_id, "member", "kicked")

    def unblocks(self, user_id: int) -> None:
        """Somebody lets the bot write again."""
        chat = self._chat(user_id, None)
        chat.closed = ""
        self._membership(chat, user_id, "kicked", "member")

    def joins(self, user_id: int, chat_id: int) -> None:
        """Somebody joins a group, in which a message says so."""
        chat = self._world.chats[chat_id]
        chat.members.add(user_id)
        user = self._world.users[user_id]
        message = self._world.post(chat, user, {"new_chat_members": [user.body()]})
        self._world.updates.add("message", message)

    def kicks_bot(self, user_id: int, chat_id: int) -> None:
        """Somebody puts the bot out of a group."""
        chat = self._world.chats[chat_id]
        chat.closed = f"bot was kicked from the {chat.type} chat"
        self._membership(chat, user_id, "administrator", "kicked")

    def opens_topic(self, user_id: int, chat_id: int, name: str) -> int:
        """Somebody makes a topic by hand."""
        chat = self._world.chats[chat_id]
        topic = self._world.open_topic(chat, self._world.users[user_id], name)
        self._world.updates.add("message", chat.messages[topic.id])
        return topic.id

    def deletes_topic(self, chat_id: int, topic: int) -> None:
        """Somebody deletes a topic and all in it: bots never learn of it."""
        chat = self._world.chats[chat_id]
        del chat.topics[topic]
        gone = [i for i, m in chat.messages.items() if m.get("message_thread_id") == topic]
        for message_id in gone:
            del chat.messages[message_id]

    def upgrades(self, user_id: int, chat_id: int, *, forum: bool = True) -> int:
        """A group becomes a supergroup: it has a new id, which is returned."""
        old = self._world.chats[chat_id]
        new = self._world.add_group(old.title, forum=forum, supergroup=True)
        new.members, new.bot_is_admin = set(old.members), old.bot_is_admin
        user = self._world.users[user_id]
        told = self._world.post(old, user, {"migrate_to_chat_id": new.id})
        begun = self._world.post(new, user, {"migrate_from_chat_id": old.id})
        old.migrated_to = new.id
        self._world.updates.add("message", told)
        self._world.updates.add("message", begun)
        return new.id

    def shown(self, chat_id: int, topic: int | None = None) -> list[Json]:
        """What stands in a chat, or in one of its topics, oldest first."""
        messages = self._world.chats[chat_id].messages.values()
        return [
            shown(message)
            for message in messages
            if topic is None or message.get("message_thread_id") == topic
        ]

    def reactions(self, chat_id: int, message_id: int) -> dict[int, str]:
        """Who reacted to a message, and how."""
        given = self._world.chats[chat_id].messages[message_id].get("_reactions", {})
        return {user: emoji for user, emoji in given.items() if emoji}

    def file(self, file_id: str) -> bytes:
        """What is in a file that somebody was sent."""
        return self._world.files[file_id].content

    def topics(self, chat_id: int) -> dict[int, str]:
        """The topics of a forum, by id."""
        return {topic.id: topic.name for topic in self._world.chats[chat_id].topics.values()}

    def _chat(self, user_id: int, chat_id: int | None) -> Chat:
        if chat_id is not None and chat_id != user_id:
            return self._world.chats[chat_id]
        return self._world.private(self._world.users[user_id])

    def _writes(
        self,
        user_id: int,
        content: Json,
        chat_id: int | None,
        topic: int | None,
        reply_to: int | None = None,
    ) -> int:
        chat = self._chat(user_id, chat_id)
        if topic is not None and topic not in chat.topics:
            raise LookupError(f"no topic {topic}")
        if reply_to is not None:
            content = content | {"reply_to_message": without_replies(chat.messages[reply_to])}
        elif topic is not None:
            # In a topic every message answers at least the one that made it.
            content = content | {"reply_to_message": without_replies(chat.messages[topic])}
        message = self._world.post(chat, self._world.users[user_id], content, topic)
        self._world.updates.add("message", shown(message))
        return int(message["message_id"])

    def _file(
        self, name: str, media_type: str, content: bytes, size: int | None = None
    ) -> dict[str, Any]:
        stored = self._world.store(name, media_type, content, size)
        unique = hashlib.sha256(stored.id.encode()).hexdigest()[:15]
        return {"file_id": stored.id, "file_unique_id": unique, "file_size": stored.size}

    def _photo(self, number: int) -> list[Json]:
        return [
            self._file(f"{number}-{width}.jpg", "image/jpeg", PHOTO + f" {number} {width}".encode())
            | {"width": width, "height": height}
            for width, height in PHOTO_SIZES
        ]

    def _membership(self, chat: Chat, user_id: int, before: str, after: str) -> None:
        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return (
                {"status": status, "user": self._world.bot.body()}
                | until
                | ({} if status != "administrator" else rights())
            )

        self._world.updates.add(
            "my_chat_member",
            {
                "chat": chat.body(),
                "from": self._world.users[user_id].body(),
                "date": int(self._world.now()),
                "old_chat_member": member(before),
                "new_chat_member": member(after),
            },
        )


def _caption(caption: str) -> Json:
    return {"caption": caption} if caption else {}


def _reaction(emoji: str) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []
