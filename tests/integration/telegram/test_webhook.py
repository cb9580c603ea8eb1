"""Updates that Telegram brings: 200 once they are committed, and only from whoever knows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import ClientSession, web

from bot.networks.telegram.network import TelegramNetwork
from bot.networks.telegram.settings import WebhookRefused
from bot.ports.network import Leader
from tests.integration.telegram.caller import until
from tests.support.telegram_bot import Bot

SECRET = "un-secret_partage"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@asynccontextmanager
async def hooked(bot: Bot) -> AsyncIterator[str]:
    """A site that takes what Telegram brings, told to Telegram; its address."""
    app = web.Application()
    runner = web.AppRunner(app, access_log=None)
    network: list[TelegramNetwork] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        return await network[0].webhook(bot.receive)(request)

    app.router.add_post("/telegram/secret", answer)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/secret"
    network.append(bot.network(webhook_url=url, webhook_secret=SECRET))
    task = asyncio.create_task(network[0].run(bot.cursor, bot.receive))
    try:
        await until(lambda: bot.api.world.updates.webhook_url == url)
        yield url
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await runner.cleanup()


async def test_what_is_brought_is_committed_in_order_once(bot: Bot, martine: int) -> None:
    said = [f"message {number}" for number in range(50)]
    bot.inbox.failures = 3
    async with hooked(bot):
        for text in said:
            bot.api.people.says(martine, text)
        await until(lambda: not bot.api.world.updates.pending)

    assert said == [event.text for event in bot.inbox.received]
    assert bot.cursor is None


async def test_it_is_not_confirmed_before_it_is_committed(bot: Bot, martine: int) -> None:
    async with hooked(bot):
        bot.inbox.failures = 10_000
        bot.api.people.says(martine, "Bonjour")
        await until(lambda: bot.api.world.webhook.get("last_error_message"))
        waiting = len(bot.api.world.updates.pending)
        bot.inbox.failures = 0
        await bot.inbox.until(1)

    assert 1 == waiting
    assert "Wrong response from the webhook: 503" == bot.api.world.webhook["last_error_message"]


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        ("faux", "{}", 403),
        ("", "{}", 403),
        (SECRET, "pas du JSON", 400),
        (SECRET, "[]", 400),
        (SECRET, '{"update_id": "x"}', 400),
        (SECRET, '{"update_id": 4, "message": {"message_id": "x"}}', 200),
    ],
)
async def test_others_are_refused(bot: Bot, secret: str, body: str, status: int) -> None:
    async with (
        hooked(bot) as url,
        ClientSession() as session,
        session.post(url, data=body, headers={HEADER: secret}) as answer,
    ):
        assert status == answer.status

    assert [] == bot.inbox.received


@pytest.mark.parametrize(
    "wrong", [{"webhook_url": "ftp://exemple.fr"}, {"webhook_secret": "trop d’espaces"}]
)
async def test_a_webhook_that_telegram_refuses_ends_with_one_line(
    bot: Bot, wrong: dict[str, str]
) -> None:
    told = {"webhook_url": "https://exemple.fr/t", "webhook_secret": SECRET} | wrong

    with pytest.raises(WebhookRefused, match="Telegram refuses the webhook"):
        await bot.network(**told).run(None, bot.receive)


async def test_a_poller_has_one_process_and_a_webhook_any(bot: Bot) -> None:
    polling, hook = bot.network(), bot.network(webhook_url="https://exemple.fr/t")

    assert (Leader.RECEIVES, Leader.NOBODY) == (
        polling.capabilities.leader,
        hook.capabilities.leader,
    )
