"""An élu of the page who is told by e-mail: the real program, and a real mail server."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import nullcontext
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.acceptance.conftest import ADVISOR, COORDINATOR, House
from tests.acceptance.dialogue import accept, board, room, submit
from tests.support.postgres import empty_database
from tests.support.service import Service, filrouge, running
from tests.support.smtp import MailServer, mail_server
from tests.support.visitor import PATIENCE, Visitor

ADDRESS = "mairie@fontenay.exemple.fr"
YES = "Oui, prévenez-moi à cette adresse"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


def mailing(server: MailServer, folder: Path, database: str = "") -> Service:
    """A service that sends its mails to that server; not started yet."""
    settings = {
        "FILROUGE_EMAIL__HOST": "127.0.0.1",
        "FILROUGE_EMAIL__PORT": str(server.port),
        "FILROUGE_EMAIL__SECURITY": "none",
        "FILROUGE_EMAIL__SENDER": "fil@exemple.fr",
        "FILROUGE_OUTBOX__PACE__EMAIL__PER_MINUTE": "0",
    }
    return Service(folder, database, settings=settings)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """SQLite in the service's folder; PostgreSQL where a test asks for it."""
    with empty_database() if getattr(request, "param", "") else nullcontext("") as url:
        yield url


@pytest.fixture
async def told(server: MailServer, tmp_path: Path, database: str) -> AsyncIterator[House]:
    """That service, with links of its advisor and team."""
    service = mailing(server, tmp_path, database)
    links = await asyncio.to_thread(service.invite, ADVISOR, COORDINATOR)
    with running(service):
        yield House(service, links)


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link(mail: EmailMessage, label: str) -> str:
    """The path of the link under a label."""
    found = re.search(rf"{re.escape(label)}\s*:?\s+(http\S+)", words(mail))
    assert found is not None, words(mail)
    return urlsplit(found[1]).path


async def mail_with(server: MailServer, wanted: Callable[[str], bool]) -> EmailMessage:
    """The first mail whose words are as wanted, once it has come."""
    async with asyncio.timeout(PATIENCE.total_seconds()):
        while True:
            for mail in server.mails:
                if wanted(words(mail)):
                    return mail
            await asyncio.sleep(0.03)


async def open_link(base: str, path: str, button: str) -> None:
    """Follow a link of a mail in a browser that knows nothing, and confirm."""
    async with Visitor(base) as phone:
        page = await phone.get(path)
        page = await phone.submit(page, page.form(button=button))
        assert 200 == page.status


def each_once(server: MailServer) -> None:
    """All mails were for the élu, and none came twice."""
    assert {ADDRESS} == set(server.recipients)
    ids = [mail["Message-ID"] for mail in server.mails]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("database", ["", "postgresql"], indirect=True)
async def test_an_elu_of_the_page_is_told_by_mail_answers_there_and_ends_it(
    told: House, server: MailServer
) -> None:
    base = told.service.url
    async with Visitor(base) as elu, Visitor(base) as team, Visitor(base) as advisor:
        await team.enter(told.links[COORDINATOR])
        await advisor.enter(told.links[ADVISOR])
        ref = await submit(elu)
        await elu.sees("/", "Où vous prévenir")
        await elu.say("/", ADDRESS)

        first = await mail_with(server, lambda text: "Est-ce bien la vôtre" in text)
        assert ref not in str(first)
        await open_link(base, link(first, YES), "Confirmer")
        await elu.sees("/", "je vous préviens désormais")

        await accept(team, ref)
        accepted = await mail_with(server, lambda text: "est accepté" in text)
        assert "Fontenay-le-Comte" in accepted["Subject"]

        await advisor.say(room(ref), "Avez-vous des photos de la toiture ?")
        asked = await mail_with(server, lambda text: "photos de la toiture" in text)
        assert ADVISOR in words(asked)
        async with Visitor(base) as phone:
            page = await phone.get(link(asked, "Lire et répondre dans votre conversation"))
            await phone.submit(page, page.form(button="Ouvrir ma conversation"))
            await phone.say("/", "Oui, trois photos.")
        await advisor.sees(room(ref), "Oui, trois photos.")

        await advisor.say(room(ref), "Faire un diagnostic de la structure", geste="reco")
        proposed = await mail_with(server, lambda text: "diagnostic de la structure" in text)
        await open_link(base, link(proposed, "C’est fait"), "Confirmer")
        await advisor.until(
            room(ref), lambda p: any("fait" in m.text.lower() for m in p.messages[-2:]), "done"
        )

        stop = link(proposed, "Ne plus recevoir ces messages par e-mail")
        await elu.post(stop, {"List-Unsubscribe": "One-Click"})
        await elu.sees("/", "Je n’écris plus")
        await advisor.say(room(ref), "Bravo pour le diagnostic.")
        await elu.sees("/", "Bravo pour le diagnostic.")

        assert not any("Bravo" in words(mail) for mail in server.mails)
        for page in (await team.get(board(ref)), await advisor.get(room(ref))):
            assert not any(ADDRESS in message.text for message in page.messages)
    each_once(server)
    assert ADDRESS not in told.service.log


async def test_a_refused_address_is_told_to_the_elu_and_to_the_team(
    told: House, server: MailServer
) -> None:
    base = told.service.url
    server.refusals[ADDRESS] = "550 No such user"
    async with Visitor(base) as elu, Visitor(base) as team:
        await team.enter(told.links[COORDINATOR])
        ref = await submit(elu)
        await elu.sees("/", "Où vous prévenir")
        await elu.say("/", ADDRESS)

        await elu.sees("/", "n’est pas arrivé")
        await team.sees(board(ref), "n’a pas pu être remis")
    assert [] == server.mails


@pytest.mark.parametrize("database", [""], indirect=True)
async def test_a_kill_between_the_servers_yes_and_our_record_mails_our_words_again_as_the_same_mail(
    server: MailServer, tmp_path: Path, database: str
) -> None:
    service = mailing(server, tmp_path, database)
    links = await asyncio.to_thread(service.invite, COORDINATOR)
    with running(service):
        async with Visitor(service.url) as elu, Visitor(service.url, service.lost) as team:
            await team.enter(links[COORDINATOR])
            ref = await submit(elu)
            await elu.say("/", ADDRESS)
            first = await mail_with(server, lambda text: "Est-ce bien la vôtre" in text)
            await open_link(service.url, link(first, YES), "Confirmer")
            await elu.sees("/", "je vous préviens désormais")
            await asyncio.to_thread(service.stop)
            service.deaths = [("delivered@email", 1)]
            await asyncio.to_thread(service.start)
            await team.say(board(ref), f"/accepter {ref}")
            await mail_with(server, lambda text: "j’ai prévenu" in text)
            assert 1 == service.killed
    accepted = [mail for mail in server.mails if "est accepté" in words(mail)]
    assert (2, 1) == (len(accepted), len({mail["Message-ID"] for mail in accepted}))
    settings = {**service.settings, "FILROUGE_DATABASE_URL": service.database}
    listed = filrouge(tmp_path, "dead-letters", "list", port=service.port, **settings)
    assert "interrupted" not in listed.out
