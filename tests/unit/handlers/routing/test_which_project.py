from dataclasses import dataclass

import pytest

from bot.domain.projects.project import Project, ProjectStatus
from bot.ports.network import EventKind, Operation, Outgoing, Target
from tests.support.scene import (
    PLAN,
    Actor,
    Loop,
    accepted_loop,
    kinds,
    labels,
    submitted,
    texts,
    to,
)

STATION = "À Luçon, l’ancienne gare est une friche industrielle à l’abandon."
ANOTHER = (
    "Nous avons aussi un autre souci : le pont de pierre de la commune de Luçon, qui enjambe la "
    "rivière, se fissure depuis deux ans et nous ne savons pas qui pourrait venir le regarder."
)


@dataclass
class Two:
    """One person with two accepted projects."""

    loop: Loop
    elu: Actor
    mill: Project
    station: Project
    mill_room: Actor
    station_room: Actor


@pytest.fixture
def two() -> Two:
    loop = accepted_loop()
    loop.elu.says(f"/nouveau {STATION}")
    loop.elu.taps("Oui, envoyer")
    station = loop.scene.projects[-1]
    loop.team.says(f"/accepter {station.ref}")
    advisor = loop.project.assignments[0].advisor
    room = loop.scene.in_room(advisor, station)
    return Two(loop, loop.elu, loop.project, station, loop.advisor, room)


def test_with_several_projects_the_words_wait_until_one_is_named(two: Two) -> None:
    said = two.elu.says("Le notaire a répondu.")
    assert ["question"] == kinds(said)
    assert [f"Friche – Luçon (Vendée) ({two.station.ref})"] == [
        label for label in labels(said[0]) if two.station.ref in label
    ]
    told = two.elu.taps(next(label for label in labels(said[0]) if two.mill.ref in label))
    assert ["Le notaire a répondu."] == [m.text for m in to(told, two.mill_room)]
    assert [] == to(told, two.station_room)
    assert "pour « Friche – Fontenay-le-Comte (Vendée) »" in texts(to(told, two.elu))


def test_more_words_wait_with_the_first(two: Two) -> None:
    two.elu.says("Le notaire a répondu.", file=PLAN)
    said = two.elu.says("Il est d’accord.")
    assert ["question"] == kinds(said)
    told = two.elu.taps(next(label for label in labels(said[0]) if two.mill.ref in label))
    relayed = [(m.text, m.attachment) for m in to(told, two.mill_room)]
    assert [("Le notaire a répondu.", PLAN), ("Il est d’accord.", None)] == relayed


def test_a_reference_typed_as_an_answer_delivers_what_waited(two: Two) -> None:
    two.elu.says("Le notaire a répondu.")
    told = two.elu.says(two.mill.ref.lower())
    assert ["Le notaire a répondu."] == [m.text for m in to(told, two.mill_room)]


def test_a_reference_in_the_words_decides(two: Two) -> None:
    told = two.elu.says(f"{two.station.ref} : le notaire a répondu.")
    assert ["relay"] == kinds(to(told, two.station_room))
    assert [] == to(told, two.mill_room)


def test_a_reply_decides(two: Two) -> None:
    two.mill_room.says("Bonjour, avez-vous le plan ?")
    told = two.elu.says("Oui, demain.", reply_to=two.elu.last)
    assert ["Oui, demain."] == [m.text for m in to(told, two.mill_room)]


def test_words_from_a_room_name_the_project_to_whoever_has_several(two: Two) -> None:
    two.station_room.says("Bonne nouvelle !")
    assert texts([two.elu.last]).startswith("À propos de Friche – Luçon (Vendée)\n")


def test_danger_is_answered_at_once_even_if_the_project_is_not_known(two: Two) -> None:
    said = two.elu.says("Le mur s’effondre maintenant, des enfants jouent dessous !")
    assert ["safety", "question"] == kinds(to(said, two.elu))
    told = two.elu.taps(next(label for label in labels(said[-1]) if two.mill.ref in label))
    assert ["relay", "safety"] == kinds(to(told, two.mill_room))
    assert "safety" not in kinds(to(told, two.elu))


