import pytest

from bot.domain.people import Role
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import ProjectStatus
from tests.support.scene import Actor, Loop, Scene, kinds, labels, submitted, texts, to

REASON = "Ce bâtiment appartient à un particulier."


@pytest.fixture
def elu(scene: Scene) -> Actor:
    return scene.elu()


@pytest.fixture
def team(scene: Scene) -> Actor:
    return scene.in_team(scene.register("Camille", "Équipe", Role.COORDINATOR))


def test_the_team_accepts_by_button(scene: Scene, elu: Actor, team: Actor) -> None:
    scene.register("Nadège Poirier", "DDTM")
    project = submitted(elu)
    said = team.taps("Accepter")
    assert ProjectStatus.ACCEPTED is project.status
    assert "est accepté" in texts(to(said, elu))
    assert "Projet accepté" in texts(to(said, team))


@pytest.mark.parametrize("separator", [" ", "   ", "\n", "\n\n", " \n ", " : ", "\u00a0: "])
def test_the_team_refuses_with_a_reason_that_the_member_reads_whole(
    scene: Scene, elu: Actor, team: Actor, separator: str
) -> None:
    project = submitted(elu)
    said = team.says(f"/refuser {project.ref}{separator}{REASON}")
    assert ProjectStatus.REFUSED is project.status
    assert REASON in texts(to(said, elu))
    assert REASON == project.refusal
    assert ["Décrire un autre projet"] == labels(to(said, elu)[0])


@pytest.mark.parametrize("reason", ["", "  ", " \n \n", " : ", "\u00a0", " …"])
def test_a_refusal_without_reason_is_not_done(elu: Actor, team: Actor, reason: str) -> None:
    project = submitted(elu)
    said = team.says(f"/refuser {project.ref}{reason}")
    assert ["error"] == kinds(said)
    assert "Il manque le motif" in texts(said)
    assert ProjectStatus.SUBMITTED is project.status


def test_what_is_decided_is_not_decided_again(scene: Scene, elu: Actor, team: Actor) -> None:
    project = submitted(elu)
    team.says(f"/accepter {project.ref}")
    again = team.taps("Accepter")
    assert "déjà accepté" in texts(again)
    assert again == to(again, team)
    assert "est déjà accepté" in texts(team.says(f"/refuser {project.ref} {REASON}"))
    assert "est déjà accepté" in texts(team.says(f"/refuser {project.ref}"))
    assert ProjectStatus.ACCEPTED is project.status


def test_a_refused_project_is_not_accepted_afterwards(
    scene: Scene, elu: Actor, team: Actor
) -> None:
    project = submitted(elu)
    team.says(f"/refuser {project.ref} {REASON}")
    assert "a déjà été refusé" in texts(team.says(f"/accepter {project.ref}"))
    assert "a déjà été refusé" in texts(team.says(f"/refuser {project.ref} encore"))
    assert ProjectStatus.REFUSED is project.status


def test_without_a_reference_the_team_is_asked_which(elu: Actor, team: Actor) -> None:
    assert "par exemple : /accepter UV-7K3Q" in texts(team.says("/accepter"))
    ref = submitted(elu).ref
    said = team.says("/accepter")
    assert "Quel projet acceptez-vous ?" in texts(said)
    assert [f"({ref})"] == [label[-9:] for label in labels(said[-1])]
    refuse = texts(team.says("/refuser"))
    assert "par exemple : /refuser UV-7K3Q" in refuse
    assert "/accepter" not in refuse


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("/accepter UV-0000", "UV-0000"),
        ("/refuser uv-0000 Un motif.", "UV-0000"),
        ("/refuser\nUV-0000\nUn motif.", "UV-0000"),
        ("/accepter ZZ-1234", "ZZ-1234"),
    ],
)
def test_an_unknown_reference_is_said_to_be(elu: Actor, team: Actor, words: str, ref: str) -> None:
    submitted(elu)
    assert f"Je ne trouve pas de projet {ref}" in texts(team.says(words))


