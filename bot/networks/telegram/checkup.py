"""Checks that a bot can do its work, by questions to Telegram that change nothing there."""

from collections.abc import Mapping
from datetime import timedelta

from telegram import ChatMember, ChatMemberAdministrator
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.networks.telegram.api.client import Client, make_client
from bot.ports.checkup import Finding, fault, ok, warning

_WITHIN = timedelta(seconds=10)


async def checkup(
    token: str, base_url: str, webhook_url: str, forums: Mapping[str, int]
) -> list[Finding]:
    """The findings on the token, the updates (polled for without a `webhook_url`), the forums."""
    bot = make_client(token, base_url, _WITHIN)
    try:
        me = await bot.get_me()
        return [
            ok("telegram", f"the token is that of @{me.username}"),
            await _check_updates(bot, webhook_url),
            *[await _check_forum(bot, me.id, portal, group) for portal, group in forums.items()],
        ]
    except InvalidToken:
        return [fault("telegram", "the token is refused", "ask @BotFather for it (/token)")]
    except TelegramError as error:
        todo = f"look at the network, and whether {base_url} is the Bot API"
        return [fault("telegram", f"no answer: {type(error).__name__}", todo)]
    finally:
        await bot.request.shutdown()


async def _check_updates(bot: Client, webhook_url: str) -> Finding:
    what = "telegram updates"
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        return warning(what, f"not known: {type(error).__name__}", "try again")
    if webhook_url:
        if info.url != webhook_url:
            todo = "the next start sets it; if it does not last, another service has this token"
            return warning(what, "Telegram has another webhook, or none", todo)
        if info.last_error_message:
            todo = "look at the proxy: /telegram/ must be reachable from the Internet by https"
            return warning(what, f"the webhook failed: {info.last_error_message}", todo)
        return ok(what, f"by webhook, {info.pending_update_count} waiting")
    if info.url:
        todo = "the next start takes it away; if it comes back, another service has this token"
        return warning(what, "a webhook is set, and the settings say none", todo)
    return await _check_polling(bot, info.pending_update_count)


async def _check_polling(bot: Client, waiting: int) -> Finding:
    """Poll once, which confirms nothing. Another poller gets an error (409), and polls again."""
    what = "telegram updates"
    try:
        await bot.get_raw_updates(None, timedelta(), _WITHIN)
    except Conflict:
        todo = "right if it is this service; if not, stop the other one or /revoke the token"
        return warning(what, "somebody else polls with this token", todo)
    except TelegramError as error:
        return warning(what, f"cannot be polled: {type(error).__name__}", "try again")
    return ok(what, f"by polling, {waiting} waiting")


async def _check_forum(bot: Client, me: int, portal: str, group: int) -> Finding:
    what = f"telegram forum {portal}"
    try:
        chat, member = await bot.get_chat(group), await bot.get_chat_member(group, me)
    except TelegramError as error:
        todo = "add the bot to the group, and write the group's present id in telegram.forums"
        return fault(what, f"{group} is out of reach: {error.message}", todo)
    if not chat.is_forum:
        return fault(what, f"{group} is no forum", "turn on « Topics » in the group's settings")
    if member.status != ChatMember.ADMINISTRATOR:
        return fault(what, "the bot is no administrator", "make it one, with « Manage topics »")
    if not (isinstance(member, ChatMemberAdministrator) and member.can_manage_topics):
        return fault(what, "the bot may not manage topics", "give it the right « Manage topics »")
    return ok(what, "the bot is an administrator and manages topics")
