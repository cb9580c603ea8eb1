"""The pages in a real browser: live with JavaScript, whole without it."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from bot.domain.conversations import ConversationRef
from bot.ports.network import Choice, Outgoing
from tests.support.browser import NARROW, PHONE, chromium
from tests.support.web_site import HASTY, Site, serving

SMALL_TARGETS = """() => [...document.querySelectorAll("button, nav a, summary, textarea, .bouton")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
    .map((e) => e.outerHTML.slice(0, 80))"""
ROOM = ConversationRef("web", "room:UV-7K3Q")


pytestmark = pytest.mark.asyncio(loop_scope="module")
fixture = partial(pytest_asyncio.fixture, loop_scope="module")
"""One browser serves all tests, and lives in one event loop; so do the sites that it visits."""


@fixture(scope="module")
async def launched() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@fixture
async def browser(launched: Browser) -> AsyncIterator[Browser]:
    """The browser, which remembers nothing of other tests."""
    yield launched
    for context in launched.contexts:
        await context.close()


@fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """The site, served."""
    async with serving(tmp_path) as served:
        yield served


@fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page on a phone, that fails on any error of the script or of the content policy."""
    context = await browser.new_context(viewport=PHONE, locale="fr-FR")
    shown = await context.new_page()
    errors: list[str] = []
    shown.on("pageerror", lambda error: errors.append(str(error)))
    shown.on("console", lambda said: errors.append(said.text) if _policy(said.text) else None)
    yield shown
    await context.close()
    assert [] == errors


def _policy(text: str) -> bool:
    return "Content Security Policy" in text


async def test_a_conversation_is_live(site: Site, page: Page) -> None:
    await page.goto(site.base)
    await page.fill("#texte", "Nous avons une friche.")
    await page.click("text=Envoyer")
    await expect(page.locator(".moi:not(.attente)")).to_contain_text("Nous avons une friche.")
    await expect(page.locator("#texte")).to_have_value("")
    await expect(page.locator(".accueil")).to_have_count(0)

    chat = (await site.inbox.until(1))[0].conversation
    choices = (Choice("oui", "Oui, c’est ça"), Choice("non", "Non"))
    await site.network.send(Outgoing("q", chat, "À Fourmies ?", "question", choices=choices))
    await page.click("button:has-text('Oui, c’est ça')")

    event = (await site.inbox.until(2))[1]
    assert ("oui", "Oui, c’est ça") == (event.choice, event.text)
    await expect(page.locator(".moi:not(.attente)")).to_have_count(2)
    await expect(page.locator("form.choix")).to_have_count(0)

    await site.network.send(Outgoing("r", chat, "Bâchez.", "recommendation", choices=choices))
    await page.click("button:has-text('Non')")
    await expect(
        page.locator("summary:has-text('Répondre, ou changer de réponse')")
    ).to_be_visible()


async def test_a_conversation_works_without_javascript(site: Site, browser: Browser) -> None:
    context = await browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(site.base)
    await page.click("text=Le pont de la Vie")
    assert "pont" in await page.input_value("#texte")
    await page.click("text=Envoyer")

    await expect(page.locator(".moi")).to_contain_text("Le pont de la Vie")
    assert 1 == len(await site.inbox.until(1))
    await context.close()


async def test_words_sent_while_the_server_is_away_arrive_once_when_it_is_back(
    site: Site, page: Page
) -> None:
    async def cut(route: Route) -> None:
        if route.request.method == "POST":
            await route.abort()
        else:
            await route.continue_()

    await page.goto(site.base)
    await page.route("**/*", cut)
    await page.fill("#texte", "Le toit s’est effondré.")
    await page.click("text=Envoyer")
    await expect(page.locator("[data-etape=reprise]")).to_be_visible()
    await page.unroute("**/*")

    await expect(page.locator(".moi:not(.attente)")).to_have_count(1, timeout=20_000)
    await expect(page.locator(".attente")).to_have_count(0)
    assert ["Le toit s’est effondré."] == [event.text for event in await site.inbox.until(1)]


async def test_a_post_whose_answer_was_lost_is_tried_again_and_counts_once(
    site: Site, page: Page
) -> None:
    lost: list[str] = []

    async def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.goto(site.base)
    await page.route("**/*", lose_the_first_answer)
    await page.fill("#texte", "Bonjour")
    await page.click("text=Envoyer")

    await expect(page.locator(".attente")).to_have_count(0, timeout=20_000)
    await expect(page.locator(".moi")).to_have_count(1)
    assert 1 == len(await site.inbox.until(1))


async def test_a_double_tap_sends_once_and_blames_nobody(site: Site, page: Page) -> None:
    await page.goto(site.base)
    await page.fill("#texte", "Bonjour")
    await page.dblclick("text=Envoyer")

    await expect(page.locator(".moi:not(.attente)")).to_have_count(1)
    await expect(page.locator(".faute")).to_have_count(0)
    assert 1 == len(await site.inbox.until(1))


async def test_a_refused_message_comes_back_to_the_field_with_the_reason(
    site: Site, page: Page
) -> None:
    await page.goto(site.base)
    await page.fill("#texte", "a" * 9000)
    await page.click("text=Envoyer")

    await expect(page.locator(".faute")).to_contain_text("dépasse 8")
    await expect(page.locator("#texte")).to_have_value("a" * 9000)
    await expect(page.locator(".attente")).to_have_count(0)


async def test_a_file_far_too_large_is_refused_on_the_page(
    site: Site, page: Page, tmp_path: Path
) -> None:
    large = tmp_path / "plan.pdf"
    large.write_bytes(b"%PDF" + b"0" * 3_000_000)
    await page.goto(site.base)
    await page.fill("#texte", "Voici le plan.")
    await page.set_input_files("#piece", large)
    await page.click("text=Envoyer")

    await expect(page.locator(".faute")).to_contain_text("trop lourd")
    await expect(page.locator("#texte")).to_have_value("Voici le plan.")


async def test_hostile_words_stay_words(site: Site, page: Page) -> None:
    words = "<img src=x onerror=\"document.title='pris'\"><script>document.title='pris'</script>"
    await page.goto(site.base)
    await page.fill("#texte", words)
    await page.click("text=Envoyer")

    await expect(page.locator(".moi:not(.attente) .texte")).to_have_text(words)
    await page.reload()
    await expect(page.locator(".moi .texte")).to_have_text(words)
    assert "pris" not in await page.title()


async def test_a_half_written_reason_survives_the_news(site: Site, page: Page) -> None:
    await page.goto(f"{site.base}/acces/nadia")
    await page.click("main button")
    await page.click("summary:has-text('Refuser')")
    await page.fill("textarea >> nth=0", "Ce terrain")
    team = ConversationRef("web", "team:urbanvitaliz")
    await site.network.send(Outgoing("n", team, "Du nouveau", "notice"))

    await expect(page.locator("#messages")).to_contain_text("Du nouveau")
    await expect(page.locator("textarea >> nth=0")).to_have_value("Ce terrain")


async def test_a_room_shows_what_the_members_say_as_it_comes(site: Site, page: Page) -> None:
    await page.goto(f"{site.base}/acces/claire")
    await page.click("main button")
    await page.click("text=ancienne filature")
    await site.network.send(Outgoing("r", ROOM, "Trois niveaux.", "relay", author="Marie Lenoir"))

    await expect(page.locator(".message")).to_contain_text("Marie Lenoir")


async def test_projects_are_found_by_a_few_letters_without_accents(
    tmp_path: Path, page: Page
) -> None:
    async with serving(tmp_path, limits=HASTY, more_projects=60) as site:
        await page.goto(f"{site.base}/acces/claire")
        await page.click("main button")
        await page.fill("#filtre", "trelon uv-0007")

        await expect(page.locator(".projet:visible")).to_have_count(1)
        await page.goto("about:blank")


@pytest.mark.parametrize("scripted", [True, False])
async def test_a_conversation_opens_at_its_last_message_with_the_field_in_sight(
    site: Site, browser: Browser, scripted: bool
) -> None:
    context = await browser.new_context(viewport=PHONE, java_script_enabled=scripted)
    page = await context.new_page()
    await page.goto(site.base)
    await page.fill("#texte", "Bonjour")
    await page.click("text=Envoyer")
    await expect(page.locator(".moi:not(.attente)")).to_have_count(1)
    chat = (await site.inbox.until(1))[0].conversation
    for number in range(12):
        words = "\n\n".join(f"Ligne {line} du message {number}." for line in range(16))
        await site.network.send(Outgoing(f"k{number}", chat, words, "notice"))

    await page.goto(f"{site.base}/stats")
    await page.goto(f"{site.base}/#fin")
    await expect(page.locator(".message").last).to_be_in_viewport()

    top = (await page.locator(".message").last.bounding_box() or {"y": -1})["y"]
    field = await page.locator("#texte").bounding_box()
    assert 0 <= top <= 40
    assert field is not None
    assert field["y"] + field["height"] <= PHONE["height"]
    await context.close()


async def test_a_conversation_is_closed_once_its_link_was_shown(site: Site, page: Page) -> None:
    await page.goto(site.base)
    await page.fill("#texte", "Notre moulin est vide.")
    await page.click("text=Envoyer")
    event = (await site.inbox.until(1))[0]
    site.links.known_chats[event.conversation.name] = "retour"
    await page.click("text=Fermer sur cet appareil")

    await expect(page.locator("#adresse")).to_have_value("http://filrouge.test/acces/retour")
    await page.click("text=J’ai gardé mon lien, fermer")
    await expect(page.locator(".accueil")).to_be_visible()


async def test_the_file_chosen_is_named_beside_its_button(
    site: Site, page: Page, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(b"%PDF")
    await page.goto(site.base)
    await page.set_input_files("#piece", plan)

    await expect(page.locator("[data-nom-fichier]")).to_have_text("plan.pdf")


async def test_nothing_overflows_a_narrow_screen_and_targets_are_large(
    site: Site, browser: Browser
) -> None:
    context = await browser.new_context(viewport=NARROW)
    page = await context.new_page()
    await page.goto(f"{site.base}/acces/nadia")
    await page.click("main button")
    faults = {}
    for path in ("/", "/salles", "/salle/UV-7K3Q", "/equipe", "/stats", "/confidentialite"):
        await page.goto(f"{site.base}{path}")
        width = await page.evaluate("document.documentElement.scrollWidth")
        small = await page.evaluate(SMALL_TARGETS)
        if width > NARROW["width"] or small:
            faults[path] = (width, small)
    await context.close()

    assert {} == faults
