"""Delivers updates to the bot's webhook: one at a time, again and again until it answers 2xx."""

import asyncio

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.support.botapi.updates import Update
from tests.support.botapi.world import World

AGAIN_AFTER_S = 0.05
HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def deliver_to_webhook(world: World) -> None:
    """Deliver what is pending whenever a webhook is set, until cancelled."""
    async with ClientSession(timeout=ClientTimeout(total=60)) as session:
        while True:
            if not world.updates.webhook_url or not world.updates.pending:
                await asyncio.sleep(AGAIN_AFTER_S)
                continue
            update = world.updates.pending[0]
            failure = await _deliver(world, session, update)
            if failure is None:
                world.updates.confirm(update.id)
            else:
                failed_at = {"last_error_date": int(world.now())}
                world.webhook |= failed_at | {"last_error_message": failure}
                await asyncio.sleep(AGAIN_AFTER_S)


async def _deliver(world: World, session: ClientSession, update: Update) -> str | None:
    """Why the update was not taken; None if it was."""
    secret = world.webhook.get("secret")
    headers = {HEADER: secret} if secret else {}
    try:
        async with session.post(
            world.updates.webhook_url, json=update.body, headers=headers
        ) as answer:
            status = answer.status
    except (ClientError, TimeoutError) as error:
        return type(error).__name__
    is_taken = 200 <= status < 300
    return None if is_taken else f"Wrong response from the webhook: {status}"
