"""The strict Bot API server keeps Telegram's rules on what a bot says."""

from typing import Any

import pytest

from tests.integration.telegram.caller import Caller
from tests.support.botapi import BotApi

KEYBOARD = {"inline_keyboard": [[{"text": "Oui", "callback_data": "o" * 64}]]}


async def test_html_becomes_text_and_entities_in_utf16_units(
    api: BotApi, caller: Caller, models: Any
) -> None:
    user = api.world.private(api.world.add_user("Martine"))

    sent = await caller.gets(
        "sendMessage", chat_id=user.id, parse_mode="HTML", text="😀 <b>a &lt; b</b> &amp; c"
    )

    message = models.Message.model_validate(sent)
    assert "😀 a < b & c" == message.text
    assert [("bold", 3, 5)] == [(e.type, e.offset, e.length) for e in message.entities or []]


@pytest.mark.parametrize(
    "text", ["<b>gras", "</b>", "<x>?</x>", "<b>a</i></b>", "a < b", "<script>alert(1)</script>"]
)
async def test_bad_markup_is_refused(api: BotApi, caller: Caller, text: str) -> None:
    user = api.world.private(api.world.add_user("Martine"))

    why = await caller.refused("sendMessage", chat_id=user.id, parse_mode="HTML", text=text)

    assert "can't parse entities" in why


async def test_what_is_too_long_or_empty_is_refused(api: BotApi, caller: Caller) -> None:
    chat = {"chat_id": api.world.private(api.world.add_user("Martine")).id}
    html = {"parse_mode": "HTML", "text": "<b>" + "&lt;" * 4096 + "</b>"}

    assert await caller.gets("sendMessage", **chat, **html)
    assert "too long" in await caller.refused("sendMessage", **chat, text="😀" * 2049)
    assert "is empty" in await caller.refused("sendMessage", **chat, text=" \n ")
    data = {"inline_keyboard": [[{"text": "Oui", "callback_data": "o" * 65}]]}
    assert "BUTTON_DATA_INVALID" in await caller.refused(
        "sendMessage", **chat, text="?", reply_markup=data
    )


async def test_an_edit_that_changes_nothing_is_refused_and_one_that_does_keeps_no_buttons(
    api: BotApi, caller: Caller, models: Any
) -> None:
    user = api.world.private(api.world.add_user("Martine"))
    sent = await caller.gets("sendMessage", chat_id=user.id, text="Oui ?", reply_markup=KEYBOARD)
    this = {"chat_id": user.id, "message_id": sent["message_id"]}

    same = await caller.refused("editMessageText", **this, text="Oui ?", reply_markup=KEYBOARD)
    edited = models.Message.model_validate(
        await caller.gets("editMessageText", **this, text="Oui ?")
    )

    assert "message is not modified" in same
    assert edited.reply_markup is None


async def test_what_is_old_cannot_be_deleted(api: BotApi, caller: Caller) -> None:
    user = api.world.private(api.world.add_user("Martine"))
    sent = await caller.gets("sendMessage", chat_id=user.id, text="Vieux")
    this = {"chat_id": user.id, "message_id": sent["message_id"]}
    api.world.pass_time(49 * 3600)

    assert "can't be deleted" in await caller.refused("deleteMessage", **this)


async def test_only_some_reactions_are_allowed(api: BotApi, caller: Caller) -> None:
    user = api.world.add_user("Martine")
    this = {"chat_id": user.id, "message_id": api.people.says(user.id, "Bonjour")}

    def reaction(emoji: str) -> list[dict[str, str]]:
        return [{"type": "emoji", "emoji": emoji}]

    assert await caller.gets("setMessageReaction", **this, reaction=reaction("👍"))
    assert "REACTION_INVALID" in await caller.refused(
        "setMessageReaction", **this, reaction=reaction("🚜")
    )


async def test_topics_are_made_named_and_missed(api: BotApi, caller: Caller, models: Any) -> None:
    forum = {"chat_id": api.world.add_group("Conseil", forum=True).id}
    topic = models.ForumTopic.model_validate(
        await caller.gets("createForumTopic", **forum, name="Pont")
    )
    there = {**forum, "message_thread_id": topic.message_thread_id}

    said = models.Message.model_validate(await caller.gets("sendMessage", **there, text="Bonjour"))
    assert said.is_topic_message
    assert await caller.gets("editForumTopic", **there, name="Vieux pont")
    assert "TOO_LONG" in await caller.refused("createForumTopic", **forum, name="n" * 129)
    api.people.deletes_topic(forum["chat_id"], topic.message_thread_id)
    assert "message thread not found" in await caller.refused("sendMessage", **there, text="?")


async def test_who_may_not_be_written_to_is_said(api: BotApi, caller: Caller) -> None:
    user = api.world.add_user("Martine")
    api.people.says(user.id, "Bonjour")
    api.people.blocks(user.id)
    group = api.world.add_group("Petit groupe")
    new = api.people.upgrades(user.id, group.id)

    assert "chat not found" in await caller.refused("sendMessage", chat_id=4, text="?")
    assert "blocked" in await caller.refused("sendMessage", chat_id=user.id, text="?")
    moved = await caller.asks("sendMessage", chat_id=group.id, text="?")
    assert {"migrate_to_chat_id": new} == moved["parameters"]


async def test_twenty_messages_a_minute_go_to_a_group(api: BotApi, caller: Caller) -> None:
    api.world.limits.on = True
    forum = {"chat_id": api.world.add_group("Conseil", forum=True).id}
    for number in range(20):
        await caller.gets("sendMessage", **forum, text=str(number))

    flood = await caller.asks("sendMessage", chat_id=forum["chat_id"], text="20")
    api.world.pass_time(flood["parameters"]["retry_after"])

    assert 429 == flood["error_code"]
    assert await caller.gets("sendMessage", **forum, text="20")


async def test_other_answers_parse_with_the_models_of_another_client(
    api: BotApi, caller: Caller, models: Any
) -> None:
    user = api.world.add_user("Martine")
    api.people.sends_document(user.id, "plan.pdf", "application/pdf", b"%PDF-", size=20_971_521)
    small = api.world.store("note.txt", "text/plain", b"...")
    large = next(iter(api.world.files))

    assert models.User.model_validate(await caller.gets("getMe")).is_bot
    assert (
        user.id
        == models.ChatFullInfo.model_validate(await caller.gets("getChat", chat_id=user.id)).id
    )
    assert "" == models.WebhookInfo.model_validate(await caller.gets("getWebhookInfo")).url
    assert 3 == models.File.model_validate(await caller.gets("getFile", file_id=small.id)).file_size
    assert "too big" in await caller.refused("getFile", file_id=large)
    assert "Martine" == models.Chat.model_validate(api.world.private(user).body()).first_name