def test_a_reply_to_the_announcement_names_the_project(elu: Actor, team: Actor) -> None:
    project = submitted(elu)
    team.says(f"/refuser {REASON}", reply_to=team.last)
    assert REASON == project.refusal


def test_a_reference_is_forgiving_as_people_type_it(elu: Actor, team: Actor) -> None:
    project = submitted(elu)
    body = project.ref.partition("-")[2].lower()
    team.says(f"/refuser uv - {body} {REASON}")
    assert (ProjectStatus.REFUSED, REASON) == (project.status, project.refusal)


def test_another_portals_team_cannot_decide(scene: Scene, elu: Actor) -> None:
    project = submitted(elu)
    other = scene.register("Paul", "Autre équipe", Role.COORDINATOR, "sosponts")
    team = scene.in_team(other, "sosponts")
    assert ["error"] == kinds(team.says(f"/accepter {project.ref}"))
    assert ["error"] == kinds(team.forges(f"moderate:{project.ref}:accept"))
    assert ProjectStatus.SUBMITTED is project.status


def test_in_a_room_the_coordinator_needs_no_reference(loop: Loop) -> None:
    camille = Actor(loop.scene, loop.advisor.conversation, loop.team.sender)
    assert "est déjà accepté" in texts(camille.says("/refuser Un motif qui tient en une phrase."))


def test_a_reference_written_in_a_room_is_the_one_that_counts(loop: Loop) -> None:
    other = submitted(loop.scene.elu("jean"), who="Jean Petit, maire")
    camille = Actor(loop.scene, loop.advisor.conversation, loop.team.sender)
    camille.says(f"/refuser {other.ref} {REASON}")
    assert REASON == other.refusal
    assert ProjectStatus.ACCEPTED is loop.project.status


def test_advisors_observers_and_members_do_not_decide(loop: Loop) -> None:
    other = submitted(loop.scene.elu("jean"), who="Jean Petit, maire")
    for actor in (loop.advisor, loop.observer):
        assert "Seule l’équipe du portail" in texts(actor.says(f"/accepter {other.ref}"))
    assert "dans l’espace de l’équipe" in texts(loop.elu.says(f"/accepter {other.ref}"))
    assert ProjectStatus.SUBMITTED is other.status


def test_somebody_taken_off_the_register_decides_nothing(
    scene: Scene, elu: Actor, team: Actor
) -> None:
    project = submitted(elu)
    scene.records.advisors.all()[0].active = False
    assert ["error"] == kinds(team.says(f"/accepter {project.ref}"))
    assert ProjectStatus.SUBMITTED is project.status


def test_plain_words_at_the_teams_place_go_to_nobody(elu: Actor, team: Actor) -> None:
    submitted(elu)
    said = team.says("Bonjour à tous")
    assert ["error"] == kinds(said)
    assert said == to(said, team)


def test_the_decision_is_in_the_story_under_the_teams_name(
    scene: Scene, elu: Actor, team: Actor
) -> None:
    project = submitted(elu)
    team.says(f"/refuser {project.ref} {REASON}")
    entry = scene.story(project)[-1]
    assert (EntryKind.REFUSED, "Camille (Équipe)", REASON) == (
        entry.kind,
        entry.author,
        entry.text,
    )


def test_a_protest_after_a_refusal_is_kept_and_said_to_go_no_further(scene: Scene) -> None:
    elu, team = scene.elu(), scene.in_team(scene.register("Camille", "Équipe", Role.COORDINATOR))
    project = submitted(elu)
    team.says(f"/refuser {project.ref} Ce bâtiment est privé")
    first = texts(elu.says("Mais non, il est communal !"))
    assert "Ce bâtiment est privé" in first
    assert "il n’est transmis à personne" in first
    assert "Mais non, il est communal !" == scene.story(project)[-1].text
    second = texts(elu.says("Il est communal depuis 1950."))
    assert "il n’est transmis à personne" in second
    assert "Ce bâtiment est privé" not in second
    thanks = elu.says("merci")
    assert "Merci à vous" in texts(thanks)
    assert "Il est communal depuis 1950." == scene.story(project)[-1].text
    assert ["Décrire un autre projet"] == labels(thanks[-1])
