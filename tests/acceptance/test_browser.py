"""What an élu sees on a phone, with JavaScript, while the service stops and starts again.

FILROUGE_PICTURES=1 also makes the picture of the README.
"""

import asyncio
import os
from base64 import b64encode
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.acceptance.dialogue import MAYOR, MILL, SEND, accept, reference, room
from tests.support.browser import PHONE, chromium
from tests.support.service import ROOT, Service
from tests.support.visitor import PATIENCE, Visitor

DESK: ViewportSize = {"width": 1280, "height": 1100}
PICTURE = ROOT / "docs" / "images" / "demo.png"
QUESTION = "Bonjour, avez-vous le plan cadastral ? Nous pouvons passer vous voir."
ANSWER = "Oui, je vous l’envoie demain avec les photos du toit."
ADVICE = "Demander à l’EPF une étude de capacité du site, gratuite pour la commune"
STORY = [
    MILL,
    "un assistant automatique",
    "Qui êtes-vous",
    MAYOR,
    "Voici ce que j’ai compris",
    SEND,
    "Sa référence",
    "est accepté",
    "j’ai prévenu",
    QUESTION,
    ANSWER,
    ADVICE,
]
"""Each message of the phone, once, in order."""

expect.set_options(timeout=PATIENCE.total_seconds() * 1000)


async def test_a_conversation_goes_on_by_itself_through_a_crash(folder: Path) -> None:
    service = Service(folder)
    await asyncio.to_thread(service.start)
    try:
        async with chromium() as browser:
            await _converse(browser, service)
    finally:
        service.end()
    assert "Traceback" not in service.log, service.log


async def _converse(browser: Browser, service: Service) -> None:
    context = await browser.new_context(viewport=PHONE, locale="fr-FR", device_scale_factor=2)
    page = await context.new_page()
    await page.goto(service.url)
    # A page that was loaded again would have lost it.
    await page.evaluate("window.sameness = true")
    await _write(page, MILL)
    await expect(_messages(page).last).to_contain_text("Qui êtes-vous")

    await asyncio.to_thread(service.kill)
    await _write(page, MAYOR)
    await expect(page.locator("[data-etape=reprise]").first).to_be_visible()
    await asyncio.to_thread(service.start)
    await expect(_messages(page).last).to_contain_text("Voici ce que j’ai compris")
    await page.get_by_role("button", name=SEND).click()
    await expect(_messages(page).last).to_contain_text("Sa référence")
    ref = reference(await _messages(page).last.inner_text())

    async with Visitor(service.url) as team, Visitor(service.url) as advisor:
        await team.enter(service.link("team"))
        await accept(team, ref)
        await expect(_messages(page).last).to_contain_text("j’ai prévenu")
        await advisor.enter(service.link("advisor"))
        await advisor.say(room(ref), QUESTION)
        await expect(_messages(page).last).to_contain_text(QUESTION)
        await _write(page, ANSWER)
        await advisor.sees(room(ref), ANSWER)
        await advisor.say(room(ref), f"/reco {ADVICE} avant le 30 juin 2027")
        await expect(_messages(page).last).to_contain_text("avant le 30 juin 2027")

    assert await page.evaluate("window.sameness")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await expect(page.locator(".attente")).to_have_count(0)
    await expect(_messages(page)).to_contain_text(STORY)
    if os.environ.get("FILROUGE_PICTURES"):
        await _picture(browser, page, service, ref)


async def _write(page: Page, words: str) -> None:
    await page.fill("#texte", words)
    await page.get_by_role("button", name="Envoyer", exact=True).click()


def _messages(page: Page) -> Locator:
    return page.locator("#messages > .message:not(.attente)")


async def _picture(browser: Browser, phone: Page, service: Service, ref: str) -> None:
    """The élu's phone and the advisor's room, side by side."""
    await _messages(phone).filter(has_text=QUESTION).evaluate(_SHOWN_AT_TOP)
    left = await phone.screenshot(animations="disabled")
    desk = await browser.new_page(viewport=DESK, locale="fr-FR", device_scale_factor=2)
    await desk.goto(f"{service.url}{service.link('advisor')}")
    await desk.get_by_role("button", name="Entrer", exact=True).click()
    await desk.goto(f"{service.url}{room(ref)}")
    await desk.evaluate("document.querySelector('[data-demo]').open = false")
    right = await desk.screenshot(animations="disabled")
    frame = await browser.new_page(viewport={"width": 1230, "height": 760})
    await frame.set_content(_FRAME.format(left=_inline(left), right=_inline(right)))
    await frame.wait_for_function("[...document.images].every((i) => i.complete)")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    await frame.screenshot(path=PICTURE)


_SHOWN_AT_TOP = """e => new Promise((done) => {
    e.scrollIntoView({ behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""
_FRAME = """<body style="margin:0;display:flex;gap:40px;align-items:center;height:760px;
padding:0 30px;background:#e9e5dd;box-sizing:border-box">
<img src="{left}" style="height:690px;border-radius:28px;box-shadow:0 6px 30px #0004">
<img src="{right}" style="height:690px;border-radius:12px;box-shadow:0 6px 30px #0004">"""


def _inline(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"
