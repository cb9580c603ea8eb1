"""Backstage: what is said among advisors stays there, whatever answers it."""

import pytest

from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.ports.network import EventKind, Operation, Outgoing
from tests.support.scene import DAY, PLAN, Actor, Loop, kinds, texts, to


def test_a_note_stays_in_the_room_backstage(loop: Loop) -> None:
    said = loop.advisor.says("/note Le voisin serait vendeur.")
    assert said == to(said, loop.advisor)
    assert [True] == [message.backstage for message in said]
    assert "Coulisses – Nadège Poirier (DDTM) : Le voisin serait vendeur." in texts(said)
    assert loop.scene.story(loop.project)[-1].backstage


def test_a_note_keeps_what_was_set_off(loop: Loop) -> None:
    (kept,) = loop.advisor.says(
        "/note Un voisin\n- vendeur", markup="/note Un **voisin**\n\\- vendeur"
    )
    assert kept.text.endswith("Un **voisin**\n\\- vendeur")


def test_an_observer_and_the_team_take_notes(loop: Loop) -> None:
    assert ["notice"] == kinds(loop.observer.says("/note vu"))
    camille = Actor(loop.scene, loop.advisor.conversation, loop.team.sender)
    assert ["notice"] == kinds(camille.says("/note vu"))
    assert Side.TEAM is loop.scene.story(loop.project)[-1].side


def test_a_file_of_a_note_goes_to_nobody_else(loop: Loop) -> None:
    said = loop.advisor.says("/note à voir", file=PLAN)
    assert [PLAN] == [message.attachment for message in said]
    assert said == to(said, loop.advisor)


def test_an_empty_note_is_refused(loop: Loop) -> None:
    assert ["error"] == kinds(loop.advisor.says("/note  "))


def test_a_member_cannot_take_notes(loop: Loop) -> None:
    said = loop.elu.says("/note bonjour")
    assert "dans la salle d’un projet" in texts(said)
    assert said == to(said, loop.elu)


def test_contact_details_are_withheld_from_notes(loop: Loop) -> None:
    assert "06 12" not in texts(loop.advisor.says("/note Le notaire : 06 12 34 56 78"))


def visible(loop: Loop) -> list[str]:
    """What a member reads of the project's story."""
    return [e.text for e in loop.scene.records.projects.story(loop.project, backstage=False)]


def assert_kept_backstage(loop: Loop, words: str, *said: list[Outgoing]) -> None:
    assert all(messages == to(messages, loop.advisor) for messages in said)
    assert words not in visible(loop)
    assert words in [e.text for e in loop.scene.story(loop.project) if e.backstage]


