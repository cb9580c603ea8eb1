"""Live pages: server-sent events, and the script's own way of posting."""

import asyncio
import dataclasses
import json
from pathlib import Path

import pytest

from bot.domain.conversations import ConversationRef
from bot.ports.network import Outgoing
from tests.support.visitor import Visitor
from tests.support.web_site import HASTY, Site, failing, serving

JSON = {"Accept": "application/json"}


async def test_a_message_wakes_the_pages_that_show_its_conversation(
    site: Site, visitor: Visitor
) -> None:
    fields = (await visitor.get("/")).form(field_name="texte").fields
    answer = await visitor.post("/", {**fields, "texte": "Bonjour"}, headers=JSON)
    assert {"ok": True} == json.loads(answer.html)
    chat = (await site.inbox.until(1))[0].conversation

    async with visitor._session.get(f"{site.base}/flux/chat") as stream:
        assert "text/event-stream" == stream.headers["Content-Type"]
        assert b"retry" in await stream.content.readline()
        await site.network.send(
            Outgoing("other", ConversationRef("web", "chat:x"), "Ailleurs", "notice")
        )
        await site.network.send(Outgoing("mine", chat, "Bonjour.", "notice"))
        async with asyncio.timeout(10):
            assert b"\n" == await stream.content.readline()
            assert b"event: nouveau\n" == await stream.content.readline()


async def test_news_of_another_process_wakes_the_pages_here(site: Site, advisor: Visitor) -> None:
    async with advisor._session.get(f"{site.base}/flux/salle/UV-7K3Q") as stream:
        await stream.content.readuntil(b"\n\n")
        for conversation in ("room:UV-7K3Q", None):
            site.network.wake_pages(conversation)
            async with asyncio.timeout(10):
                assert b"event: nouveau\ndata:\n\n" == await stream.content.readuntil(b"\n\n")


async def test_other_processes_are_told_of_what_is_shown_and_posted(tmp_path: Path) -> None:
    told: list[str] = []
    async with serving(tmp_path, wake_elsewhere=told.append) as site, Visitor(site.base) as visitor:
        await site.network.send(
            Outgoing("k", ConversationRef("web", "room:UV-7K3Q"), "Bonjour", "relay")
        )
        await visitor.say("/", "Bonjour")
        posted = (await site.inbox.until(1))[0].conversation.name

    assert ["room:UV-7K3Q", posted] == told


async def test_a_stream_ends_when_the_advisor_is_removed(site: Site, advisor: Visitor) -> None:
    room = ConversationRef("web", "room:UV-7K3Q")
    async with advisor._session.get(f"{site.base}/flux/salle/UV-7K3Q") as stream:
        await stream.content.readuntil(b"\n\n")
        del site.queries.desks[1]
        await site.network.send(Outgoing("k", room, "Un secret", "relay"))
        async with asyncio.timeout(10):
            assert b"" == await stream.content.read()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/flux/chat", 404),
        ("/flux/salle/UV-7K3Q", 403),
        ("/flux/equipe/urbanvitaliz", 403),
    ],
)
async def test_a_stream_is_for_those_who_may_read(visitor: Visitor, path: str, status: int) -> None:
    assert status == (await visitor.get(path)).status


async def test_more_live_pages_than_allowed_are_told_to_come_back(tmp_path: Path) -> None:
    limits = dataclasses.replace(HASTY, live_pages=0)
    async with serving(tmp_path, limits=limits) as site, Visitor(site.base) as advisor:
        await advisor.enter("/acces/claire")

        assert 503 == (await failing(advisor, "/flux/salle/UV-7K3Q"))[0]


async def test_the_script_is_told_why_its_message_was_refused(site: Site, visitor: Visitor) -> None:
    fields = (await visitor.get("/")).form(field_name="texte").fields
    answer = await visitor.post("/", {**fields, "texte": " "}, headers=JSON)

    assert 422 == answer.status
    assert "Votre message est vide" in json.loads(answer.html)["faute"]


async def test_the_script_gets_an_error_it_can_try_again_on(site: Site, visitor: Visitor) -> None:
    fields = (await visitor.get("/")).form(field_name="texte").fields
    site.chat.broken = True
    data = {**fields, "texte": "Bonjour"}
    failed, _ = await failing(visitor, "/", data, JSON)
    site.chat.broken = False
    again = [(await visitor.post("/", data, headers=JSON)).status for _ in range(2)]

    assert (500, [200, 200]) == (failed, again)
    assert ["Bonjour"] == [event.text for event in await site.inbox.until(1)]
