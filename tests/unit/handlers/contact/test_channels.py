"""« Où vous prévenir ? », and what goes to a person by e-mail."""

from datetime import timedelta

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address
from bot.ports.message_queue import Outcome
from bot.ports.network import EventKind, Outgoing
from handlers.thread import undelivered
from tests.support.scene import WEEK, Actor, Loop, Scene, kinds, labels, submitted, texts, to
from tests.support.shipped import catalogue

ADDRESS = "mairie@fontenay.exemple.fr"
MAIL = ConversationRef("email", ADDRESS)


@pytest.fixture
def asked(scene: Scene) -> Actor:
    """An élu of the page who was asked where to be told."""
    scene.ways = frozenset({"email", "telegram"})
    elu = scene.elu()
    submitted(elu)
    return elu


def at_mail(scene: Scene, address: str = ADDRESS) -> Actor:
    return Actor(scene, ConversationRef("email", address), address)


def confirmed(loop: Loop) -> Actor:
    """The loop's élu gave an address and confirmed it."""
    loop.scene.ways = frozenset({"email"})
    loop.elu.says("/prevenir")
    loop.elu.says(ADDRESS)
    mail = at_mail(loop.scene)
    mail.taps("Oui, prévenez-moi à cette adresse")
    return mail


def mailed(messages: list[Outgoing]) -> list[Outgoing]:
    return [message for message in messages if message.conversation.network == "email"]


def test_it_is_asked_once_the_project_is_sent_with_the_ways_that_there_are(asked: Actor) -> None:
    assert "Où vous prévenir" in texts([asked.last])
    assert ["Par e-mail", "Sur Telegram", "Je reviendrai sur cette page"] == labels(asked.last)


def test_it_is_not_asked_where_there_is_no_other_way(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu)
    assert "Où vous prévenir" not in texts(elu.reads())
    assert "aucun autre moyen" in texts(elu.says("/prevenir"))


def test_it_is_not_asked_elsewhere_than_on_the_page(scene: Scene) -> None:
    scene.ways = frozenset({"email", "matrix"})
    elu = Actor(scene, ConversationRef("matrix", "@m:exemple.fr"), "@m:exemple.fr")
    submitted(elu)
    assert "Où vous prévenir" not in texts(elu.reads())


def test_without_e_mail_no_address_is_asked_for(scene: Scene) -> None:
    scene.ways = frozenset({"matrix"})
    elu = scene.elu()
    submitted(elu)
    assert "adresse électronique" not in texts([elu.last])
    assert ["Sur Tchap ou Matrix", "Je reviendrai sur cette page"] == labels(elu.last)


def test_telegram_is_joined_by_a_code(asked: Actor) -> None:
    assert "Votre code" in texts(asked.taps("Sur Telegram"))


def test_who_comes_back_to_the_page_is_left_in_peace(asked: Actor) -> None:
    assert "C’est noté" in texts(asked.taps("Je reviendrai sur cette page"))
    said = asked.says("Une précision : le toit fuit.")
    assert [] == mailed(said)


@pytest.mark.parametrize("tapped", [True, False])
def test_an_address_is_written_to_once_to_be_confirmed(asked: Actor, tapped: bool) -> None:
    if tapped:
        asked.taps("Par e-mail")
    said = asked.says(f"C’est {ADDRESS}, merci")
    (mail,) = mailed(said)
    assert (MAIL, ["Oui, prévenez-moi à cette adresse"]) == (mail.conversation, labels(mail))
    assert f"écrire à {ADDRESS}" in texts(to(said, asked))
    assert "coordonnées" not in texts(said)


def test_nothing_of_the_project_goes_to_an_address_before_it_is_confirmed(asked: Actor) -> None:
    scene = asked.scene
    (mail,) = mailed(asked.says(ADDRESS))
    assert scene.projects[0].title not in texts([mail])
    assert asked.person.reachable is not None
    assert (None, "web") == (asked.person.told_also, asked.person.reachable.network)


def test_an_address_never_reaches_a_room_or_a_team(asked: Actor) -> None:
    asked.says(ADDRESS)
    queued = [queued.outgoing for queued in asked.scene.records.queued]
    elsewhere = [m for m in queued if m.conversation not in {asked.conversation, MAIL}]
    assert [] != elsewhere
    assert ADDRESS not in texts(elsewhere)


def test_a_confirmed_address_gets_what_the_page_gets(loop: Loop) -> None:
    confirmed(loop)
    relayed = [m for m in loop.advisor.says("Avez-vous des photos ?") if m.kind == "relay"]
    assert [loop.elu.conversation, MAIL] == [m.conversation for m in relayed]
    assert relayed[0].text == relayed[1].text
    assert "je vous préviens désormais" in texts([loop.elu.reads()[-2]])


def test_a_follow_up_goes_to_the_page_and_by_mail_with_its_choices(loop: Loop) -> None:
    confirmed(loop)
    loop.advisor.says("/reco Faire un diagnostic de la structure")
    sent = loop.scene.move_to(loop.scene.now + 4 * WEEK)
    followups = [m for m in sent if m.conversation in {loop.elu.conversation, MAIL}]
    assert [loop.elu.conversation, MAIL] == [m.conversation for m in followups[:2]]
    assert followups[0].choices == followups[1].choices != ()
    assert followups[0].key != followups[1].key


