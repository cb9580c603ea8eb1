"""Nothing that people say is lost or handed over for nothing, whatever becomes of the poller."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port

from bot.networks.telegram.settings import WrongToken
from bot.ports.network import Incoming, NetworkError, Uncertain
from tests.integration.telegram.caller import Caller, until
from tests.support.botapi import Fault
from tests.support.botapi.world import BOT_ID
from tests.support.telegram_bot import Bot, saying

SHORT = timedelta(milliseconds=100)


def texts(bot: Bot) -> list[str]:
    return [event.text for event in bot.inbox.received]


async def test_a_thousand_messages_come_in_order_once(bot: Bot, martine: int) -> None:
    said = [f"message {number}" for number in range(1000)]
    for number, text in enumerate(said):
        bot.api.people.says(martine, text)
        if number in {250, 600}:
            bot.inbox.failures = 2

    async with bot.running():
        await bot.inbox.until(1000)
        await until(lambda: not bot.api.world.updates.pending)

    assert said == texts(bot)
    assert 1000 == len({event.key for event in bot.inbox.received})


async def test_nothing_is_confirmed_before_it_is_committed(bot: Bot, martine: int) -> None:
    bot.api.people.says(martine, "Bonjour")
    pending: list[int] = []

    async def look(event: Incoming) -> None:
        pending.append(len(bot.api.world.updates.pending))

    bot.inbox.failures, bot.inbox.answer = 3, look
    async with bot.running():
        await bot.inbox.until(1)
        await until(lambda: not bot.api.world.updates.pending)

    assert [1] == pending
    assert ["Bonjour"] == texts(bot)


async def test_a_poller_killed_before_the_commit_loses_nothing(bot: Bot, martine: int) -> None:
    bot.api.people.says(martine, "Bonjour")
    died = asyncio.Event()

    async def die(events: Sequence[Incoming], cursor: str | None) -> None:
        died.set()
        await asyncio.Event().wait()

    dying = asyncio.create_task(bot.network().run(None, die))
    await died.wait()
    dying.cancel()
    await asyncio.wait([dying])

    async with bot.running():
        await bot.inbox.until(1)

    assert ["Bonjour"] == texts(bot)


async def test_a_poller_killed_after_the_commit_hands_nothing_over_again(
    bot: Bot, martine: int
) -> None:
    bot.api.people.says(martine, "Bonjour")
    async with bot.running():
        await bot.inbox.until(1)
    bot.api.people.says(martine, "Encore moi")

    # It was killed between the commit and the next poll: Telegram has not heard of the commit.
    first = bot.inbox.received[0]
    assert bot.cursor == f"{BOT_ID}:{int(first.key.partition(':')[2]) + 1}"
    async with bot.running():
        await bot.inbox.until(2)

    assert ["Bonjour", "Encore moi"] == texts(bot)


async def test_a_number_drawn_anew_after_a_quiet_week_loses_nothing(bot: Bot, martine: int) -> None:
    bot.api.people.says(martine, "Avant")
    async with bot.running():
        await bot.inbox.until(1)
        await until(lambda: not bot.api.world.updates.pending)
        bot.api.world.updates.restart_at(1234)
        bot.api.people.says(martine, "Après")
        await bot.inbox.until(2)
        await until(lambda: not bot.api.world.updates.pending)
    bot.api.world.updates.restart_at(12)
    bot.api.people.says(martine, "Plus tard")
    async with bot.running():
        await bot.inbox.until(3)

    assert ["Avant", "Après", "Plus tard"] == texts(bot)


async def test_the_cursor_of_another_bot_hides_nothing(bot: Bot, martine: int) -> None:
    bot.cursor = "42:999999999"
    bot.api.people.says(martine, "Bonjour")

    async with bot.running():
        await bot.inbox.until(1)

    assert ["Bonjour"] == texts(bot)


@pytest.mark.parametrize(
    ("fault", "number"),
    [
        (Fault.RESET, 0),
        (Fault.CUT, 0),
        (Fault.GARBAGE, 0),
        (Fault.STATUS, 502),
        (Fault.FLOOD, 1),
        (Fault.SILENT, 0),
    ],
)
async def test_a_poll_that_goes_wrong_is_made_again(
    bot: Bot, martine: int, fault: Fault, number: int
) -> None:
    bot.api.people.says(martine, "Bonjour")
    bot.api.world.faults.plan("getUpdates", fault, number=number)

    async with bot.running(poll_for=timedelta(), answers_within=SHORT * 2):
        await bot.inbox.until(1)

    assert ["Bonjour"] == texts(bot)


async def test_a_second_poller_is_told_of_in_one_line(
    bot: Bot, martine: int, caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot.running():
        for _ in range(3):
            await until(lambda: bot.api.world.updates.is_polled)
            await caller.gets("getUpdates")
        bot.api.people.says(martine, "Bonjour")
        await bot.inbox.until(1)

    told = [record.message for record in caplog.records if "another program" in record.message]
    assert 1 == len(told)


async def test_a_webhook_left_by_another_installation_is_taken_away(
    bot: Bot, martine: int, caller: Caller
) -> None:
    await caller.gets("setWebhook", url=f"http://127.0.0.1:{unused_port()}/ancien")
    bot.api.people.says(martine, "Bonjour")

    async with bot.running():
        await bot.inbox.until(1)

    assert ["Bonjour"] == texts(bot)


@pytest.mark.parametrize("token", ["", "rien", f"1:{'A' * 35}", f"{BOT_ID}:{'A' * 35}"])
async def test_a_wrong_token_ends_with_one_line_that_does_not_say_it(
    bot: Bot, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    network = bot.network(token=token or "rien du tout")

    with pytest.raises(WrongToken) as raised:
        await network.run(None, bot.receive)

    assert isinstance(raised.value, NetworkError)
    assert "Telegram refuses the bot's token: check it with @BotFather." == str(raised.value)
    assert "" == caplog.text


async def test_a_token_revoked_on_the_way_ends_it(bot: Bot) -> None:
    network = bot.network()
    running = asyncio.create_task(network.run(None, bot.receive))
    await until(lambda: bot.api.world.updates.is_polled)
    bot.api.world.token = f"{BOT_ID}:{'B' * 35}"
    bot.api.people.says(bot.api.world.add_user("Martine").id, "Bonjour")

    with pytest.raises(WrongToken):
        await running


async def test_telegram_out_of_reach_at_the_start_is_waited_for(
    bot: Bot, martine: int, caplog: pytest.LogCaptureFixture
) -> None:
    bot.api.world.faults.plan("*", Fault.RESET, times=5)
    bot.api.people.says(martine, "Bonjour")

    async with bot.running():
        await bot.inbox.until(1)

    assert ["Telegram cannot be reached (NetworkError); trying again"] == [
        record.message for record in caplog.records
    ]


async def test_it_is_connected_while_telegram_answers_its_polls(bot: Bot) -> None:
    async with bot.running():
        await until(lambda: bot.networks[-1].connected)
        bot.api.world.faults.plan("getUpdates", Fault.RESET, times=3)
        bot.api.people.says(bot.api.world.private(bot.api.world.add_user("Luc")).id, "Bonjour")
        await until(lambda: not bot.networks[-1].connected)
        await until(lambda: bot.networks[-1].connected)
    assert not bot.networks[-1].connected


async def test_the_menu_of_commands_is_set(bot: Bot, martine: int) -> None:
    async with bot.running():
        await until(lambda: bot.api.world.updates.is_polled)

    assert [{"command": "aide", "description": "Ce que je sais faire"}] == bot.api.world.commands


async def test_a_menu_that_telegram_refuses_stops_nothing(
    bot: Bot, martine: int, caplog: pytest.LogCaptureFixture
) -> None:
    bot.api.people.says(martine, "Bonjour")

    async with bot.running(commands=(("mes-données", "Interdit"),)):
        await bot.inbox.until(1)

    assert ["telegram refuses the menu of commands: bot_command_invalid"] == [
        record.message.lower() for record in caplog.records
    ]


async def test_a_file_that_comes_only_at_the_second_try_is_not_lost(bot: Bot, martine: int) -> None:
    bot.api.world.faults.plan("getFile", Fault.RESET, times=2)
    bot.api.world.faults.plan("file", Fault.STATUS, number=502)
    bot.api.people.sends_document(martine, "plan.pdf", "application/pdf", b"%PDF-")

    async with bot.running():
        (event,) = await bot.inbox.until(1)

    assert event.attachment is not None


async def test_a_file_that_never_comes_does_not_hold_up_what_follows(
    bot: Bot, martine: int
) -> None:
    bot.api.world.faults.plan("getFile", Fault.STATUS, number=500, times=100)
    bot.api.people.sends_document(martine, "plan.pdf", "application/pdf", b"%PDF-")
    bot.api.people.says(martine, "Vous l’avez ?")

    async with bot.running():
        await bot.inbox.until(2)

    assert ["unreadable", "Vous l’avez ?"] == texts(bot)


async def test_nothing_secret_is_logged_at_any_level(
    bot: Bot, martine: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bot.api.world.faults.plan("getUpdates", Fault.GARBAGE)
    bot.api.world.faults.plan("getUpdates", Fault.STATUS, number=500)
    bot.api.world.updates.add("message", {"message_id": "secret", "text": "très secret"})
    bot.api.people.says(martine, "très secret")
    async with bot.running() as network:
        await bot.inbox.until(1)
        await network.send(saying(martine, "très secret aussi"))
        bot.api.world.faults.plan("sendMessage", Fault.GARBAGE)
        with pytest.raises(Uncertain) as raised:
            await network.send(saying(martine, "très secret encore", key="k2"))

    ours = [r for r in caplog.records if not r.name.startswith(("asyncio", "aiohttp"))]
    logged = "\n".join(record.getMessage() + str(record.exc_info) for record in ours)
    for secret in (bot.api.token, bot.api.token.partition(":")[2], "très secret"):
        assert secret not in logged
        assert secret not in str(raised.value)
        assert secret not in repr(bot.settings)
