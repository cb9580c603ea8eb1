"""The demonstration's panel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports.web import DemoLink
from tests.support.memory_pages import MemoryDemonstration
from tests.support.memory_ports import START, SettableClock
from tests.support.visitor import Visitor
from tests.support.web_site import Site, serving

LINKS = (
    DemoLink("advisor", "Claire Morel", "DDT du Nord", "/acces/claire"),
    DemoLink("team", "Nadia Roux", "UrbanVitaliz", "/acces/nadia"),
)


def demonstration() -> MemoryDemonstration:
    return MemoryDemonstration(SettableClock(), LINKS)


@asynccontextmanager
async def visiting(folder: Path, demo: MemoryDemonstration) -> AsyncIterator[Visitor]:
    async with (
        serving(folder, demo=demo, clock=demo.clock) as site,
        Visitor(site.base) as visitor,
    ):
        yield visitor


async def test_every_page_has_the_panel_with_its_date(tmp_path: Path) -> None:
    demo = demonstration()
    async with (
        serving(tmp_path, demo=demo, clock=demo.clock) as site,
        Visitor(site.base) as visitor,
    ):
        for path in ("/", "/stats", "/nulle-part"):
            assert "Démonstration, 23 novembre 2026" in (await visitor.get(path)).text


async def test_one_click_plays_the_team_and_another_an_advisor(tmp_path: Path) -> None:
    demo = demonstration()
    async with (
        serving(tmp_path, demo=demo, clock=demo.clock) as site,
        Visitor(site.base) as visitor,
    ):
        team = await visitor.choose("/", "Jouer l’équipe UrbanVitaliz")
        advisor = await visitor.choose("/", "Jouer Claire Morel DDT du Nord")

    assert team.url.endswith("/equipe/urbanvitaliz")
    assert advisor.url.endswith("/salles")


@pytest.mark.parametrize(
    ("button", "weeks"), [("Deux semaines plus tard", 2), ("Six semaines plus tard", 6)]
)
async def test_time_moves_forward_and_the_visitor_stays_where_they_were(
    tmp_path: Path, button: str, weeks: int
) -> None:
    demo = demonstration()
    async with (
        serving(tmp_path, demo=demo, clock=demo.clock) as site,
        Visitor(site.base) as visitor,
    ):
        page = await visitor.choose("/stats", button)

    assert timedelta(weeks=weeks) == demo.now - START
    assert page.url.endswith("/stats")


@pytest.mark.parametrize("path", ["//mechant.example", "https://mechant.example", "/\\x", "/a\nb"])
async def test_moving_time_leads_to_no_other_site(tmp_path: Path, path: str) -> None:
    demo = demonstration()
    async with (
        serving(tmp_path, demo=demo, clock=demo.clock) as site,
        Visitor(site.base) as visitor,
    ):
        page = await visitor.get("/stats")
        button = "Deux semaines plus tard"
        form = page.form(button=button)
        after = await visitor.submit(page, form, {"retour": path}, button=button)

    assert f"{visitor.base}/" == after.url


async def test_outside_the_demonstration_time_cannot_be_moved(site: Site, visitor: Visitor) -> None:
    page = await visitor.get("/")
    form = page.form(field_name="texte")
    form.action = "/demo/avancer"

    assert "Démonstration" not in page.text
    assert 404 == (await visitor.submit(page, form, {"semaines": "2"})).status