def test_answers_on_the_page_are_not_mailed(loop: Loop) -> None:
    confirmed(loop)
    assert [] == mailed(loop.elu.says("/projets"))


def test_who_has_a_chat_elsewhere_gets_no_mail(loop: Loop) -> None:
    confirmed(loop)
    person = loop.elu.person
    person.addresses.append(
        Address("matrix", "@m:exemple.fr", "@m:exemple.fr", loop.scene.now + timedelta(hours=1))
    )
    person.addresses[-1].last_word_at = loop.scene.now + timedelta(hours=1)
    assert [] == mailed(loop.advisor.says("Avez-vous des photos ?"))


def test_who_can_only_be_reached_by_mail_is(loop: Loop) -> None:
    confirmed(loop)
    loop.scene.records.people.unreachable(loop.elu.conversation, loop.scene.now)
    relayed = [m for m in loop.advisor.says("Des photos ?") if m.kind == "relay"]
    assert [MAIL] == [m.conversation for m in relayed]


def test_who_wants_no_more_mails_gets_none_and_reads_so_on_their_page(loop: Loop) -> None:
    mail = confirmed(loop)
    said = mail.does(EventKind.LEFT)
    assert [loop.elu.conversation] == [m.conversation for m in said]
    assert "Je n’écris plus" in texts(said)
    assert [] == mailed(loop.advisor.says("Avez-vous des photos ?"))


def test_the_team_is_told_when_nothing_is_left_to_write_to(loop: Loop) -> None:
    mail = confirmed(loop)
    loop.scene.records.people.unreachable(loop.elu.conversation, loop.scene.now)
    said = mail.does(EventKind.LEFT)
    assert [loop.team.conversation] == [m.conversation for m in said]
    assert ADDRESS not in texts(said)


def test_an_address_that_does_not_work_is_told_on_the_page_and_to_the_team(asked: Actor) -> None:
    scene = asked.scene
    (mail,) = mailed(asked.says(ADDRESS))
    before = len(scene.records.queued)
    undelivered.tell(scene.records, catalogue(), scene.now, mail, Outcome.UNREACHABLE)
    told = [queued.outgoing for queued in scene.records.queued[before:]]
    assert {asked.conversation, ConversationRef("web", "team:urbanvitaliz")} == {
        m.conversation for m in told
    }
    assert "n’est pas arrivé" in texts(to(told, asked))


@pytest.mark.parametrize("words", ["mairie@", "m@exemple", "a@exemple.fr,b@exemple.fr", "é@a.fr"])
def test_what_is_no_address_is_asked_again(asked: Actor, words: str) -> None:
    asked.taps("Par e-mail")
    said = asked.says(words)
    assert ["question"] == kinds(said)
    assert 1 == len(mailed(asked.says(ADDRESS)))


def test_other_words_are_passed_on_and_end_the_question(asked: Actor) -> None:
    asked.says("Une précision : le toit fuit.")
    said = asked.says(f"Écrivez-moi à {ADDRESS}")
    assert [] == mailed(said)
    assert ADDRESS not in texts(said)


def test_an_address_known_in_another_conversation_is_told_to_its_owner_alone(loop: Loop) -> None:
    confirmed(loop)
    stranger = loop.scene.elu("autre")
    submitted(stranger)
    said = stranger.says(ADDRESS)
    assert "Je viens d’écrire" in texts(to(said, stranger))
    (mail,) = mailed(said)
    assert ((), True) == (mail.choices, "/relier" in mail.text)
    assert [loop.elu.person] == [at_mail(loop.scene).person]


def test_an_address_that_nobody_confirmed_can_be_given_by_its_owner(asked: Actor) -> None:
    asked.says(ADDRESS)
    owner = asked.scene.elu("proprietaire")
    submitted(owner)
    owner.says(ADDRESS)
    at_mail(asked.scene).taps("Oui, prévenez-moi à cette adresse")
    assert owner.person is at_mail(asked.scene).person
    assert owner.person.told_also is not None
    assert None is asked.person.told_also


def test_nobody_has_mails_sent_to_a_list_of_strangers(asked: Actor) -> None:
    sent = []
    for n in range(5):
        asked.says("/prevenir")
        sent += mailed(asked.says(f"personne{n}@exemple.fr"))
    assert 3 == len(sent)


def test_an_address_is_not_asked_to_confirm_again_at_once(asked: Actor) -> None:
    asked.says(ADDRESS)
    asked.says("/prevenir")
    assert [] == mailed(asked.says(ADDRESS))
    asked.scene.now += timedelta(minutes=10)
    asked.says("/prevenir")
    assert 1 == len(mailed(asked.says(ADDRESS)))


def test_a_forged_confirmation_confirms_nothing(asked: Actor) -> None:
    asked.says(ADDRESS)
    assert ["error"] == kinds(asked.forges("reaching:confirm"))
    assert None is asked.person.told_also


def test_an_edit_is_not_the_address_that_was_asked_for(loop: Loop) -> None:
    loop.scene.ways = frozenset({"email"})
    loop.elu.says("Le pont est fermé.")
    said = loop.elu.said
    loop.elu.says("/prevenir")
    edits = loop.elu.does(EventKind.EDITED, f"Écrivez à {ADDRESS}", said)
    assert ADDRESS not in texts(edits)
    assert not mailed(edits)
