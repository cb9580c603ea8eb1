"""Live pages: server-sent events, and the script's own way of posting."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.ports.network import Outgoing, Place
from tests.support.visitor import Visitor
from tests.support.web_site import HASTY, Site, serving

JSON = {"Accept": "application/json"}


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


async def fields_of(browser: aiohttp.ClientSession, site: Site) -> dict[str, str]:
    """The filled fields of the chat's form."""
    visitor = Visitor(site.base)
    await visitor._session.close()
    visitor._session = browser
    return (await visitor.get("/")).form(field_name="texte").fields


async def test_a_message_wakes_the_pages_that_show_its_conversation(
    site: Site, browser: aiohttp.ClientSession
) -> None:
    fields = await fields_of(browser, site)
    async with browser.post(site.base, data={**fields, "texte": "Bonjour"}, headers=JSON) as answer:
        assert {"ok": True} == await answer.json()
    place = (await site.inbox.until(1))[0].place

    async with browser.get(f"{site.base}/flux/chat") as stream:
        assert "text/event-stream" == stream.headers["Content-Type"]
        assert b"retry" in await stream.content.readline()
        await site.network.send(Outgoing("other", Place("web", "chat:x"), "Ailleurs", "notice"))
        await site.network.send(Outgoing("mine", place, "Bonjour.", "notice"))
        async with asyncio.timeout(10):
            assert b"\n" == await stream.content.readline()
            assert b"event: nouveau\n" == await stream.content.readline()


async def test_a_stream_ends_when_the_advisor_is_removed(site: Site, advisor: Visitor) -> None:
    room = Place("web", "room:UV-7K3Q")
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

        assert 503 == (await advisor.get("/flux/salle/UV-7K3Q")).status


async def test_the_script_is_told_why_its_message_was_refused(
    site: Site, browser: aiohttp.ClientSession
) -> None:
    fields = await fields_of(browser, site)
    async with browser.post(site.base, data={**fields, "texte": " "}, headers=JSON) as answer:
        assert 422 == answer.status
        assert "Votre message est vide" in (await answer.json())["faute"]


async def test_the_script_gets_an_error_it_can_try_again_on(
    site: Site, browser: aiohttp.ClientSession
) -> None:
    fields = await fields_of(browser, site)
    site.chat.broken = True
    data = {**fields, "texte": "Bonjour"}
    async with browser.post(site.base, data=data, headers=JSON) as answer:
        assert (500, "2") == (answer.status, answer.headers["Retry-After"])
    site.chat.broken = False
    for _ in range(2):
        async with browser.post(site.base, data=data, headers=JSON) as answer:
            assert 200 == answer.status

    assert ["Bonjour"] == [event.text for event in await site.inbox.until(1)]
