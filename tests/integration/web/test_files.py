"""Files that travel with words."""

import dataclasses
from collections.abc import AsyncIterator

import pytest

from bot.domain.conversations import ConversationRef
from bot.ports.network import Outgoing
from tests.support.visitor import Visitor
from tests.support.web_site import Site

PDF = b"%PDF-1.7 plan"


async def test_a_file_is_kept_shown_and_given_back_as_a_download(
    site: Site, visitor: Visitor
) -> None:
    page = await visitor.say("/", "Voici le plan.", ("plan.pdf", PDF, "application/pdf"))

    event = (await site.inbox.until(1))[0]
    assert event.attachment is not None
    assert ("plan.pdf", len(PDF)) == (event.attachment.name, event.attachment.size)
    assert page.only("Voici le plan.").file.startswith("plan.pdf")
    assert PDF == await visitor.download("/fichiers/1")


async def test_a_file_is_always_a_download_under_its_own_name(site: Site, visitor: Visitor) -> None:
    await visitor.say("/", "Bonjour")
    chat = (await site.inbox.until(1))[0].conversation
    kept = await site.files.keep("plan.pdf", "application/pdf", _chunks())
    attachment = dataclasses.replace(kept, name='plan "été".pdf')
    number = await site.network.send(Outgoing("f", chat, "", "relay", attachment=attachment))

    async with visitor._session.get(f"{site.base}/fichiers/{number}") as answer:
        disposition = "attachment; filename*=UTF-8''plan%20%22%C3%A9t%C3%A9%22.pdf"
        assert disposition == answer.headers["Content-Disposition"]
        assert "application/pdf" == answer.headers["Content-Type"]
        assert "nosniff" == answer.headers["X-Content-Type-Options"]


async def test_a_file_alone_is_a_message(site: Site, visitor: Visitor) -> None:
    await visitor.say("/", "", ("plan.pdf", PDF, "application/pdf"))

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
    site: Site, visitor: Visitor, name: str, content: bytes, why: str
) -> None:
    words = "Voici le plan du moulin."
    page = await visitor.say("/", words, (name, content, "application/pdf"))

    assert 422 == page.status
    assert why in page.text
    assert f"{words}</textarea>" in page.html
    assert [] == site.inbox.received


async def test_a_file_of_a_foreign_conversation_does_not_exist(
    site: Site, visitor: Visitor, advisor: Visitor
) -> None:
    await visitor.say("/", "Voici le plan.", ("plan.pdf", PDF, "application/pdf"))
    async with Visitor(site.base) as stranger:
        assert 404 == (await stranger.get("/fichiers/1")).status
    assert 404 == (await advisor.get("/fichiers/1")).status


@pytest.mark.parametrize("conversation", ["room:UV-7K3Q", "team:urbanvitaliz", "room:UV-9PXC"])
async def test_a_file_of_a_room_is_for_those_who_sit_there(
    site: Site, visitor: Visitor, advisor: Visitor, coordinator: Visitor, conversation: str
) -> None:
    attachment = await site.files.keep("plan.pdf", "application/pdf", _chunks())
    room = ConversationRef("web", conversation)
    number = await site.network.send(Outgoing("f", room, "Le plan", "relay", attachment=attachment))
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
