"""What is done to words that are seen in several places."""

from dataclasses import replace

import pytest

from bot.domain.followup import facts_of
from bot.domain.followup.caps import count_unanswered
from bot.domain.people import Role, Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.participants import Member
from bot.ports.message_queue import Outcome
from bot.ports.network import EventKind, Operation, Outgoing, Target
from handlers.thread import undelivered
from tests.support.scene import DAY, PLAN, Actor, Loop, Scene, submitted, texts, to
from tests.support.shipped import catalogue


def acts(messages: list[Outgoing]) -> list[tuple[Operation, Target | None]]:
    return [(m.operation, m.target) for m in messages]


def owing(loop: Loop) -> Side | None:
    """The side that has not answered the other's words."""
    if loop.project.members_owe_since is not None:
        return Side.MEMBERS
    return Side.ADVISORS if loop.project.advisors_owe_since is not None else None


def colleague(loop: Loop, name: str = "jean") -> Actor:
    jean = loop.scene.elu(name)
    jean.says("Bonjour")
    jean.person.name = "Jean Petit"
    loop.project.members.append(Member(jean.person, lead=False, joined_at=loop.scene.now))
    return jean


def test_a_reply_is_a_reply_wherever_it_is_seen(loop: Loop) -> None:
    jean = colleague(loop)
    loop.advisor.says("Avez-vous le plan ?")
    asked = loop.advisor.said
    copy = loop.elu.last

    said = loop.elu.says("Oui.", reply_to=copy)

    assert [Target(remote_id=asked)] == [m.target for m in to(said, loop.advisor)]
    assert [Target(remote_id=jean.reads()[-2].key)] == [m.target for m in to(said, jean)]


