"""Forms that are foreign, forged or garbled, and who may read what."""

import io

import aiohttp
import pytest

from tests.support.visitor import Visitor
from tests.support.web_site import Site

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_a_form_without_its_token_is_refused(site: Site, visitor: Visitor) -> None:
    page = await visitor.get("/")
    answer = await visitor.submit(
        page, page.form(field_name="texte"), {"texte": "Bonjour", "jeton": ""}
    )

    assert 403 == answer.status
    assert "Cette page ne vous est pas ouverte" in answer.text
    assert [] == site.inbox.received


async def test_a_token_shown_to_another_browser_is_refused(site: Site, visitor: Visitor) -> None:
    async with Visitor(site.base) as other:
        page = await other.get("/")
        await visitor.get("/")
        answer = await visitor.submit(page, page.form(field_name="texte"), {"texte": "Bonjour"})

    assert 403 == answer.status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://mechant.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_form_posted_from_another_site_is_refused(
    site: Site, visitor: Visitor, headers: dict[str, str]
) -> None:
    fields = (await visitor.get("/")).form(field_name="texte").fields
    page = await visitor.post("/", {**fields, "texte": "Bonjour"}, headers=headers)

    assert 403 == page.status
    assert [] == site.inbox.received


async def test_the_public_address_is_ours_whatever_the_proxy_says(visitor: Visitor) -> None:
    fields = (await visitor.get("/")).form(field_name="texte").fields
    headers = {"Origin": "http://filrouge.test", "Host": "inside:8080"}

    assert 200 == (await visitor.post("/", {**fields, "texte": "Oui"}, headers=headers)).status


async def test_a_form_without_a_key_is_refused(site: Site, visitor: Visitor) -> None:
    page = await visitor.get("/")
    values = {"texte": "Bonjour", "cle": "../.."}

    assert 400 == (await visitor.submit(page, page.form(field_name="texte"), values)).status


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"texte=%ff%fe&jeton=\xff\xfe"),
        ("application/x-www-form-urlencoded; charset=klingon", b"texte=bonjour"),
        ("multipart/form-data; boundary=x", b"garbage without any boundary"),
        ("multipart/form-data", b"no boundary at all"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--\r\n",
        ),
        ("application/json", b'{"texte": "bonjour"}'),
        ("text/plain", b"bonjour"),
    ],
)
async def test_a_garbled_form_is_refused_kindly(site: Site, content_type: str, body: bytes) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(site.base, data=body, headers={"Content-Type": content_type}) as answer,
    ):
        assert answer.status in {400, 403}
        assert "<h1>" in await answer.text()
    assert [] == site.inbox.received


async def test_a_body_too_large_is_refused(site: Site) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(
            site.base, data=io.BytesIO(b"texte=" + b"a" * 1_200_000), headers=FORM
        ) as answer,
    ):
        assert 413 == answer.status
        assert "C’est trop lourd" in await answer.text()


@pytest.mark.parametrize("cookie", ["filrouge_bureau", "filrouge_conversation"])
async def test_a_forged_cookie_opens_nothing(site: Site, cookie: str) -> None:
    async with aiohttp.ClientSession(cookies={cookie: '"1"'}) as browser:
        async with browser.get(f"{site.base}/salles") as answer:
            assert 403 == answer.status
        async with browser.get(f"{site.base}/flux/chat") as answer:
            assert 404 == answer.status


@pytest.mark.parametrize("path", ["/salles", "/salle/UV-7K3Q", "/equipe", "/equipe/urbanvitaliz"])
async def test_without_a_desk_no_room_opens(visitor: Visitor, path: str) -> None:
    assert 403 == (await visitor.get(path)).status


async def test_every_answer_carries_the_security_headers(site: Site) -> None:
    async with aiohttp.ClientSession() as browser:
        for path in ("/", "/nulle-part", "/healthz"):
            async with browser.get(f"{site.base}{path}") as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
                assert "frame-ancestors 'none'; base-uri 'none'" in policy
                assert "nosniff" == answer.headers["X-Content-Type-Options"]
                assert "no-store" == answer.headers["Cache-Control"]


async def test_no_page_has_script_or_style_inline(advisor: Visitor, coordinator: Visitor) -> None:
    pages = [
        await advisor.get("/"),
        await advisor.get("/salle/UV-7K3Q"),
        await coordinator.get("/equipe"),
    ]

    for page in pages:
        assert "style=" not in page.html
        assert "<style" not in page.html
        assert "onclick" not in page.html
        assert 1 == page.html.count("<script")