def test_a_reply_to_a_note_is_backstage_and_so_is_a_reply_to_that_reply(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    note = loop.advisor.said
    first = loop.observer.says("À quel prix ?", answers=note)
    assert_kept_backstage(loop, "À quel prix ?", first)
    second = loop.advisor.says("On ne sait pas.", answers=loop.observer.said)
    assert_kept_backstage(loop, "On ne sait pas.", second)


def test_a_thread_opened_on_a_note_is_backstage(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    note = loop.advisor.said
    said = loop.observer.says("À quel prix ?", answers="unknown", thread_root=note)
    assert_kept_backstage(loop, "À quel prix ?", said)


def test_a_reply_to_the_assistant_s_copy_of_a_note_is_backstage(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    said = loop.observer.says("À quel prix ?", reply_to=loop.advisor.last)
    assert_kept_backstage(loop, "À quel prix ?", said)


def test_a_file_sent_in_answer_to_a_note_is_backstage(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    said = loop.observer.says("Le plan", file=PLAN, answers=loop.advisor.said)
    assert_kept_backstage(loop, "Le plan", said)
    assert [PLAN] == [m.attachment for m in said if m.attachment]


def test_a_reply_to_an_empty_or_misspelt_note_is_backstage(loop: Loop) -> None:
    for meant in ("/note", "/notte Le voisin serait vendeur."):
        loop.advisor.says(meant)
        said = loop.observer.says("À quel prix ?", answers=loop.advisor.said)
        assert_kept_backstage(loop, "À quel prix ?", said)


def test_the_room_is_told_once_that_answers_to_notes_stay(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    note = loop.advisor.said
    first = loop.observer.says("À quel prix ?", answers=note)
    assert "la collectivité ne la lira pas" in texts(first)
    assert "la collectivité ne la lira pas" not in texts(loop.observer.says("Cher ?", answers=note))


def test_an_edit_of_an_answer_to_a_note_is_backstage(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    loop.observer.says("À quel prix ?", answers=loop.advisor.said)
    edits = loop.observer.does(EventKind.EDITED, "À quel tarif ?", loop.observer.said)
    assert_kept_backstage(loop, "À quel tarif ?", edits)


def test_a_reaction_to_a_note_reaches_nobody_else(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    copy = loop.advisor.last.key
    for target in (loop.advisor.said, copy):
        said = loop.observer.does(EventKind.REACTED, "👍", target)
        assert said == to(said, loop.advisor)


def test_a_reply_to_words_of_the_thread_still_goes_to_the_members(loop: Loop) -> None:
    loop.elu.says("Le conseil a voté.")
    said = loop.advisor.says("Parfait.", reply_to=loop.advisor.last)
    assert "Parfait." in texts(to(said, loop.elu))


@pytest.mark.parametrize("corrected", ["/note Le voisin vend.", "Le voisin vend."])
def test_a_note_is_corrected_by_its_author(loop: Loop, corrected: str) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    copy = loop.advisor.last
    assert [] == loop.observer.does(EventKind.EDITED, corrected, loop.advisor.said)
    edits = loop.advisor.does(EventKind.EDITED, corrected, loop.advisor.said)
    assert [(Operation.EDIT, copy.key)] == [
        (m.operation, m.target and m.target.remote_id) for m in edits
    ]
    assert "Nadège Poirier (DDTM) : Le voisin vend. (corrigé)" in texts(edits)
    assert_kept_backstage(loop, "Le voisin vend.", edits)


def test_a_note_is_withdrawn_by_its_author_who_deletes_it(loop: Loop) -> None:
    loop.advisor.says("/note Le voisin serait vendeur.")
    copy = loop.advisor.last
    gone = loop.advisor.does(EventKind.DELETED, to=loop.advisor.said)
    assert [(Operation.DELETE, copy.key)] == [
        (m.operation, m.target and m.target.remote_id) for m in gone
    ]
    assert [EntryKind.RETRACTED] == [e.kind for e in loop.scene.story(loop.project) if e.backstage]


def test_a_note_is_withdrawn_by_command_where_nothing_is_deleted(loop: Loop) -> None:
    loop.advisor.says("/note La première.")
    first = loop.advisor.last
    loop.advisor.says("/note La seconde.")
    assert "aucune note de vous" in texts(loop.observer.says("/note retirer"))
    said = loop.advisor.says("/note retirer", reply_to=first)
    assert "retirée" in texts(said)
    assert ["", "La seconde."] == [e.text for e in loop.scene.story(loop.project) if e.backstage]
    loop.advisor.says("/note retirer")
    assert ["", ""] == [e.text for e in loop.scene.story(loop.project) if e.backstage]
    assert "aucune note de vous" in texts(loop.advisor.says("/note retirer"))


def test_words_edited_into_a_note_are_not_sent_again(loop: Loop) -> None:
    loop.advisor.says("Le voisin serait vendeur.")
    said = loop.advisor.does(EventKind.EDITED, "/note Le voisin vend.", loop.advisor.said)
    assert said == to(said, loop.advisor)
    assert "dans un nouveau message" in texts(said)


def test_who_answers_a_follow_up_backstage_can_send_it_to_the_members(loop: Loop) -> None:
    loop.scene.move_to(loop.scene.now + 7 * DAY)
    asked = loop.advisor.last
    assert (True, "followup.first_answer") == (asked.backstage, asked.kind)
    said = loop.observer.says("Nous passons mardi.", reply_to=asked)
    assert_kept_backstage(loop, "Nous passons mardi.", said)
    assert "la collectivité ne le lit pas" in texts(said)
    assert "n’est plus attendue" in texts(loop.advisor.forges(said[-1].choices[0].key))

    sent = loop.observer.taps("Envoyer à la collectivité")

    assert ["Nous passons mardi."] == [m.text for m in to(sent, loop.elu)]
    assert ["Lucette Dumoulin (Sous-préfecture)"] == [m.author for m in to(sent, loop.elu)]
    assert "Nous passons mardi." in visible(loop)
    assert [] == to(loop.observer.taps("Envoyer à la collectivité"), loop.elu)