def test_a_reply_to_a_recommendation_answers_it_in_the_room(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    shown = loop.advisor.last
    said = to(loop.elu.says("Qui est-ce ?", reply_to=loop.elu.last), loop.advisor)
    assert [Target(remote_id=shown.key)] == [m.target for m in said]


def test_words_that_answer_nothing_have_no_target(loop: Loop) -> None:
    assert [None] == [m.target for m in to(loop.elu.says("Bonjour."), loop.advisor)]
    said = loop.elu.says("Oui.", reply_to=Outgoing("unknown", loop.elu.conversation, "", "notice"))
    assert [None] == [m.target for m in to(said, loop.advisor)]


def test_an_edit_edits_every_copy_and_the_story_keeps_both(loop: Loop) -> None:
    jean = colleague(loop)
    loop.elu.says("Le pont est fermé depuis lundi.")
    copies = [loop.advisor.last, jean.last]

    edits = loop.elu.does(EventKind.EDITED, "Le pont est fermé depuis mardi.", loop.elu.said)

    assert [(Operation.EDIT, Target(remote_id=copy.key)) for copy in copies] == acts(edits)
    assert [copy.conversation for copy in copies] == [edit.conversation for edit in edits]
    assert ["Le pont est fermé depuis mardi. (corrigé)"] * 2 == [edit.text for edit in edits]
    assert {"Martine Duval (maire)"} == {edit.author for edit in edits}
    said, corrected = loop.scene.story(loop.project)[-2:]
    assert ("Le pont est fermé depuis lundi.", EntryKind.SAID) == (said.text, said.kind)
    assert ("Le pont est fermé depuis mardi.", EntryKind.CORRECTED) == (
        corrected.text,
        corrected.kind,
    )


def test_an_edit_of_the_room_keeps_the_name_of_the_project(loop: Loop) -> None:
    loop.elu.says("/nouveau À Luçon, l’ancienne gare est une friche industrielle à l’abandon.")
    loop.elu.taps("Oui, envoyer")
    loop.advisor.says("Bonjour ?")
    assert loop.elu.last.text.startswith("**À propos de")
    edit = loop.advisor.does(EventKind.EDITED, "Bonsoir ?", loop.advisor.said)[0]
    assert edit.text.startswith("**À propos de")
    assert edit.text.endswith("Bonsoir ? (corrigé)")


def test_an_edit_of_words_that_the_outbox_forgot_keeps_author_and_project(loop: Loop) -> None:
    loop.elu.says("/nouveau À Luçon, l’ancienne gare est une friche industrielle à l’abandon.")
    loop.elu.taps("Oui, envoyer")
    loop.advisor.says("Bonjour ?")
    queued = loop.scene.records.queued
    queued[:] = [replace(q, outgoing=replace(q.outgoing, text="", author=None)) for q in queued]
    edits = loop.advisor.does(EventKind.EDITED, "Bonsoir ?", loop.advisor.said)
    assert ["Nadège Poirier (DDTM)"] == [m.author for m in edits]
    assert texts(edits).startswith(f"À propos de {loop.project.title}")


def test_contact_details_are_withheld_from_an_edit(loop: Loop) -> None:
    loop.elu.says("Appelez-moi.")
    edits = loop.elu.does(EventKind.EDITED, "Appelez-moi au 06 12 34 56 78.", loop.elu.said)
    assert "06 12" not in texts(edits)
    assert "standard de son organisme" in texts(to(edits, loop.elu))


def test_an_edit_that_speaks_of_danger_alerts(loop: Loop) -> None:
    loop.elu.says("Le mur penche un peu.")
    said = loop.elu.does(EventKind.EDITED, "Le mur s’effondre, il y a des blessés !", loop.elu.said)
    assert "safety" in [m.kind for m in to(said, loop.elu)]
    assert "safety" in [m.kind for m in to(said, loop.advisor)]


def test_an_edited_command_is_not_run_again(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    said = loop.advisor.does(EventKind.EDITED, "/reco Contacter le CAUE", loop.advisor.said)
    assert said == to(said, loop.advisor)
    assert "Je ne relance pas une commande" in texts(said)
    assert 1 == len(loop.project.recommendations)


def test_words_edited_into_a_command_run_nothing(loop: Loop) -> None:
    loop.advisor.says("Contacter l’EPF")
    said = loop.advisor.does(EventKind.EDITED, "/reco Contacter l’EPF", loop.advisor.said)
    assert "Je ne relance pas une commande" in texts(said)
    assert [] == loop.project.recommendations


def test_nobody_edits_the_words_of_others(loop: Loop) -> None:
    loop.advisor.says("Bonjour")
    assert [] == loop.observer.does(EventKind.EDITED, "Au revoir", loop.advisor.said)
    assert [] == loop.elu.does(EventKind.EDITED, "Au revoir", loop.elu.last.key)
    assert [] == loop.elu.does(EventKind.EDITED, "Au revoir", "unknown")


def test_an_edit_of_what_was_relayed_to_nobody_says_so(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("Nous avons un moulin à l’abandon à Fontenay-le-Comte")
    assert "transmis à personne" in texts(elu.does(EventKind.EDITED, "Deux moulins", elu.said))


def test_a_deletion_deletes_every_copy_and_the_words_in_the_story(loop: Loop) -> None:
    jean = colleague(loop)
    loop.elu.says("Une bêtise.", file=PLAN)
    said, copies = loop.elu.said, [loop.advisor.last, jean.last]
    edits = loop.elu.does(EventKind.EDITED, "Une sottise.", said)

    deletions = loop.elu.does(EventKind.DELETED, to=said)

    assert [(Operation.DELETE, Target(remote_id=m.key)) for m in [*copies, *edits]] == acts(
        deletions
    )
    kept = [e for e in loop.scene.story(loop.project) if e.kind is EntryKind.RETRACTED]
    assert [("", None, "Martine Duval (maire)")] * 2 == [
        (e.text, e.attachment, e.author) for e in kept
    ]


def test_deleting_a_command_undoes_nothing_and_says_so(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    said = loop.advisor.does(EventKind.DELETED, to=loop.advisor.said)
    assert "ne l’annule pas" in texts(said)
    assert said == to(said, loop.advisor)


def test_deleting_a_copy_deletes_no_original(loop: Loop) -> None:
    loop.elu.says("Bonjour")
    assert [] == loop.advisor.does(EventKind.DELETED, to=loop.advisor.last.key)


def test_words_that_stay_to_be_seen_are_told_to_whoever_took_them_back(loop: Loop) -> None:
    loop.elu.says("Une bêtise.")
    deletion = loop.elu.does(EventKind.DELETED, to=loop.elu.said)[0]
    records = loop.scene.records
    for _ in range(2):
        undelivered.tell(records, catalogue(), loop.scene.now, deletion, Outcome.DROPPED)
    told = [q.outgoing for q in records.queued if "reste visible" in q.outgoing.text]
    assert [loop.elu.conversation] == [m.conversation for m in told]


def test_a_reaction_shows_on_the_same_words_elsewhere(loop: Loop) -> None:
    jean = colleague(loop)
    loop.elu.says("Le conseil a voté le projet.")
    original, copy = loop.elu.said, jean.last.key

    reactions = loop.advisor.does(EventKind.REACTED, "👍", loop.advisor.last.key)

    assert [
        (loop.elu.conversation, "👍", Target(remote_id=original)),
        (jean.conversation, "👍", Target(remote_id=copy)),
    ] == [(m.conversation, m.text, m.target) for m in reactions]


def test_a_reaction_is_taken_back_likewise(loop: Loop) -> None:
    loop.elu.says("Le conseil a voté le projet.")
    copy = loop.advisor.last.key
    loop.advisor.does(EventKind.REACTED, "👍", copy)
    back = loop.advisor.does(EventKind.REACTED, "", copy)
    assert [("", Operation.REACT, Target(remote_id=loop.elu.said))] == [
        (m.text, m.operation, m.target) for m in back
    ]


def test_a_reaction_of_two_people_stays_once_while_one_of_them_holds_it(loop: Loop) -> None:
    loop.elu.says("Le conseil a voté le projet.")
    copy = loop.advisor.last.key
    loop.advisor.does(EventKind.REACTED, "👍", copy)
    loop.observer.does(EventKind.REACTED, "👍", copy)

    one = loop.advisor.does(EventKind.REACTED, "", copy)
    both = loop.observer.does(EventKind.REACTED, "", copy)

    assert ["👍"] == [m.text for m in one]
    assert [""] == [m.text for m in both]


def test_of_two_signs_the_one_that_stands_is_shown(loop: Loop) -> None:
    loop.elu.says("Le conseil a voté le projet.")
    copy = loop.advisor.last.key
    loop.advisor.does(EventKind.REACTED, "❤", copy)
    loop.observer.does(EventKind.REACTED, "👍", copy)
    assert ["❤"] == [m.text for m in loop.observer.does(EventKind.REACTED, "", copy)]


def test_reactions_of_members_and_advisors_stand_for_each_other_where_they_are_not(
    loop: Loop,
) -> None:
    jean = colleague(loop)
    loop.elu.says("Le conseil a voté le projet.")
    for_jean, in_room = jean.last.key, loop.advisor.last.key
    jean.does(EventKind.REACTED, "❤", for_jean)
    loop.advisor.does(EventKind.REACTED, "👍", in_room)

    back = loop.advisor.does(EventKind.REACTED, "", in_room)

    assert {loop.elu.conversation: "❤", jean.conversation: ""} == {
        m.conversation: m.text for m in back
    }


def test_the_sign_of_a_stranger_does_not_stay_for_that_of_an_advisor(loop: Loop) -> None:
    loop.elu.says("Le conseil a voté le projet.")
    copy = loop.advisor.last.key
    Actor(loop.scene, loop.advisor.conversation, "desk:99").does(EventKind.REACTED, "👎", copy)
    loop.advisor.does(EventKind.REACTED, "👍", copy)
    assert [""] == [m.text for m in loop.advisor.does(EventKind.REACTED, "", copy)]


def test_an_edit_keeps_what_was_set_off(loop: Loop) -> None:
    loop.advisor.says("Un plan")
    edits = loop.advisor.does(
        EventKind.EDITED, "Un grand plan", loop.advisor.said, markup="Un **grand** plan"
    )
    assert ["Un **grand** plan (corrigé)"] == [m.text for m in to(edits, loop.elu)]


def test_a_sign_alone_is_an_act_that_asks_nothing(loop: Loop) -> None:
    loop.advisor.says("Avez-vous le plan ?")
    assert Side.MEMBERS is owing(loop)
    activity = loop.project.activity
    loop.scene.now += DAY
    loop.elu.does(EventKind.REACTED, "👍", loop.elu.last.key)
    assert None is owing(loop)
    assert (activity + 1, loop.scene.now) == (
        loop.project.activity,
        loop.project.last_member_word_at,
    )
    loop.elu.does(EventKind.REACTED, "", loop.elu.last.key)
    assert activity + 1 == loop.project.activity


def test_a_sign_on_a_follow_up_answers_it(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.scene.move_to(loop.scene.now + 15 * DAY)
    asked = next(m for m in reversed(loop.elu.reads()) if m.kind.startswith("followup"))
    assert 1 == count_unanswered(facts_of(loop.project))
    loop.elu.does(EventKind.REACTED, "👍", asked.key)
    assert 0 == count_unanswered(facts_of(loop.project))


def test_words_in_a_reaction_and_reactions_of_strangers_go_nowhere(loop: Loop) -> None:
    loop.elu.says("Le conseil a voté le projet.")
    copy = loop.advisor.last.key
    assert [] == loop.advisor.does(EventKind.REACTED, "appelez-moi donc quand vous pourrez", copy)
    stranger = Actor(loop.scene, loop.advisor.conversation, "desk:99")
    assert [] == stranger.does(EventKind.REACTED, "👍", copy)
    assert [] == loop.advisor.does(EventKind.REACTED, "👍", "unknown")


def test_what_is_said_backstage_on_a_network_is_a_note(loop: Loop) -> None:
    said = loop.advisor.says("Entre nous, le maire hésite.", backstage=True)
    assert [] == said
    note = loop.scene.story(loop.project)[-1]
    assert (EntryKind.NOTE, True, Side.ADVISORS) == (note.kind, note.backstage, note.side)
    edited = loop.advisor.does(EventKind.EDITED, "Entre nous, il doute.", loop.advisor.said)
    assert [] == edited
    assert loop.scene.story(loop.project)[-1].backstage
    assert [] == loop.advisor.does(EventKind.DELETED, to=loop.advisor.said)
    retracted = loop.scene.story(loop.project)[-2:]
    assert [(EntryKind.RETRACTED, "", True)] * 2 == [
        (e.kind, e.text, e.backstage) for e in retracted
    ]


def test_words_taken_back_before_acceptance_reach_no_advisor(scene: Scene) -> None:
    advisor = scene.register("Nadège Poirier", "DDTM")
    camille = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR, themes=())
    elu = scene.elu()
    project = submitted(elu)
    elu.says("Le propriétaire est ruiné.", file=PLAN)
    assert [] == elu.does(EventKind.DELETED, to=elu.said)
    scene.in_team(camille).says(f"/accepter {project.ref}")
    shown = scene.in_room(advisor, project).reads()
    assert "filature" in texts(shown)
    assert ("ruiné" in texts(shown), []) == (False, [m for m in shown if m.attachment])
    assert "ruiné" not in "".join(e.text for e in scene.story(project))


def test_words_that_the_room_already_showed_are_taken_back_and_said_to_stay(scene: Scene) -> None:
    camille = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR, themes=())
    elu = scene.elu()
    project = submitted(elu)
    elu.says("Le propriétaire est ruiné.")
    said = elu.said
    scene.in_team(camille).says(f"/accepter {project.ref}")
    assert "reste visible" in texts(elu.does(EventKind.DELETED, to=said))
    assert "ruiné" not in project.description


def test_words_that_wait_for_their_project_can_be_taken_back(loop: Loop) -> None:
    loop.elu.says("/nouveau À Luçon, l’ancienne gare est une friche industrielle à l’abandon.")
    loop.elu.taps("Oui, envoyer")
    asked = loop.elu.says("Une bêtise.")
    assert [] == loop.elu.does(EventKind.DELETED, to=loop.elu.said)
    assert ["error"] == [m.kind for m in loop.elu.forges(asked[-1].choices[0].key)]


def test_whoever_takes_back_what_only_the_assistant_read_learns_what_stays(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("Nous avons un moulin à l’abandon à Fontenay-le-Comte")
    said = elu.does(EventKind.DELETED, to=elu.said)
    assert "ne peux pas reprendre ma lecture" in texts(said)
    assert said == to(said, elu)


@pytest.mark.parametrize("sign", ["👍", "👍🏽", "✅"])
def test_a_sign_that_approves_a_summary_sends_it(scene: Scene, sign: str) -> None:
    elu = scene.elu()
    elu.says("Nous avons une ancienne filature vide à Fontenay-le-Comte.")
    elu.says("Martine Duval, maire")
    assert "summary" == elu.last.kind
    elu.does(EventKind.REACTED, sign, elu.last.key)
    assert 1 == len(scene.projects)


def test_a_sign_on_anything_else_says_yes_to_nothing(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.does(EventKind.REACTED, "👍", loop.elu.last.key)
    assert loop.project.recommendations[0].status_at is None
