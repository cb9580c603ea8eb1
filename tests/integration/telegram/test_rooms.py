"""A project's room is a topic of its portal's forum group, made when it is needed, and healed."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.conversations import ConversationRef
from bot.ports.network import Operation, Outgoing, Refused, RetryLater, RoomGone, Uncertain
from bot.ports.remote_rooms import RoomPlan
from tests.support.botapi import Fault
from tests.support.telegram_bot import PORTAL, ROOM, Bot, saying

INTRODUCTION = "Tout est relayé à la commune."
NAME = "UV-7K3Q · Le moulin — Fourmies"


async def test_the_topic_is_made_once_named_and_introduced(bot: Bot) -> None:
    network = bot.network()
    await network.send(saying(ROOM, "Un", key="k1"))
    await network.send(saying(ROOM, "Deux", key="k2"))

    topics = bot.api.people.topics(bot.forum)
    assert [NAME] == list(topics.values())
    (topic,) = topics
    assert [INTRODUCTION, "Un", "Deux"] == bot.shown(bot.forum, topic)[1:]
    assert f"{bot.forum}/{topic}" == bot.rooms.remotes[ROOM]


async def test_two_messages_at_once_open_one_topic(bot: Bot) -> None:
    network = bot.network()

    await asyncio.gather(*(network.send(saying(ROOM, str(n), key=str(n))) for n in range(4)))

    assert 1 == len(bot.api.people.topics(bot.forum))
    assert {"0", "1", "2", "3"} == set(bot.shown(bot.forum)[2:])


async def test_a_team_has_a_topic_too(bot: Bot) -> None:
    team = ConversationRef.team("telegram", PORTAL)
    bot.rooms.plans[team] = RoomPlan("Équipe", "", PORTAL, "UrbanVitaliz")

    await bot.network().send(saying(team, "Un projet à examiner"))

    assert ["Équipe"] == list(bot.api.people.topics(bot.forum).values())
    assert "Un projet à examiner" == bot.shown(bot.forum)[-1]


async def test_a_long_name_is_cut(bot: Bot) -> None:
    bot.rooms.plans[ROOM] = RoomPlan("n" * 200, "", PORTAL, "UrbanVitaliz")

    await bot.network().send(saying(ROOM))

    assert ["n" * 127 + "…"] == list(bot.api.people.topics(bot.forum).values())


async def test_a_deleted_topic_is_made_anew_and_the_message_said_there(bot: Bot) -> None:
    network = bot.network()
    await network.send(saying(ROOM, "Avant"))
    (old,) = bot.api.people.topics(bot.forum)
    bot.api.people.deletes_topic(bot.forum, old)
    bot.rooms.plans[ROOM] = replace(bot.rooms.plans[ROOM], anew="**Le moulin** : où il en est")

    await network.send(saying(ROOM, "Après", key="k2"))

    (new,) = bot.api.people.topics(bot.forum)
    assert old != new
    assert [INTRODUCTION, "Le moulin : où il en est", "Après"] == bot.shown(bot.forum, new)[1:]
    assert f"{bot.forum}/{new}" == bot.rooms.remotes[ROOM]


async def test_a_refresh_names_the_topic_again(bot: Bot) -> None:
    network = bot.network()
    refresh = saying(ROOM, "", key="r", operation=Operation.REFRESH)
    assert "" == await network.send(refresh)
    await network.send(saying(ROOM))
    bot.rooms.plans[ROOM] = RoomPlan("UV-7K3Q · La filature", "", PORTAL, "UrbanVitaliz")

    await network.send(refresh)
    await network.send(refresh)

    assert ["UV-7K3Q · La filature"] == list(bot.api.people.topics(bot.forum).values())


async def test_a_group_that_was_upgraded_is_followed_when_it_is_written_to(bot: Bot) -> None:
    admin = bot.api.world.add_user("Admin").id
    group = bot.api.world.add_group("Conseil")
    new = bot.api.people.upgrades(admin, group.id)
    network = bot.network(forums={PORTAL: group.id})

    await network.send(saying(ROOM))

    assert [NAME] == list(bot.api.people.topics(new).values())
    assert bot.rooms.remotes[ROOM].startswith(f"{new}/")


async def test_a_group_that_was_upgraded_is_followed_when_it_is_told(bot: Bot) -> None:
    admin = bot.api.world.add_user("Admin").id
    network = bot.network()
    await network.send(saying(ROOM))
    remote = bot.rooms.remotes[ROOM]
    new = bot.api.people.upgrades(admin, bot.forum)
    bot.api.people.says(admin, "fin")
    async with bot.running():
        await bot.inbox.until(1)

    assert f"{new}/{remote.partition('/')[2]}" == bot.rooms.remotes[ROOM]
    assert ["fin"] == [event.text for event in bot.inbox.received]


async def test_a_topic_that_stayed_behind_is_made_anew_in_the_group_with_the_new_id(
    bot: Bot,
) -> None:
    network = bot.network()
    await network.send(saying(ROOM))
    bot.api.people.upgrades(bot.api.world.add_user("Admin").id, bot.forum)

    await network.send(saying(ROOM, "Encore", key="k2"))

    assert [NAME] == [
        name
        for chat in bot.api.world.chats.values()
        if chat.id != bot.forum
        for name in bot.api.people.topics(chat.id).values()
    ]


async def test_what_has_no_plan_is_gone(bot: Bot) -> None:
    with pytest.raises(RoomGone):
        await bot.network().send(saying(ConversationRef.room("telegram", "UV-0000")))


async def test_what_an_operator_must_mend_waits_and_is_said(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.api.world.chats[bot.forum]
    chat.bot_is_admin = False
    with pytest.raises(RetryLater) as without_rights:
        await bot.network().send(saying(ROOM))
    with pytest.raises(RetryLater):
        await bot.network(forums={}).send(saying(ROOM))
    chat.bot_is_admin = True

    await bot.network().send(saying(ROOM))

    assert 600 == without_rights.value.after.total_seconds()
    assert [
        "no topic can be made in the forum group of portal urbanvitaliz",
        "portal urbanvitaliz has no forum group in the settings of Telegram",
    ] == [record.message for record in caplog.records]


async def test_a_bot_put_out_of_its_group_waits_until_it_is_back(bot: Bot) -> None:
    network = bot.network()
    await network.send(saying(ROOM))
    group = bot.api.world.chats[bot.forum]
    before = group.closed
    bot.api.people.kicks_bot(bot.api.world.add_user("Admin").id, bot.forum)

    with pytest.raises(RetryLater) as put_out:
        await network.send(saying(ROOM, "Me revoilà", key="k2"))
    assert 600 == put_out.value.after.total_seconds()

    group.closed = before
    await network.send(saying(ROOM, "Me revoilà", key="k2"))
    assert "Me revoilà" == bot.shown(bot.forum)[-1]


async def test_a_topic_that_could_not_be_recorded_is_not_made_twice(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, bind = bot.network(), bot.rooms.bind

    async def broken(*_: object) -> None:
        raise OSError("the database is locked")

    monkeypatch.setattr(bot.rooms, "bind", broken)
    with pytest.raises(OSError, match="locked"):
        await network.send(saying(ROOM))
    monkeypatch.setattr(bot.rooms, "bind", bind)

    await network.send(saying(ROOM))

    assert 1 == len(bot.api.people.topics(bot.forum))


async def test_a_topic_asked_for_without_an_answer_is_asked_for_again(bot: Bot) -> None:
    """At worst an empty topic is left: no message was said in it."""
    bot.api.world.faults.plan("createForumTopic", Fault.CUT)
    network = bot.network()

    with pytest.raises(RetryLater):
        await network.send(saying(ROOM))
    await network.send(saying(ROOM))

    assert 1 == bot.shown(bot.forum).count("Bonjour")


async def test_an_introduction_without_an_answer_does_not_double_it(bot: Bot) -> None:
    network = bot.network()
    bot.api.world.faults.plan("sendMessage", Fault.CUT)

    await network.send(saying(ROOM))
    bot.api.world.faults.plan("sendMessage", Fault.CUT)
    with pytest.raises(Uncertain):
        await network.send(saying(ROOM, "Suite", key="k2"))

    assert [INTRODUCTION, "Bonjour", "Suite"] == bot.shown(bot.forum)[1:]


def removal(person: int, place: ConversationRef) -> Outgoing:
    lane = ConversationRef.invitation("telegram", str(person))
    return Outgoing(f"r:{place.name}", lane, place.name, "removal", operation=Operation.REMOVE)


async def test_who_is_out_of_service_is_sent_away_from_the_forum_and_may_come_back(
    bot: Bot,
) -> None:
    claire = bot.api.world.add_user("Claire").id
    bot.api.people.joins(claire, bot.forum)
    network, forum = bot.network(), bot.api.world.chat(bot.forum)
    await network.send(removal(claire, ROOM))
    assert claire in forum.members

    await network.send(removal(claire, ConversationRef.group("telegram", PORTAL)))

    assert (False, False) == (claire in forum.members, claire in forum.banned)


async def test_without_the_right_to_remove_the_removal_is_refused(bot: Bot) -> None:
    claire = bot.api.world.add_user("Claire").id
    bot.api.people.joins(claire, bot.forum)
    bot.api.world.chat(bot.forum).bot_is_admin = False
    with pytest.raises(Refused, match="Not enough rights"):
        await bot.network().send(removal(claire, ConversationRef.group("telegram", PORTAL)))
