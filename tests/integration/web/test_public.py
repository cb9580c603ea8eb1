"""What anybody may see, and what machines read."""

from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.ports.readiness import Readiness
from tests.support.visitor import Visitor
from tests.support.web_site import Site, failing, web_network


async def test_the_public_figures_are_shown(visitor: Visitor) -> None:
    page = await visitor.get("/stats")

    assert 200 == page.status
    assert "1 284" in page.text
    assert "UrbanVitaliz" in page.text


async def test_the_privacy_page_says_who_reads_for_how_long_and_how_to_erase(
    visitor: Visitor,
) -> None:
    text = (await visitor.get("/confidentialite")).text

    for words in (
        "l’équipe d’UrbanVitaliz",
        "observateurs publics de votre territoire",
        "pendant toute la vie du projet",
        "écrivez à l’équipe du portail",
    ):
        assert words in text


@pytest.mark.parametrize("path", ["/", "/confidentialite"])
async def test_nothing_is_promised_that_does_not_exist(visitor: Visitor, path: str) -> None:
    text = (await visitor.get(path)).text

    for words in ("/mesdonnees", "/effacer", "eux ans", "anonyme", "ersonne d’autre"):
        assert words not in text


async def test_health_says_that_the_process_answers_whatever_the_database_does(
    site: Site, visitor: Visitor
) -> None:
    site.queries.broken = True
    well = await visitor.get("/healthz")

    assert (200, '{"status": "ok"}') == (well.status, well.html)


async def test_metrics_show_what_keeps_the_service_from_working(tmp_path: Path) -> None:
    async def ill() -> Readiness:
        networks = {"matrix": False, "web": True}
        fault = "network matrix: not connected"
        return Readiness(oldest=timedelta(hours=2), networks=networks, faults=(fault,))

    app = web_network(tmp_path, look=ill).application()
    async with TestServer(app) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        async with session.get("/metrics") as answer:
            lines = (await answer.text()).splitlines()
        async with session.get("/readyz") as answer:
            said = (answer.status, await answer.json())

    assert {
        "filrouge_ready 0.0",
        "filrouge_database_writable 1.0",
        "filrouge_outbox_moving 1.0",
        "filrouge_outbox_oldest_seconds 7200.0",
        'filrouge_network_connected{network="matrix"} 0.0',
        'filrouge_network_connected{network="web"} 1.0',
    } <= set(lines)
    expected = {"status": "not ready", "faults": ["network matrix: not connected"]}
    assert (503, expected) == said


async def test_metrics_count_posts_and_depths(site: Site, visitor: Visitor) -> None:
    await visitor.say("/", "Bonjour")
    lines = (await visitor.get("/metrics")).html.splitlines()

    assert "filrouge_web_posts_total 1.0" in lines
    assert "filrouge_inbox_waiting 2.0" in lines
    assert "filrouge_outbox_waiting 3.0" in lines


@pytest.mark.parametrize("path", ["/nulle-part", "/static/x/../../chat.py", "/static/1/fil.css"])
async def test_an_unknown_page_is_kindly_not_found(visitor: Visitor, path: str) -> None:
    page = await visitor.get(path)

    assert 404 == page.status
    assert "Cette page n’existe pas" in page.text


async def test_a_page_that_fails_is_kind_and_says_nothing_of_the_cause(
    site: Site, visitor: Visitor
) -> None:
    site.queries.broken = True
    status, page = await failing(visitor, "/metrics")

    assert 500 == status
    assert "Un souci de notre côté" in page
    assert "database" not in page


async def test_static_files_are_kept_for_ever_under_the_name_of_their_content(
    site: Site, visitor: Visitor
) -> None:
    html = (await visitor.get("/")).html
    names = [part.split('"')[0] for part in html.split('"/static/')[1:]]

    assert {"fil.css", "fil.js", "fil.svg"} == {name.split("/")[1] for name in names}
    async with aiohttp.ClientSession() as browser:
        for name in names:
            async with browser.get(f"{site.base}/static/{name}") as answer:
                assert 200 == answer.status
                assert "immutable" in answer.headers["Cache-Control"]


async def test_search_engines_are_kept_out_of_private_pages(visitor: Visitor) -> None:
    assert "Disallow: /acces/" in (await visitor.get("/robots.txt")).html
    assert 'name="robots" content="noindex"' in (await visitor.get("/acces/claire")).html
