"""Rates, and cookies behind HTTPS."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import aiohttp

from tests.support.visitor import Visitor
from tests.support.web_site import HASTY, serving


async def test_too_many_posts_wait_and_the_words_are_not_lost(tmp_path: Path) -> None:
    limits = dataclasses.replace(HASTY, posts_per_minute=2)
    async with serving(tmp_path, limits=limits) as site, Visitor(site.base) as visitor:
        await visitor.say("/", "Un")
        await visitor.say("/", "Deux")
        refused = await visitor.say("/", "Trois mots à garder")
        site.clock.at += timedelta(seconds=30)
        form = refused.form(button="Réessayer")
        again = await visitor.submit(refused, form, {"texte": "Trois mots à garder"})

        assert 429 == refused.status
        assert "Trois mots à garder" in refused.text
        assert 200 == again.status
        assert ["Un", "Deux", "Trois mots à garder"] == [
            event.text for event in await site.inbox.until(3)
        ]


async def test_one_address_cannot_flood_under_many_sessions(tmp_path: Path) -> None:
    limits = dataclasses.replace(HASTY, posts_per_minute_per_address=2)
    async with serving(tmp_path, limits=limits) as site:
        statuses = []
        for _ in range(3):
            async with Visitor(site.base) as visitor:
                statuses.append((await visitor.say("/", "Bonjour")).status)

    assert [200, 200, 429] == statuses


async def test_links_are_not_guessed_at_speed(tmp_path: Path) -> None:
    limits = dataclasses.replace(HASTY, links_per_minute_per_address=2)
    async with serving(tmp_path, limits=limits) as site, Visitor(site.base) as visitor:
        statuses = [(await visitor.get(f"/acces/essai{n}")).status for n in range(3)]

    assert [404, 404, 429] == statuses


async def test_a_refusal_says_when_to_come_back(tmp_path: Path) -> None:
    limits = dataclasses.replace(HASTY, links_per_minute_per_address=1)
    async with serving(tmp_path, limits=limits) as site, aiohttp.ClientSession() as browser:
        await (await browser.get(f"{site.base}/acces/a")).read()
        async with browser.get(f"{site.base}/acces/b") as answer:
            assert (429, "60") == (answer.status, answer.headers["Retry-After"])


async def test_behind_a_trusted_proxy_the_address_is_the_one_it_saw(tmp_path: Path) -> None:
    limits = dataclasses.replace(HASTY, links_per_minute_per_address=1, trust_proxy=True)
    async with serving(tmp_path, limits=limits) as site, aiohttp.ClientSession() as browser:
        statuses = []
        # Only the last entry is the proxy's own word; the first is whatever the visitor claims.
        for seen in ("1.1.1.1, 203.0.113.7", "2.2.2.2, 203.0.113.7", "1.1.1.1, 203.0.113.8"):
            headers = {"X-Forwarded-For": seen}
            async with browser.get(f"{site.base}/acces/a", headers=headers) as answer:
                statuses.append(answer.status)

    assert [404, 429, 404] == statuses


async def test_cookies_are_secure_and_bound_to_the_host_over_https(tmp_path: Path) -> None:
    url = "https://filrouge.example"
    async with (
        serving(tmp_path, public_url=url) as site,
        aiohttp.ClientSession() as browser,
        browser.get(site.base) as answer,
    ):
        cookie = answer.headers["Set-Cookie"]

    assert cookie.startswith("__Host-filrouge_formulaires=")
    for word in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"):
        assert word in cookie
