from datetime import timedelta

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address
from bot.domain.projects.participants import Member
from bot.ports.message_queue import Outcome
from bot.ports.network import Operation, Outgoing, Target
from handlers.thread import undelivered
from tests.support.scene import Loop, texts, to
from tests.support.shipped import catalogue


def fail(loop: Loop, message: Outgoing, outcome: Outcome) -> list[Outgoing]:
    before = len(loop.scene.records.queued)
    undelivered.tell(loop.scene.records, catalogue(), loop.scene.now, message, outcome)
    return [q.outgoing for q in loop.scene.records.queued[before:]]


def test_a_dead_address_is_marked_and_team_and_room_are_told(loop: Loop) -> None:
    message = loop.advisor.says("Bonjour ?")[0]
    told = fail(loop, message, Outcome.UNREACHABLE)
    assert loop.elu.person.reachable is None
    assert [(loop.team.conversation, False), (loop.advisor.conversation, True)] == [
        (m.conversation, m.backstage) for m in told
    ]


def test_whoever_writes_again_can_be_reached_again(loop: Loop) -> None:
    fail(loop, loop.elu.last, Outcome.UNREACHABLE)
    loop.elu.says("Me revoilà.")
    assert loop.elu.person.reachable is not None


def test_whoever_is_asked_in_their_place_is_told_once_for_each_time_they_are_lost(
    loop: Loop,
) -> None:
    jean = loop.scene.elu("jean")
    jean.says("Bonjour")
    loop.project.members.append(Member(jean.person, lead=False, joined_at=loop.scene.now))

    def lost() -> int:
        before = len(jean.reads())
        for word in range(3):
            loop.scene.now += timedelta(minutes=1)
            message = Outgoing(
                f"{loop.scene.now}:{word}", loop.elu.conversation, "Bonjour", "notice"
            )
            fail(loop, message, Outcome.UNREACHABLE)
        return len(jean.reads()) - before

    assert 1 == lost()
    loop.elu.says("Me revoilà.")
    assert 1 == lost()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.UNCERTAIN, "sans certitude"),
        (Outcome.UNREACHABLE, "l’adresse ne répond plus"),
        (Outcome.REFUSED, "l’a refusé"),
        (Outcome.DEAD, "après beaucoup d’essais"),
    ],
)
def test_each_outcome_is_said_for_what_it_is(loop: Loop, outcome: Outcome, words: str) -> None:
    told = fail(loop, loop.elu.last, outcome)
    assert [loop.team.conversation] == [m.conversation for m in told]
    assert words in texts(told)
    assert (outcome is not Outcome.UNREACHABLE) == (loop.elu.person.reachable is not None)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.UNCERTAIN, "peut-être arrivé"),
        (Outcome.UNREACHABLE, "ne répond plus"),
        (Outcome.REFUSED, "plus court ou sans pièce jointe"),
        (Outcome.DEAD, "malgré beaucoup d’essais"),
    ],
)
def test_a_member_learns_that_their_own_words_did_not_arrive(
    loop: Loop, outcome: Outcome, words: str
) -> None:
    (message,) = to(loop.elu.says("Le toit fuit."), loop.advisor)
    told = fail(loop, message, outcome)
    assert [loop.team.conversation, loop.elu.conversation] == [m.conversation for m in told]
    assert words in texts(to(told, loop.elu))
    assert not told[-1].backstage


def test_of_what_waits_people_are_told_once_and_nothing_is_taken_back(loop: Loop) -> None:
    (message,) = to(loop.elu.says("Le toit fuit."), loop.advisor)
    told = fail(loop, message, Outcome.RETRY)
    assert [loop.team.conversation, loop.elu.conversation] == [m.conversation for m in told]
    assert "je continue d’essayer" in texts(to(told, loop.elu))
    assert loop.elu.person.reachable is not None

    assert [] == fail(loop, message, Outcome.RETRY)
    assert 2 == len(fail(loop, message, Outcome.DEAD))


def test_an_advisor_learns_it_in_their_room_alone(loop: Loop) -> None:
    (message,) = to(loop.advisor.says("Bonjour ?"), loop.elu)
    told = fail(loop, message, Outcome.REFUSED)
    assert [loop.team.conversation, loop.advisor.conversation] == [m.conversation for m in told]
    assert ("l’a refusé" in texts(told), told[-1].backstage) == (True, True)


def test_the_notice_quotes_nothing_of_the_message(loop: Loop) -> None:
    message = loop.advisor.says("Un mot très personnel")[0]
    assert "personnel" not in texts(fail(loop, message, Outcome.DEAD))


def test_a_message_that_may_have_arrived_is_named_to_its_author_and_to_the_team(loop: Loop) -> None:
    message = loop.advisor.says("Bonjour ?")[0]
    told = fail(loop, message, Outcome.UNCERTAIN)
    assert [
        (loop.team.conversation, None),
        (loop.advisor.conversation, Target(remote_id=loop.advisor.said)),
    ] == [(m.conversation, m.target) for m in told]
    for notice in told:
        assert notice.text.startswith("Le message de Nadège Poirier (DDTM), écrit le ")


def test_a_member_learns_where_they_wrote_that_their_words_may_not_have_arrived(loop: Loop) -> None:
    message = next(
        m for m in loop.elu.says("Voici le plan.") if m.conversation == loop.advisor.conversation
    )
    told = fail(loop, message, Outcome.UNCERTAIN)
    assert [(loop.team.conversation, False), (loop.elu.conversation, False)] == [
        (m.conversation, m.backstage) for m in told
    ]


def test_a_message_to_the_team_itself_is_not_reported_to_it(loop: Loop) -> None:
    assert [] == fail(loop, loop.team.last, Outcome.DEAD)


def test_a_message_about_no_project_has_nobody_to_be_told(loop: Loop) -> None:
    message = Outgoing("k", ConversationRef("web", "chat:x"), "Bonjour", "notice")
    assert [] == fail(loop, message, Outcome.UNREACHABLE)
    unknown = Outgoing(
        "k", ConversationRef("web", "chat:x"), "Bonjour", "notice", projects=("UV-0000",)
    )
    assert [] == fail(loop, unknown, Outcome.UNREACHABLE)


def test_the_team_learns_who_could_not_be_invited(loop: Loop) -> None:
    advisor = loop.project.assignments[0].advisor
    advisor.person.addresses.append(Address("matrix", "@n:a.fr", "@n:a.fr", loop.scene.now))
    for address, name in (("@n:a.fr", "Nadège Poirier"), ("@z:a.fr", "@z:a.fr")):
        place = ConversationRef("matrix", f"invite:{address}")
        projects = (loop.project.ref,)
        message = Outgoing(
            address, place, "", "invitation", projects=projects, operation=Operation.INVITE
        )
        told = fail(loop, message, Outcome.UNREACHABLE)
        assert [loop.team.conversation] == [m.conversation for m in told]
        assert f"{name} n’a pas pu être invité" in texts(told)
