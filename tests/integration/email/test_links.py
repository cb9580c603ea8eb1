"""The links of mails, from the envelope to the pages that they open."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address
from bot.links.email import LIFE, EmailLinks
from bot.ports.email_links import Envelope
from bot.ports.network import Choice, EventKind, Incoming, Outgoing
from bot.ports.records import UnitOfWork
from storage import Store
from tests.support import stores
from tests.support.memory_ports import SettableClock
from tests.support.page import Page
from tests.support.visitor import Visitor
from tests.support.web_site import Site, serving

TO = "mairie@fourmies.exemple.fr"
CHAT = "chat:martine"
SECRET = "a secret of the tests, long enough"
QUESTION = Outgoing(
    "followup:UV-7K3Q:0:mail",
    ConversationRef("email", TO),
    "Où en êtes-vous ?",
    "followup.where_are_you",
    choices=(Choice("pulse:UV-7K3Q:yes", "Ça avance"), Choice("pulse:UV-7K3Q:no", "Rien")),
)


@dataclass
class Post:
    """Links, the pages that they open, and what came of them."""

    store: Store
    clock: SettableClock = field(default_factory=SettableClock)
    in_chat: list[Incoming] = field(default_factory=list)
    by_mail: list[Incoming] = field(default_factory=list)

    def mailed(self, secret: str = SECRET) -> EmailLinks:
        async def post(incoming: Incoming) -> None:
            self.in_chat.append(incoming)

        async def keep(incoming: Incoming) -> None:
            self.by_mail.append(incoming)

        return EmailLinks(self.store.database, self.clock, secret, "", post=post, keep=keep)

    async def envelope(self, outgoing: Outgoing = QUESTION) -> Envelope:
        return await self.mailed().envelope_for(outgoing)

    async def know(self, *, confirmed: bool = True, page: bool = True) -> None:
        """Martine, with her page and her address."""

        def add(uow: UnitOfWork) -> None:
            martine = stores.person("martine")
            if not page:
                martine.addresses.clear()
            since = None if confirmed else stores.NOW
            martine.addresses.append(Address("email", TO, TO, stores.NOW, since))
            uow.people.add(martine)

        await self.store.database.transact(add)

    async def give_to(self, other: str) -> None:
        """Martine wants no more mails there, and somebody else types that address."""

        def move(uow: UnitOfWork) -> None:
            owner = uow.people.correspondent(QUESTION.conversation, TO).person
            assert owner is not None
            address = next(a for a in owner.addresses if a.network == "email")
            owner.addresses.remove(address)
            address.unreachable_since = stores.NOW
            typing = stores.person(other)
            typing.addresses.append(address)
            uow.people.add(typing)

        await self.store.database.transact(move)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    store = stores.open_test_store(f"sqlite:///{tmp_path}/links.sqlite3", tmp_path)
    yield Post(store)
    store.close()


@pytest.fixture
async def site(post: Post, tmp_path: Path) -> AsyncIterator[Site]:
    async with serving(tmp_path, proposals=post.mailed(), clock=post.clock) as site:
        yield site


@pytest.fixture
async def visitor(site: Site) -> AsyncIterator[Visitor]:
    async with Visitor(site.base) as someone:
        yield someone


async def confirm(visitor: Visitor, link: str, button: str = "Confirmer") -> Page:
    page = await visitor.get(link)
    return await visitor.submit(page, page.form(button=button))


async def test_looking_at_a_link_shows_the_answer_and_says_nothing(
    post: Post, visitor: Visitor
) -> None:
    await post.know()
    page = await visitor.get((await post.envelope()).answers[0])

    assert 200 == page.status
    assert "Ça avance" in page.text
    assert ([], []) == (post.in_chat, post.by_mail)


async def test_the_button_says_the_choice_in_the_person_s_conversation_and_opens_it(
    post: Post, visitor: Visitor
) -> None:
    await post.know()

    page = await confirm(visitor, (await post.envelope()).answers[1])

    (said,) = post.in_chat
    assert ("pulse:UV-7K3Q:no", "Rien", EventKind.SAID) == (said.choice, said.text, said.kind)
    assert (ConversationRef("web", CHAT), CHAT) == (said.conversation, said.sender)
    assert "/courriel/" not in page.url
    assert [] == post.by_mail


async def test_an_answer_confirmed_twice_is_one_answer(post: Post, visitor: Visitor) -> None:
    await post.know()
    first = (await post.envelope()).answers[0]
    await confirm(visitor, first)
    post.clock.at += timedelta(days=1)
    signed_again = (await post.envelope()).answers[0]
    await confirm(visitor, signed_again)

    assert first != signed_again
    assert 1 == len({said.key for said in post.in_chat})


async def test_who_has_no_page_answers_from_their_address(post: Post, visitor: Visitor) -> None:
    await post.know(page=False)

    page = await confirm(visitor, (await post.envelope()).answers[0])

    (said,) = post.by_mail
    assert (QUESTION.conversation, TO, "pulse:UV-7K3Q:yes") == (
        said.conversation,
        said.sender,
        said.choice,
    )
    assert "C’est noté" in page.text


async def test_what_is_about_the_address_is_said_from_it(post: Post, visitor: Visitor) -> None:
    await post.know(confirmed=False)
    question = replace(QUESTION, choices=(Choice("reaching:confirm", "Oui"),))

    await confirm(visitor, (await post.envelope(question)).answers[0])

    assert [(QUESTION.conversation, "reaching:confirm")] == [
        (e.conversation, e.choice) for e in post.by_mail
    ]
    assert [] == post.in_chat


async def test_a_link_leads_back_to_the_conversation_of_a_confirmed_address_alone(
    post: Post, visitor: Visitor
) -> None:
    assert None is (await post.envelope()).back
    await post.know()
    back = (await post.envelope()).back
    assert back is not None

    page = await confirm(visitor, back, "Ouvrir ma conversation")

    assert "/courriel/" not in page.url
    assert ([], []) == (post.in_chat, post.by_mail)


async def test_an_address_that_is_not_confirmed_leads_nowhere(post: Post) -> None:
    await post.know(confirmed=False)

    assert None is (await post.envelope()).back


@pytest.mark.parametrize("which", ["back", "answer"])
async def test_an_old_link_leads_to_nobody_who_typed_the_address_since(
    post: Post, visitor: Visitor, which: str
) -> None:
    await post.know()
    envelope = await post.envelope()
    link, button = envelope.answers[0], "Confirmer"
    if which == "back":
        assert envelope.back is not None
        link, button = envelope.back, "Ouvrir ma conversation"

    await post.give_to("paul")
    page = await confirm(visitor, link, button)

    assert 410 == page.status
    assert "rien n’a été transmis" in page.text
    assert ([], []) == (post.in_chat, post.by_mail)


async def test_an_answer_leaves_another_conversation_of_the_browser_open(
    post: Post, visitor: Visitor, site: Site
) -> None:
    await post.know()
    await visitor.say("/", "Je parle ici de mon propre projet.")

    page = await confirm(visitor, (await post.envelope()).answers[0])

    assert "C’est noté" in page.text
    assert "mon propre projet" in (await visitor.get("/")).text


async def test_the_link_that_ends_mails_asks_first(post: Post, visitor: Visitor) -> None:
    await post.know()
    stop = (await post.envelope()).stop
    await visitor.get(stop)
    assert [] == post.by_mail

    page = await confirm(visitor, stop, "Ne plus recevoir d’e-mails")

    assert "C’est fait" in page.text
    assert [(QUESTION.conversation, TO, EventKind.LEFT)] == [
        (e.conversation, e.sender, e.kind) for e in post.by_mail
    ]


async def test_a_mail_program_ends_mails_by_one_click(post: Post, visitor: Visitor) -> None:
    await post.know()
    stop = (await post.envelope()).stop

    page = await visitor.post(stop, {"List-Unsubscribe": "One-Click"})

    assert 200 == page.status
    assert [EventKind.LEFT] == [event.kind for event in post.by_mail]


async def test_one_click_answers_nothing(post: Post, visitor: Visitor) -> None:
    await post.know()

    page = await visitor.post((await post.envelope()).answers[0], {"List-Unsubscribe": "One-Click"})

    assert 403 == page.status
    assert ([], []) == (post.in_chat, post.by_mail)


async def test_a_link_that_we_did_not_sign_is_not_known(post: Post, visitor: Visitor) -> None:
    await post.know()
    forged = (
        await post.mailed("another secret of the tests, as long").envelope_for(QUESTION)
    ).answers[0]
    cut = (await post.envelope()).answers[0][:-3]

    for link in (forged, cut):
        assert 404 == (await visitor.get(link)).status
        assert 404 == (await visitor.post(link, {"List-Unsubscribe": "One-Click"})).status
    assert ([], []) == (post.in_chat, post.by_mail)


async def test_a_link_ends_with_its_time(post: Post, visitor: Visitor) -> None:
    await post.know()
    envelope = await post.envelope()
    post.clock.at += LIFE

    assert 410 == (await visitor.get(envelope.answers[0])).status
    assert 410 == (await visitor.post(envelope.stop, {"List-Unsubscribe": "One-Click"})).status
    assert ([], []) == (post.in_chat, post.by_mail)


async def test_without_mails_no_such_page_is_there(tmp_path: Path) -> None:
    async with serving(tmp_path) as site, Visitor(site.base) as visitor:
        assert 404 == (await visitor.get("/courriel/x")).status
