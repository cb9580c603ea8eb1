"""Personal links."""

from datetime import timedelta

from tests.support.visitor import Visitor
from tests.support.web_site import Site


async def test_looking_at_a_link_says_whose_it_is_and_does_not_use_it(
    site: Site, visitor: Visitor
) -> None:
    site.links.add("unique", 1)
    page = await visitor.get("/acces/unique")
    await visitor.get("/acces/unique")

    assert "Bonjour Claire Morel" in page.text
    assert "DDT du Nord" in page.text
    link = await site.links.find("unique")
    assert link is not None
    assert link.used_at is None


async def test_the_button_uses_the_link_and_opens_the_desk(site: Site, visitor: Visitor) -> None:
    site.links.add("unique", 1)
    page = await visitor.enter("/acces/unique")

    assert page.url.endswith("/salles")
    assert "Mes projets" in page.text


async def test_the_team_s_link_opens_the_board(visitor: Visitor) -> None:
    assert "/equipe/urbanvitaliz" in (await visitor.enter("/acces/nadia")).url


async def test_a_used_link_tells_a_stranger_so_and_its_owner_how_to_go_on(
    site: Site, visitor: Visitor
) -> None:
    site.links.add("unique", 1)
    await visitor.enter("/acces/unique")
    async with Visitor(site.base) as stranger:
        refused = await stranger.get("/acces/unique")
    again = await visitor.get("/acces/unique")

    assert (410, 410) == (refused.status, again.status)
    assert "Ce lien a déjà servi" in refused.text
    assert "Continuer vers votre espace" not in refused.text
    assert "Continuer vers votre espace" in again.text


async def test_a_link_opened_by_two_at_once_lets_in_the_first_only(site: Site) -> None:
    site.links.add("unique", 1)
    async with Visitor(site.base) as first, Visitor(site.base) as second:
        seen = await second.get("/acces/unique")
        await first.enter("/acces/unique")
        late = await second.submit(seen, seen.form(button="Entrer"), {})

        assert 410 == late.status
        assert 403 == (await second.get("/salles")).status


async def test_an_expired_link_is_gone(site: Site, visitor: Visitor) -> None:
    site.links.add("bref", 1, lifetime=timedelta(days=1))
    site.clock.at += timedelta(days=2)
    page = await visitor.get("/acces/bref")

    assert 410 == page.status
    assert "Ce lien a expiré" in page.text


async def test_a_guessed_link_is_unknown(visitor: Visitor) -> None:
    page = await visitor.get("/acces/abcdefgh")

    assert 404 == page.status
    assert "Ce lien n’est pas reconnu" in page.text


async def test_a_link_of_somebody_no_longer_in_the_register_is_closed(
    site: Site, visitor: Visitor
) -> None:
    del site.queries.desks[1]

    assert 410 == (await visitor.get("/acces/claire")).status


async def test_leaving_closes_the_desk_on_this_browser(visitor: Visitor) -> None:
    page = await visitor.enter("/acces/claire")
    await visitor.submit(page, page.form(button="Se déconnecter"), {})

    assert 403 == (await visitor.get("/salles")).status


async def test_a_desk_and_a_chat_live_side_by_side_in_one_browser(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Je suis aussi maire.")
    await visitor.enter("/acces/claire")

    assert 1 == (await visitor.get("/")).count("Je suis aussi maire.")
    assert 200 == (await visitor.get("/salles")).status
