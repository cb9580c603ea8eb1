"""Files that travel with words."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.domain.attachment import Attachment
from bot.ports.network import Outgoing, Place
from tests.support.visitor import Visitor
from tests.support.web_site import Site

PDF = b"%PDF-1.7 plan"


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


async def upload(
    browser: aiohttp.ClientSession, site: Site, name: str, content: bytes, words: str = ""
) -> tuple[int, str]:
    """Send a file with the chat's form."""
    visitor = Visitor(site.base)
    await visitor._session.close()
    visitor._session = browser
    form = aiohttp.FormData()
    for field, value in (await visitor.get("/")).form(field_name="texte").fields.items():
        form.add_field(field, value)
    form.add_field("texte", words)
    form.add_field("piece", content, filename=name, content_type="application/pdf")
    async with browser.post(site.base, data=form) as answer:
        return answer.status, await answer.text()


async def test_a_file_is_kept_shown_and_given_back_as_a_download(
    site: Site, browser: aiohttp.ClientSession
) -> None:
    _, page = await upload(browser, site, "plan été.pdf", PDF, "Voici le plan.")

    event = (await site.inbox.until(1))[0]
    assert event.attachment is not None
    assert ("plan été.pdf", len(PDF)) == (event.attachment.name, event.attachment.size)
    assert 'href="/fichiers/1"' in page
    async with browser.get(f"{site.base}/fichiers/1") as answer:
        assert PDF == await answer.read()
        disposition = "attachment; filename*=UTF-8''plan%20%C3%A9t%C3%A9.pdf"
        assert disposition == answer.headers["Content-Disposition"]
        assert "nosniff" == answer.headers["X-Content-Type-Options"]


async def test_a_file_alone_is_a_message(site: Site, browser: aiohttp.ClientSession) -> None:
    status, _ = await upload(browser, site, "plan.pdf", PDF)

    assert 200 == status
    assert "" == (await site.inbox.until(1))[0].text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("virus.exe", PDF, "Ce type de fichier"),
        ("lourd.pdf", PDF * 1000, "trop lourd"),
        ("vide.pdf", b"", "Ce fichier est vide"),
    ],
)
async def test_a_refused_file_is_explained_and_the_words_stay_in_the_field(
    site: Site, browser: aiohttp.ClientSession, name: str, content: bytes, why: str
) -> None:
    status, page = await upload(browser, site, name, content, "Voici le plan du moulin.")

    assert 422 == status
    assert why in page
    assert "Voici le plan du moulin.</textarea>" in page
    assert [] == site.inbox.received


async def test_a_file_of_a_foreign_conversation_does_not_exist(
    site: Site, browser: aiohttp.ClientSession, visitor: Visitor, advisor: Visitor
) -> None:
    await upload(browser, site, "plan.pdf", PDF)

    assert 404 == (await visitor.get("/fichiers/1")).status
    assert 404 == (await advisor.get("/fichiers/1")).status


@pytest.mark.parametrize("conversation", ["room:UV-7K3Q", "team:urbanvitaliz", "room:UV-9PXC"])
async def test_a_file_of_a_room_is_for_those_who_sit_there(
    site: Site, visitor: Visitor, advisor: Visitor, coordinator: Visitor, conversation: str
) -> None:
    sha256 = (await site.files.keep("plan.pdf", "application/pdf", _chunks())).sha256
    attachment = Attachment(sha256, "plan.pdf", "application/pdf", len(PDF))
    place = Place("web", conversation)
    number = await site.network.send(
        Outgoing("f", place, "Le plan", "relay", attachment=attachment)
    )
    statuses = [
        (await who.get(f"/fichiers/{number}")).status for who in (visitor, advisor, coordinator)
    ]

    advisors_own = 200 if conversation == "room:UV-7K3Q" else 404
    assert [404, advisors_own, 200] == statuses


@pytest.mark.parametrize("path", ["/fichiers/999", "/fichiers/abc", "/fichiers/-1"])
async def test_an_unknown_file_is_not_found(visitor: Visitor, path: str) -> None:
    assert 404 == (await visitor.get(path)).status


async def _chunks() -> AsyncIterator[bytes]:
    yield PDF
