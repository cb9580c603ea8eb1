"""The strict Bot API server keeps Telegram's rules on updates."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from tests.integration.telegram.caller import Caller, until
from tests.support.botapi import BotApi, remote_telegram
from tests.support.botapi.contents import CONTENTS

ALL = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_an_update_comes_again_until_an_offset_confirms_it(
    api: BotApi, caller: Caller
) -> None:
    user = api.world.add_user("Martine")
    for number in range(3):
        api.people.says(user.id, f"mot {number}")

    first = await caller.gets("getUpdates", limit=2)
    again = await caller.gets("getUpdates")
    rest = await caller.gets("getUpdates", offset=ids(first)[-1] + 1)

    assert first == again[:2]
    assert again[2:] == rest
    assert [] == await caller.gets("getUpdates", offset=ids(rest)[-1] + 1)


async def test_a_negative_offset_forgets_all_but_the_last(api: BotApi, caller: Caller) -> None:
    user = api.world.add_user("Martine")
    for number in range(5):
        api.people.says(user.id, f"mot {number}")

    last = await caller.gets("getUpdates", offset=-1)

    assert ["mot 4"] == [update["message"]["text"] for update in last]
    assert last == await caller.gets("getUpdates")


async def test_a_long_poll_answers_as_soon_as_there_is_something(
    api: BotApi, caller: Caller
) -> None:
    polling = asyncio.create_task(caller.gets("getUpdates", timeout=30))
    await until(lambda: api.world.updates.is_polled)
    api.people.says(api.world.add_user("Martine").id, "Bonjour")

    async with asyncio.timeout(10):
        assert "Bonjour" == (await polling)[0]["message"]["text"]


async def test_of_two_pollers_the_first_is_told_of_the_conflict(
    api: BotApi, caller: Caller
) -> None:
    first = asyncio.create_task(caller.asks("getUpdates", timeout=30))
    await until(lambda: api.world.updates.is_polled)
    second = await caller.gets("getUpdates")

    assert [] == second
    assert 409 == (await first)["error_code"]


async def test_reactions_come_only_to_a_bot_that_asked_for_them(
    api: BotApi, caller: Caller
) -> None:
    user = api.world.add_user("Martine")
    message = api.people.says(user.id, "Bonjour")
    api.people.reacts(user.id, message, "👍")
    assert 1 == len(await caller.gets("getUpdates", allowed_updates=ALL))

    api.people.reacts(user.id, message, "❤")

    assert "message_reaction" in (await caller.gets("getUpdates"))[-1]


async def test_updates_are_kept_a_day(api: BotApi, caller: Caller) -> None:
    api.people.says(api.world.add_user("Martine").id, "Bonjour")
    api.world.pass_time(24 * 3600 + 60)

    assert [] == await caller.gets("getUpdates")


async def test_a_webhook_gets_each_update_until_it_answers_well(
    api: BotApi, caller: Caller
) -> None:
    told: list[tuple[str, str]] = []

    async def hook(request: web.Request) -> web.Response:
        body = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        told.append((body["message"]["text"], secret))
        return web.Response(status=503 if len(told) < 3 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await caller.gets("setWebhook", url=url, secret_token="chut")
    user = api.world.add_user("Martine")
    api.people.says(user.id, "un")
    api.people.says(user.id, "deux")
    await until(lambda: not api.world.updates.pending)
    await runner.cleanup()

    assert [("un", "chut")] * 3 + [("deux", "chut")] == told
    info = await caller.gets("getWebhookInfo")
    assert (url, 0) == (info["url"], info["pending_update_count"])
    assert "webhook is active" in await caller.refused("getUpdates")


def everything_happens(api: BotApi) -> None:
    """One of each thing that people do."""
    people, world = api.people, api.world
    user = world.add_user("Martine", "Duval", "mduval")
    message = people.says(user.id, "Bonjour, voici /aide")
    people.says(user.id, "/start CODE")
    people.says(user.id, "Suite", reply_to=message)
    people.edits(user.id, message, "Bonjour")
    people.reacts(user.id, message, "👍")
    people.reacts(user.id, message)
    people.deletes(user.id, message)
    for kind in CONTENTS:
        people.sends(user.id, kind)
    people.sends_document(user.id, "plan.pdf", "application/pdf", b"%PDF-1.7", caption="Le plan")
    people.sends_photos(user.id, 2, caption="Deux vues")
    people.blocks(user.id)
    people.unblocks(user.id)
    forum = world.add_group("Conseil", forum=True)
    people.joins(user.id, forum.id)
    topic = people.opens_topic(user.id, forum.id, "Moulin")
    people.says(user.id, "Dans le sujet", forum.id, topic)
    people.says(user.id, "Hors sujet", forum.id)
    people.kicks_bot(user.id, forum.id)
    people.upgrades(user.id, world.add_group("Petit groupe").id)


async def test_every_update_parses_with_the_models_of_another_client(
    api: BotApi, caller: Caller, models: Any
) -> None:
    await caller.gets("getUpdates", allowed_updates=ALL)
    everything_happens(api)
    user = api.world.add_user("Jean")
    api.world.private(user)
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "oui"}]]}
    await caller.gets("sendMessage", chat_id=user.id, text="Alors ?", reply_markup=keyboard)
    api.people.taps(user.id, "Oui")

    updates = await caller.gets("getUpdates")

    parsed = [models.Update.model_validate(update) for update in updates]
    assert ids(updates) == [update.update_id for update in parsed]
    assert {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "message_reaction",
    } == {update.event_type for update in parsed}


@pytest.mark.parametrize(
    ("token", "code"), [("rien", 404), (f"{1}:{'A' * 35}", 401)], ids=["malformed", "unknown"]
)
async def test_a_token_that_is_not_the_bots_is_refused(
    caller: Caller, token: str, code: int
) -> None:
    assert code == (await caller.asks("getMe", token=token))["error_code"]


def test_it_runs_as_a_process_of_its_own() -> None:
    with remote_telegram() as telegram:
        user = telegram.does("user", first_name="Martine")
        telegram.does("says", user_id=user, text="Bonjour")

        assert 1 == telegram.does("pending")
        assert ["Bonjour"] == [message["text"] for message in telegram.does("shown", chat_id=user)]