def test_a_project_of_somebody_else_is_never_offered_nor_reached(two: Two) -> None:
    jean = two.loop.scene.elu("jean")
    other = submitted(jean, who="Jean Petit, maire")
    said = two.elu.says(f"Je parle de {other.ref}, bien sûr.")
    assert ["question"] == kinds(said)
    assert not [label for label in labels(said[0]) if other.ref in label]
    assert ["error"] == kinds(two.elu.forges(f"which:{other.ref}"))
    assert "Je parle" not in texts(jean.reads())


def test_long_words_about_another_place_or_theme_are_asked_about(loop: Loop) -> None:
    said = loop.elu.says(ANOTHER)
    assert "Est-ce un nouveau projet" in texts(said)
    assert ["Un nouveau projet"] == labels(said[-1])[-1:]
    loop.elu.taps("Un nouveau projet")
    assert "summary" == loop.elu.last.kind
    loop.elu.taps("Oui, envoyer")
    assert ANOTHER == loop.scene.projects[-1].description
    assert ANOTHER not in texts(loop.advisor.reads())


def test_they_may_be_for_the_project_under_way_after_all(loop: Loop) -> None:
    said = loop.elu.says(ANOTHER)
    told = loop.elu.taps(labels(said[-1])[0])
    assert [ANOTHER] == [m.text for m in to(told, loop.advisor)]
    assert 1 == len(loop.scene.projects)


def test_an_answer_to_an_advisor_is_never_taken_for_a_new_project(loop: Loop) -> None:
    loop.advisor.says("Avez-vous d’autres ouvrages dans le même état ?")
    assert ["relay"] == kinds(to(loop.elu.says(ANOTHER), loop.advisor))


def test_words_for_an_ended_project_are_not_passed_on(loop: Loop) -> None:
    loop.project.status = type(loop.project.status).CLOSED
    loop.elu.says(STATION)
    loop.elu.taps("Oui, envoyer")
    said = loop.elu.says(f"Encore un mot sur {loop.project.ref}")
    assert ["error"] == kinds(said)
    assert "terminé" in texts(said)


def test_long_words_that_name_no_other_place_nor_subject_are_for_the_project(loop: Loop) -> None:
    words = "Le toit de la filature fuit davantage, " + "et nous attendons toujours un devis. " * 5
    assert ["relay"] == kinds(to(loop.elu.says(words), loop.advisor))


def test_danger_alerts_the_team_of_each_open_project_before_one_is_named(two: Two) -> None:
    words = "Le mur s’effondre maintenant, des enfants jouent dessous !"
    told = to(two.elu.says(words), two.loop.team)
    assert ["safety", "safety"] == kinds(told)
    assert {(two.mill.ref,), (two.station.ref,)} == {m.projects for m in told}
    assert words in texts(told)


def test_once_every_project_has_ended_the_words_go_on_as_those_of_a_newcomer(two: Two) -> None:
    two.elu.says("À Luçon, la halle est une friche à l’abandon.", file=PLAN)
    two.mill.status = two.station.status = ProjectStatus.CLOSED
    two.elu.says("Nous voulons la réhabiliter.")
    assert "summary" == two.elu.last.kind
    two.elu.taps("Oui, envoyer")
    third = two.loop.scene.projects[-1]
    expected = "À Luçon, la halle est une friche à l’abandon.\n\nNous voulons la réhabiliter."
    assert expected == third.description
    assert [PLAN] == [e.attachment for e in two.loop.scene.story(third) if e.attachment]


def test_a_tap_on_a_project_that_ended_with_the_others_says_so_and_ends_the_question(
    two: Two,
) -> None:
    said = two.elu.says("Toujours pas de nouvelles ?")
    two.mill.status = two.station.status = ProjectStatus.CLOSED
    answer = two.elu.taps(labels(said[0])[0])
    assert "Votre projet est terminé" in texts(answer)
    assert two.loop.scene.records.dialogue(two.elu.conversation).under_way is None


@pytest.mark.parametrize("rest", ["", " Le pont de Luçon"])
def test_nouveau_takes_along_the_words_that_wait(two: Two, rest: str) -> None:
    two.elu.says("À Luçon, la halle est une friche à l’abandon.", file=PLAN)
    two.elu.says(f"/nouveau{rest}")
    summary = texts([two.elu.last])
    assert "summary" == two.elu.last.kind
    assert "la halle est une friche" in summary
    assert rest.strip() in summary
    two.elu.taps("Oui, envoyer")
    story = two.loop.scene.story(two.loop.scene.projects[-1])
    assert [PLAN] == [e.attachment for e in story if e.attachment]


