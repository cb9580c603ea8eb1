"""In a private chat its owner alone counts, whoever they let in."""

from bot.domain.projects.history import EntryKind
from bot.domain.projects.membership import member_of
from bot.ports.network import EventKind
from tests.support.scene import Actor, Loop, Scene, kinds, labels, submitted, texts, to


def guest_of(host: Actor, name: str = "jean") -> Actor:
    """Somebody in the host's private chat."""
    return Actor(host.scene, host.conversation, f"chat:{name}")


def test_what_a_guest_says_goes_nowhere_and_they_are_told_once_how_to_join(loop: Loop) -> None:
    guest = guest_of(loop.elu)
    said = guest.says("Bonjour, je suis l’adjoint.")
    assert said == to(said, loop.elu)
    assert "indiquez-moi là-bas sa référence" in texts(said)
    assert [] == guest.says("Vous me lisez ?")
    assert not [p for p in loop.scene.records.persons if p is not loop.elu.person and not p.name]


def test_a_number_typed_by_a_guest_answers_nothing_and_begins_nothing(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("Nous avons une ancienne filature vide à Fontenay-le-Comte.")
    asked = elu.last
    guest_of(elu).says("1")
    assert asked.choices == elu.reads()[-2].choices
    elu.says("Martine Duval, maire")
    elu.taps("Oui, envoyer")
    assert 1 == len(scene.projects)


def test_the_project_of_a_guest_is_not_shown_in_another_s_chat(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    submitted(jean, who="Jean Petit, maire")
    guest = guest_of(loop.elu)
    for words in ("/projets", "/historique", "Où en est mon projet ?"):
        assert "Jean Petit" not in texts(guest.says(words))


def test_a_guest_s_tap_edit_reaction_and_deletion_do_nothing(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    guest, shown = guest_of(loop.elu), loop.elu.last
    guest.forges(shown.choices[0].key)
    guest.does(EventKind.EDITED, "Autre chose", loop.elu.said)
    guest.does(EventKind.REACTED, "👍", shown.key)
    guest.does(EventKind.DELETED, to=loop.elu.said)
    assert [None] == [r.status_at for r in loop.project.recommendations]
    assert EntryKind.RETRACTED not in [e.kind for e in loop.scene.story(loop.project)]


def test_the_owner_stays_reachable_when_a_guest_leaves_or_declines(loop: Loop) -> None:
    said = guest_of(loop.elu).does(EventKind.LEFT)
    assert [] == said
    assert loop.elu.person.reachable is not None
    loop.elu.does(EventKind.LEFT)
    assert loop.elu.person.reachable is None


def test_who_names_a_project_and_themselves_is_added_by_its_lead(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    said = jean.says(f"{loop.project.ref}, Jean Petit, adjoint")
    assert "la personne qui le suit reçoit votre demande" in texts(to(said, jean))
    assert "Jean Petit (adjoint) demande à suivre" in texts(to(said, loop.elu))
    assert loop.project.title not in texts(to(said, jean))

    told = loop.elu.taps("Oui, l’ajouter au projet")

    assert member_of(loop.project, jean.person) is not None
    assert "Vous suivez maintenant" in texts(to(told, jean))
    assert "Jean Petit (adjoint) rejoint le projet" in texts(to(told, loop.advisor))
    assert "Jean Petit (adjoint) rejoint le projet" in texts(to(told, loop.elu))
    assert EntryKind.JOINED is loop.scene.story(loop.project)[-1].kind
    assert "n’est plus attendue" in texts(loop.elu.taps("Oui, l’ajouter au projet"))


def test_the_lead_may_decline_and_the_person_learns_it(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    jean.says(f"Je voudrais rejoindre {loop.project.ref}")
    jean.says(f"{loop.project.ref} Jean Petit, adjoint")
    told = loop.elu.taps("Non")
    assert "n’a pas été acceptée" in texts(to(told, jean))
    assert member_of(loop.project, jean.person) is None


def test_the_team_decides_where_no_member_can_be_asked(loop: Loop) -> None:
    loop.elu.does(EventKind.LEFT)
    jean = loop.scene.elu("jean")
    said = jean.says(f"{loop.project.ref}, Jean Petit, adjoint")
    assert ["Oui, l’ajouter au projet", "Non"] == labels(to(said, loop.team)[-1])
    loop.team.taps("Oui, l’ajouter au projet")
    assert member_of(loop.project, jean.person) is not None


def test_a_request_tells_nothing_of_whether_there_is_such_a_project(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    missing = "UV-9999" if loop.project.ref != "UV-9999" else "UV-8888"
    existing = texts(to(jean.says(f"{loop.project.ref}, Jean Petit, adjoint"), jean))
    unknown = texts(jean.says(f"{missing}, Jean Petit, adjoint"))
    assert existing.replace(loop.project.ref, missing) == unknown


def test_guesses_reach_nobody_after_a_few(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    for number in range(5):
        jean.says(f"UV-999{number}, Jean Petit, adjoint")
    assert [] == to(jean.says(loop.project.ref), loop.elu)


def test_another_member_s_forged_decision_adds_nobody(loop: Loop) -> None:
    jean, paul = loop.scene.elu("jean"), loop.scene.elu("paul")
    jean.says(f"{loop.project.ref}, Jean Petit, adjoint")
    submitted(paul, who="Paul Roy, maire")
    assert ["error"] == kinds(paul.forges(f"join:{loop.project.ref}:{jean.person.id}:yes"))
    assert member_of(loop.project, jean.person) is None
