"""What goes wrong on the way to Telegram has a name, and nothing is said twice."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import unused_port

from bot.domain.conversations import ConversationRef
from bot.ports.network import (
    Choice,
    DeliveryError,
    Operation,
    Outgoing,
    Refused,
    RetryLater,
    Target,
    Uncertain,
    Unreachable,
)
from tests.support.botapi import Fault
from tests.support.telegram_bot import ROOM, Bot, saying

SHORT = timedelta(seconds=1)
OTHER = ConversationRef.room("telegram", "UV-2222")
"""Enough to connect on a busy machine: an answer that never comes is waited for that long."""


async def failed(
    bot: Bot, outgoing: Outgoing, error: type[DeliveryError], **settings: Any
) -> DeliveryError:
    """The error that a message ends with."""
    with pytest.raises(DeliveryError) as raised:
        await bot.network(**settings).send(outgoing)
    assert error is type(raised.value)
    return raised.value


async def test_flood_control_says_how_long_to_wait(bot: Bot, martine: int) -> None:
    bot.api.world.faults.plan("sendMessage", Fault.FLOOD, number=17)

    error = await failed(bot, saying(martine), RetryLater)

    assert isinstance(error, RetryLater)
    assert timedelta(seconds=17) == error.after


async def test_a_group_that_asked_to_wait_is_left_alone_whatever_the_topic(bot: Bot) -> None:
    network = bot.network()
    bot.rooms.plans[OTHER] = bot.rooms.plans[ROOM]
    await network.send(saying(ROOM, "Un"))
    bot.api.world.faults.plan("sendMessage", Fault.FLOOD, number=30)
    with pytest.raises(RetryLater):
        await network.send(saying(ROOM, "Deux", key="k2"))
    calls = len(bot.api.world.calls)

    with pytest.raises(RetryLater):
        await network.send(saying(OTHER, "Trois", key="k3"))

    assert calls == len(bot.api.world.calls)


async def test_twenty_messages_a_minute_go_to_a_group_over_all_its_topics(bot: Bot) -> None:
    bot.api.world.limits.on = True
    network = bot.network(group_per_minute=20)
    bot.rooms.plans[OTHER] = bot.rooms.plans[ROOM]
    # Two topics are made and introduced.
    for number in range(16):
        await network.send(saying((OTHER, ROOM)[number % 2], key=str(number)))

    with pytest.raises(RetryLater):
        await network.send(saying(ROOM, "Un de trop", key="17"))

    assert 0 == bot.api.world.limits.refused


async def test_a_read_time_out_leaves_it_uncertain(bot: Bot, martine: int) -> None:
    bot.api.world.faults.plan("sendMessage", Fault.SILENT)

    await failed(bot, saying(martine, "Une fois"), Uncertain, answers_within=SHORT)

    assert ["Une fois"] == bot.shown(martine)


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.RESET, Fault.GARBAGE])
async def test_a_broken_answer_leaves_it_uncertain(bot: Bot, martine: int, fault: Fault) -> None:
    bot.api.world.faults.plan("sendMessage", fault)

    await failed(bot, saying(martine, "Une fois"), Uncertain)

    assert bot.shown(martine).count("Une fois") <= 1


@pytest.mark.parametrize(
    ("status", "error"), [(500, RetryLater), (502, RetryLater), (504, Uncertain)]
)
async def test_the_servers_own_faults(
    bot: Bot, martine: int, status: int, error: type[DeliveryError]
) -> None:
    bot.api.world.faults.plan("sendMessage", Fault.STATUS, number=status)

    await failed(bot, saying(martine), error)


async def test_nobody_listening_is_for_later(bot: Bot, martine: int) -> None:
    network = bot.network(base_url=f"http://127.0.0.1:{unused_port()}")

    with pytest.raises(RetryLater):
        await network.send(saying(martine))


@pytest.mark.parametrize("operation", [Operation.EDIT, Operation.DELETE, Operation.REACT])
async def test_what_can_be_done_twice_is_tried_again(
    bot: Bot, martine: int, operation: Operation
) -> None:
    sent = await bot.network().send(saying(martine))
    methods = {Operation.EDIT: "editMessageText", Operation.DELETE: "deleteMessage"}
    bot.api.world.faults.plan(methods.get(operation, "setMessageReaction"), Fault.SILENT)
    outgoing = saying(martine, "👍", key="act", operation=operation, target=Target(sent))

    await failed(bot, outgoing, RetryLater, answers_within=SHORT)

    assert sent == await bot.network().send(outgoing)


async def test_who_blocked_the_bot_and_who_never_was_are_unreachable(
    bot: Bot, martine: int
) -> None:
    bot.api.people.blocks(martine)

    await failed(bot, saying(martine), Unreachable)
    await failed(bot, saying(999_999), Unreachable)
    await failed(bot, saying("pas-un-chat"), Unreachable)


async def test_data_of_a_button_that_is_too_long_is_refused(bot: Bot, martine: int) -> None:
    await failed(bot, saying(martine, choices=(Choice("x" * 65, "Oui"),)), Refused)


async def test_a_file_that_is_too_large_is_refused_and_not_uncertain(
    bot: Bot, martine: int
) -> None:
    bot.api.world.faults.plan("sendMessage", Fault.STATUS, number=413)

    await failed(bot, saying(martine), Refused)


async def test_a_group_in_which_the_bot_may_not_write_waits_for_its_administrator(
    bot: Bot,
) -> None:
    bot.api.world.chat(bot.forum).muted = True

    await failed(bot, saying(ROOM), RetryLater)