def test_a_file_alone_that_becomes_a_new_project_waits_for_its_description(two: Two) -> None:
    two.elu.says(file=PLAN)
    two.elu.says("/nouveau")
    assert "Décrivez votre projet" in texts([two.elu.last])
    two.elu.says("À Luçon, la halle est une friche à l’abandon.")
    two.elu.taps("Oui, envoyer")
    story = two.loop.scene.story(two.loop.scene.projects[-1])
    assert [PLAN] == [e.attachment for e in story if e.attachment]


def test_stop_leaves_the_words_waiting(two: Two) -> None:
    two.elu.says("Le notaire a répondu.")
    two.elu.says("stop")
    told = two.elu.says(two.mill.ref)
    assert two.elu.person.stopped_at is not None
    assert ["Le notaire a répondu."] == [m.text for m in to(told, two.mill_room)]


def test_while_words_wait_a_number_names_their_project_and_answers_no_recommendation(
    two: Two,
) -> None:
    two.mill_room.says("/reco Faire un diagnostic")
    said = two.elu.says("Nous avons rencontré le voisin hier.")
    two.mill_room.says("/reco Contacter l’EPF")
    first_is_mill = two.mill.ref in labels(said[0])[0]
    told = two.elu.says("1")
    room = two.mill_room if first_is_mill else two.station_room
    assert ["Nous avons rencontré le voisin hier."] == [m.text for m in to(told, room)]
    assert {"proposed"} == {r.status for r in two.mill.recommendations}


def test_with_several_projects_a_new_one_can_always_be_begun(two: Two) -> None:
    two.elu.says("Il y a un autre bâtiment vide.")
    assert "Pour quelle commune" in texts(to(two.elu.taps("Un nouveau projet"), two.elu))


def test_words_that_waited_are_edited_and_taken_back_like_others(two: Two) -> None:
    two.elu.says("Le notaire a répondu.")
    said = two.elu.said
    two.elu.taps(next(label for label in labels(two.elu.last) if two.mill.ref in label))

    edits = two.elu.does(EventKind.EDITED, "Le notaire a refusé.", said)
    assert ["Le notaire a refusé. (corrigé)"] == [m.text for m in to(edits, two.mill_room)]

    deletions = two.elu.does(EventKind.DELETED, to=said)
    assert {Operation.DELETE} == {m.operation for m in to(deletions, two.mill_room)}
    assert "Le notaire" not in "".join(e.text for e in two.loop.scene.story(two.mill))


def test_words_that_waited_answer_what_they_answered(two: Two) -> None:
    two.elu.says(f"{two.mill.ref} : le notaire a répondu.")
    own, copy = two.elu.said, two.mill_room.last
    said = two.elu.says(
        "Il est d’accord.", reply_to=Outgoing(own, two.elu.conversation, "", "notice")
    )
    told = two.elu.taps(next(label for label in labels(said[0]) if two.mill.ref in label))
    assert [Target(remote_id=copy.key)] == [m.target for m in to(told, two.mill_room)]


@pytest.mark.parametrize(
    "words",
    [
        "J’ai un autre projet.",
        "Notre pont sur la rivière est fissuré, que devons-nous faire ?",
    ],
)
def test_a_new_subject_in_an_old_thread_is_asked_about_and_kept(loop: Loop, words: str) -> None:
    said = loop.elu.says(words)
    assert "Est-ce un nouveau projet" in texts(to(said, loop.elu))
    assert [] == [m for m in to(said, loop.advisor) if m.kind == "relay"]
    told = loop.elu.taps(labels(to(said, loop.elu)[-1])[0])
    assert [words] == [m.text for m in to(told, loop.advisor)]


@pytest.mark.parametrize(
    "words",
    [
        "Je vous rejoins à Lille demain matin, à la gare, vers dix heures.",
        "Le notaire de Luçon a répondu, la vente de la filature est possible.",
    ],
)
def test_a_place_named_in_passing_goes_through(loop: Loop, words: str) -> None:
    assert [words] == [m.text for m in to(loop.elu.says(words), loop.advisor)]
