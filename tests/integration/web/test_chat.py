"""The élu's page, without JavaScript."""

import dataclasses
import re
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.ports.network import Choice, Incoming, Outgoing
from tests.support.visitor import Visitor
from tests.support.web_site import HASTY, Site, failing, serving

LONG = "Le pont est fissuré. " * 500


async def test_the_first_page_says_what_this_is_and_makes_no_session(
    site: Site, visitor: Visitor
) -> None:
    page = await visitor.get("/")

    assert 200 == page.status
    for words in (
        "assistant automatique",
        "Qui lit vos messages",
        "observateurs publics de votre territoire",
        "Pendant toute la vie du projet",
        "UrbanVitaliz",
    ):
        assert words in page.text
    async with aiohttp.ClientSession() as browser, browser.get(site.base) as answer:
        assert {"filrouge_formulaires"} == set(answer.cookies)


async def test_the_answer_is_on_the_page_that_follows_the_form(tmp_path: Path) -> None:
    limits = dataclasses.replace(HASTY, answer_wait=timedelta(seconds=20))
    async with serving(tmp_path, limits=limits) as site, Visitor(site.base) as visitor:

        async def answer(event: Incoming) -> None:
            words = f"Vous dites : {event.text}"
            await site.network.send(Outgoing(event.key, event.conversation, words, "question"))

        site.inbox.answer = answer
        page = await visitor.say("/", "Nous avons une friche.")

    assert 200 == page.status
    assert 1 == page.count("Vous dites : Nous avons une friche.")


async def test_a_form_sent_twice_counts_once(site: Site, visitor: Visitor) -> None:
    page = await visitor.get("/")
    form = page.form(field_name="texte")

    await visitor.submit(page, form, {"texte": "Bonjour"})
    after = await visitor.submit(page, form, {"texte": "Bonjour"})

    assert ["Bonjour"] == [event.text for event in await site.inbox.until(1)]
    assert 1 == after.count("Bonjour")


async def test_the_first_form_sent_twice_makes_one_conversation(site: Site) -> None:
    async with Visitor(site.base) as visitor:
        page = await visitor.get("/")
        form = page.form(field_name="texte")
        await visitor.submit(page, form, {"texte": "Bonjour"})
        # The first answer was lost on its way: the browser has no chat cookie yet.
        _forget(visitor, "filrouge_conversation")
        await visitor.submit(page, form, {"texte": "Bonjour"})

    assert 1 == len(await site.inbox.until(1))


async def test_a_form_brought_back_by_the_history_and_filled_anew_is_a_new_message(
    site: Site, visitor: Visitor
) -> None:
    page = await visitor.get("/")
    form = page.form(field_name="texte")

    await visitor.submit(page, form, {"texte": "Bonjour"})
    await visitor.submit(page, form, {"texte": "La commune est Anor."})

    assert ["Bonjour", "La commune est Anor."] == [e.text for e in await site.inbox.until(2)]


async def test_an_empty_message_is_explained_and_not_kept(site: Site, visitor: Visitor) -> None:
    page = await visitor.say("/", " \r\n ")

    assert 422 == page.status
    assert "Votre message est vide" in page.text
    assert [] == site.inbox.received


async def test_a_message_too_long_is_explained_and_stays_in_the_field(
    site: Site, visitor: Visitor
) -> None:
    page = await visitor.say("/", LONG)

    assert 422 == page.status
    assert "dépasse 8 000 caractères" in page.text
    assert LONG.strip() in page.text
    assert [] == site.inbox.received


async def test_what_could_not_be_kept_stays_in_a_form_that_tries_again(
    site: Site, visitor: Visitor
) -> None:
    words = "Le toit s’est effondré."
    fields = (await visitor.get("/")).form(field_name="texte").fields
    site.chat.broken = True
    status, page = await failing(visitor, "/", {**fields, "texte": words})
    site.chat.broken = False
    kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.partition('class="ecrire"')[2]))
    await visitor.post("/", {**kept, "texte": words})

    assert 500 == status
    assert f"{words}</textarea>" in page
    assert "Réessayer" in page
    assert fields["cle"] == kept["cle"]
    assert [words] == [event.text for event in await site.inbox.until(1)]


