"""The table of the API's methods, and those that neither send nor edit messages."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.support.botapi import speaking
from tests.support.botapi.contents import rights
from tests.support.botapi.parameters import Parameters
from tests.support.botapi.refusals import bad
from tests.support.botapi.world import Chat, Json, World

LONGEST_TOPIC = 128
_GIFTS = (
    "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels".split()
)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def get_me(world: World, call: Parameters) -> Json:
    """getMe."""
    return world.bot.body() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, call: Parameters) -> list[Any]:
    """getUpdates."""
    world.updates.allow(call.json("allowed_updates"))
    return await world.updates.poll(
        call.integer("offset"), call.integer("limit"), call.integer("timeout") or 0
    )


def set_webhook(world: World, call: Parameters) -> bool:
    """setWebhook. Plain HTTP is taken, as from a Bot API server of one's own."""
    url, secret = call.text("url"), call.text("secret_token")
    if url and not url.startswith(("http://", "https://")):
        raise bad("bad webhook: invalid URL")
    if secret and not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    world.updates.allow(call.json("allowed_updates"))
    if call.flag("drop_pending_updates"):
        world.updates.forget_all()
    world.updates.webhook_url = url
    world.webhook = {"secret": secret, "max_connections": call.integer("max_connections") or 40}
    return True


def delete_webhook(world: World, call: Parameters) -> bool:
    """deleteWebhook."""
    if call.flag("drop_pending_updates"):
        world.updates.forget_all()
    world.updates.webhook_url = ""
    world.webhook = {}
    return True


def get_webhook_info(world: World, call: Parameters) -> Json:
    """getWebhookInfo."""
    known = ("max_connections", "last_error_date", "last_error_message")
    return {
        "url": world.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    } | {name: world.webhook[name] for name in known if name in world.webhook}


def answer_callback_query(world: World, call: Parameters) -> bool:
    """answerCallbackQuery."""
    query = call.text("callback_query_id")
    if query not in world.queries or query in world.answered_queries:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    world.answered_queries.append(query)
    return True


def set_my_commands(world: World, call: Parameters) -> bool:
    """setMyCommands."""
    commands = call.json("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("expected an Array of at most 100 commands")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands = commands
    return True


def get_my_commands(world: World, call: Parameters) -> list[Json]:
    """getMyCommands."""
    return world.commands


def create_forum_topic(world: World, call: Parameters) -> Json:
    """createForumTopic."""
    chat = world.chat(call.required("chat_id"))
    if not chat.is_forum:
        raise bad("the chat is not a forum")
    if not chat.bot_is_admin:
        raise bad("not enough rights to create a topic")
    topic = world.open_topic(chat, world.bot, _topic_name(call))
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}


def edit_forum_topic(world: World, call: Parameters) -> bool:
    """editForumTopic."""
    chat = world.chat(call.required("chat_id"))
    topic = chat.topics.get(call.required("message_thread_id"))
    if topic is None:
        raise bad("TOPIC_ID_INVALID")
    name = _topic_name(call)
    if name == topic.name:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = name
    return True


def get_chat(world: World, call: Parameters) -> Json:
    """getChat."""
    chat = world.chat(call.required("chat_id"))
    return chat.body() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def get_chat_member(world: World, call: Parameters) -> Json:
    """getChatMember: the bot itself is an administrator or a member, the others members or gone."""
    chat = world.chat(call.required("chat_id"))
    user = world.users.get(call.required("user_id"))
    if user is None:
        raise bad("user not found")
    if user.id == world.bot.id:
        if not chat.bot_is_admin:
            return {"status": "member", "user": user.body()}
        return {"status": "administrator", "user": user.body()} | rights()
    return {"status": "member" if user.id in chat.members else "left", "user": user.body()}


def ban_chat_member(world: World, call: Parameters) -> bool:
    """banChatMember: somebody is sent away, and cannot come back until they are unbanned."""
    chat, user = _restrictable(world, call)
    chat.members.discard(user)
    chat.banned.add(user)
    return True


def unban_chat_member(world: World, call: Parameters) -> bool:
    """unbanChatMember; without `only_if_banned` it sends a member away, too."""
    chat, user = _restrictable(world, call)
    if not call.flag("only_if_banned"):
        chat.members.discard(user)
    chat.banned.discard(user)
    return True


def _restrictable(world: World, call: Parameters) -> tuple[Chat, int]:
    chat = world.chat(call.required("chat_id"))
    if not chat.bot_is_admin:
        raise bad("not enough rights to restrict/unrestrict chat member")
    user = world.users.get(call.required("user_id"))
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return chat, user.id


def _topic_name(call: Parameters) -> str:
    name = call.text("name").strip()
    if not 1 <= len(name) <= LONGEST_TOPIC:
        raise bad("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


METHODS: Mapping[str, Callable[[World, Parameters], Any]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": speaking.send_message,
    "senddocument": speaking.send_document,
    "sendphoto": speaking.send_photo,
    "editmessagetext": speaking.edit_message_text,
    "editmessagecaption": speaking.edit_message_caption,
    "editmessagereplymarkup": speaking.edit_message_reply_markup,
    "deletemessage": speaking.delete_message,
    "setmessagereaction": speaking.set_message_reaction,
    "answercallbackquery": answer_callback_query,
    "getfile": speaking.get_file,
    "banchatmember": ban_chat_member,
    "unbanchatmember": unban_chat_member,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
}
"""By name in lower case: Telegram does not mind the case of a method."""