async def test_line_ends_are_plain_and_control_characters_gone(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Un.\r\nDeux.\x00\x1b[31m")

    assert ["Un.\nDeux.[31m"] == [event.text for event in await site.inbox.until(1)]


async def test_a_choice_carries_its_key_its_label_and_the_message_it_answers(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Bonjour")
    chat = (await site.inbox.until(1))[0].conversation
    choices = (Choice("c:1", "Oui"), Choice("c:2", "Non"))
    remote_id = await site.network.send(Outgoing("q", chat, "Oui ?", "question", choices=choices))

    await visitor.get("/")
    await visitor.choose("/", "Non")

    event = (await site.inbox.until(2))[1]
    assert ("Non", "c:2", remote_id) == (event.text, event.choice, event.target)


async def test_an_answered_question_offers_nothing_more_a_recommendation_another_answer(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Bonjour")
    chat = (await site.inbox.until(1))[0].conversation
    for kind in ("summary", "question", "recommendation", "followup.recommendation"):
        choices = (Choice(kind, f"Oui {kind}"),)
        await site.network.send(Outgoing(kind, chat, kind, kind, choices=choices))
    before = await visitor.get("/")
    after = await visitor.say("/", "Oui")

    assert 0 == before.text.count("Répondre, ou changer de réponse")
    assert "Oui summary" in before.text
    assert "Oui question" in before.text
    assert "Oui summary" not in after.text
    assert "Oui question" not in after.text
    assert 2 == after.text.count("Répondre, ou changer de réponse")


async def test_a_choice_that_was_not_offered_is_refused(site: Site, visitor: Visitor) -> None:
    await visitor.say("/", "Bonjour")
    chat = (await site.inbox.until(1))[0].conversation
    choices = (Choice("c:1", "Oui"),)
    await site.network.send(Outgoing("q", chat, "Oui ?", "question", choices=choices))
    page = await visitor.get("/")
    form = page.form(button="Oui")

    answer = await visitor.submit(page, form, {"choix": "c:9"})

    assert 403 == answer.status


async def test_nobody_answers_in_a_conversation_that_is_not_theirs(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Bonjour")
    chat = (await site.inbox.until(1))[0].conversation
    choices = (Choice("c:1", "Oui"),)
    remote_id = await site.network.send(Outgoing("q", chat, "Oui ?", "question", choices=choices))
    async with Visitor(site.base) as stranger:
        page = await stranger.get("/")
        values = {"message": remote_id, "choix": "c:1"}
        answer = await stranger.submit(page, page.form(field_name="texte"), values)

    assert 403 == answer.status
    assert 1 == len(site.inbox.received)


async def test_each_browser_has_its_own_conversation(site: Site, visitor: Visitor) -> None:
    await visitor.say("/", "Un secret de la mairie")
    async with Visitor(site.base) as stranger:
        await stranger.say("/", "Bonjour")
        page = await stranger.get("/")

    assert 0 == page.count("Un secret")
    first, second = await site.inbox.until(2)
    assert first.conversation != second.conversation


async def test_an_example_fills_the_field_without_javascript(visitor: Visitor) -> None:
    page = await visitor.get("/?exemple=Une%20gare%20vide")

    assert "Une gare vide" in page.text


async def test_the_return_link_is_given_once_the_person_is_known(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Bonjour")
    event = (await site.inbox.until(1))[0]
    before = await visitor.choose("/", "Retrouver cette conversation")
    site.links.known_chats[event.conversation.name] = "jeton-prive"
    after = await visitor.choose("/", "Retrouver cette conversation")

    assert "pas encore de lien" in before.text
    assert "http://filrouge.test/acces/jeton-prive" in after.html


async def test_a_conversation_closed_on_a_device_is_found_again_by_its_link(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Notre moulin est vide.")
    chat = (await site.inbox.until(1))[0].conversation.name
    site.links.add("retour", 7, chat, reusable=True)

    site.links.known_chats[chat] = "retour"

    asked = await visitor.choose("/", "Fermer sur cet appareil")
    assert "http://filrouge.test/acces/retour" in asked.text
    assert "mailto:?subject=" in asked.html
    assert 1 == (await visitor.get("/")).count("Notre moulin")
    closed = await visitor.submit(asked, asked.form(button="J’ai gardé mon lien, fermer"))
    page = await visitor.get("/acces/retour")
    back = await visitor.submit(page, page.form(button="Ouvrir ma conversation"), {})

    assert 0 == closed.count("Notre moulin")
    assert 1 == back.count("Notre moulin est vide.")


async def test_closing_before_the_project_is_sent_says_that_nothing_can_be_found_again(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Notre moulin est vide.")

    asked = await visitor.choose("/", "Fermer sur cet appareil")
    assert "vous ne retrouverez pas cette conversation" in asked.text
    closed = await visitor.submit(asked, asked.form(button="Fermer quand même"))

    assert 0 == closed.count("Notre moulin")


def _forget(visitor: Visitor, cookie: str) -> None:
    jar = visitor._session.cookie_jar
    jar.clear(lambda morsel: morsel.key == cookie)
