from bot.domain.people import Role
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import ProjectStatus
from bot.domain.urgency import Urgency
from tests.support.scene import (
    MILL,
    PLAN,
    Actor,
    Scene,
    accepted_loop,
    kinds,
    labels,
    submitted,
    texts,
    to,
)

DANGER = (
    "URGENT : le pont de la Vie au Poiré-sur-Vie menace de s’effondrer et des voitures passent "
    "encore dessus !"
)


def bridge_scene() -> tuple[Scene, Actor, Actor]:
    """A scene whose bridges have an advisor; its élu, its team."""
    scene = Scene()
    scene.register("Yann Le Bihan", "Département", portal="sosponts", themes=("pont",))
    coordinator = scene.register(
        "Camille Rousselot", "Équipe", Role.COORDINATOR, "sosponts", (), ()
    )
    return scene, scene.elu(), scene.in_team(coordinator, "sosponts")


def test_a_submitted_project_is_recorded_with_its_lead_and_told_to_the_team(scene: Scene) -> None:
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR)
    elu, team = scene.elu(), scene.in_team(coordinator)
    project = submitted(elu)
    assert project.ref.startswith("UV-")
    assert (ProjectStatus.SUBMITTED, "85", ["friche"]) == (
        project.status,
        project.departement,
        project.themes,
    )
    assert project.lead is not None
    assert ("Martine Duval", "maire") == (project.lead.person.name, project.lead.person.function)
    assert project.ref in texts([elu.last])
    assert MILL in texts([team.last])
    assert ["Accepter"] == labels(team.last)
    assert [EntryKind.SUBMITTED] == [entry.kind for entry in scene.story(project)]


def test_advisors_hear_of_a_project_only_once_it_is_accepted(scene: Scene) -> None:
    scene.register("Nadège Poirier", "DDTM")
    project = submitted(scene.elu())
    assert scene.records.projects.room(project) is None


def test_in_danger_advisors_are_alerted_before_the_team_has_accepted() -> None:
    scene, elu, team = bridge_scene()
    project = submitted(elu, DANGER)
    room = scene.records.projects.room(project)
    told = [q.outgoing for q in scene.records.queued if q.outgoing.conversation == room]
    assert ["safety"] == kinds(told)
    assert DANGER in texts(told)
    assert "safety" == team.last.kind
    assert (ProjectStatus.SUBMITTED, Urgency.IMMEDIATE) == (project.status, project.urgency)
    assert "Yann Le Bihan" in texts([elu.last])


def test_a_later_acceptance_opens_and_announces_nothing_twice() -> None:
    scene, elu, team = bridge_scene()
    project = submitted(elu, DANGER)
    said = team.says(f"/accepter {project.ref}")
    assert ["notice"] * len(said) == kinds(said)
    assert 1 == texts(elu.reads()).count("j’ai prévenu")
    assert 1 == len(project.assignments)
    room = scene.records.projects.room(project)
    assert ["vous pouvez publier des recommandations"] == [
        text
        for text in ["vous pouvez publier des recommandations"]
        if text in texts([m for m in said if m.conversation == room])
    ]


def test_danger_said_while_a_project_waits_alerts_advisors_at_once() -> None:
    scene, elu, team = bridge_scene()
    project = submitted(elu, "Notre pont se fissure au Poiré-sur-Vie")
    assert scene.records.projects.room(project) is None
    said = elu.says("Le pont s’effondre maintenant, des voitures passent encore dessus !")
    assert "safety" == said[0].kind
    room = scene.records.projects.room(project)
    assert room is not None
    assert ["safety"] == kinds([m for m in said if m.conversation == room])
    assert "Les conseillers le liront" not in texts(said)
    assert "safety" in kinds(to(said, team))


def test_danger_said_in_an_open_thread_is_relayed_and_marked() -> None:
    loop = accepted_loop()
    said = loop.elu.says("Le mur s’effondre maintenant, des enfants jouent dessous !")
    assert "safety" == said[0].kind
    assert ["relay", "safety"] == kinds(to(said, loop.advisor))
    assert ["safety"] == kinds(to(said, loop.team))
    again = loop.elu.says("Le mur s’effondre encore, des enfants jouent dessous !")
    assert "safety" == again[0].kind
    assert ["relay", "safety"] == kinds(to(again, loop.advisor))
    assert ["safety"] == kinds(to(again, loop.team))


def test_with_nobody_who_fits_the_team_is_told_and_the_member_is_promised_nothing(
    scene: Scene,
) -> None:
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR)
    elu, team = scene.elu(), scene.in_team(coordinator)
    project = submitted(elu)
    said = team.says(f"/accepter {project.ref}")
    assert "Aucun conseiller du registre" in texts(to(said, team))
    assert "aucun conseiller de notre registre" in texts(to(said, elu))


def test_an_advisor_is_chosen_for_a_reason_that_is_told() -> None:
    loop = accepted_loop()
    opening = texts(loop.advisor.reads())
    expected = (
        "Nadège Poirier (DDTM) : connaît le sujet « friche » et intervient dans le département "
        "« Vendée »"
    )
    assert expected in opening
    assert ["theme:friche", "departement:85"] == loop.project.assignments[0].reasons
    assert "Nadège Poirier (DDTM)" in texts(loop.elu.reads())


def test_an_observer_is_named_as_one_to_the_member_and_in_the_room() -> None:
    loop = accepted_loop()
    told = texts(loop.elu.reads())
    assert "j’ai prévenu : Nadège Poirier (DDTM)." in told
    assert "Lucette Dumoulin (Sous-préfecture) observe" in told
    opening = texts(loop.advisor.reads())
    assert "• Lucette Dumoulin (Sous-préfecture), observe : connaît le sujet" in opening
    assert "• Nadège Poirier (DDTM) : connaît le sujet" in opening


def test_files_of_the_description_are_in_the_room_from_its_opening(scene: Scene) -> None:
    scene.register("Nadège Poirier", "DDTM")
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR)
    elu = scene.elu()
    elu.says(MILL, file=PLAN)
    elu.says("Martine Duval, maire")
    elu.taps("Oui, envoyer")
    said = scene.in_team(coordinator).says(f"/accepter {scene.projects[0].ref}")
    assert [PLAN] == [m.attachment for m in said if m.attachment is not None]


def test_contact_details_of_the_description_never_reach_the_room(scene: Scene) -> None:
    scene.register("Nadège Poirier", "DDTM")
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR)
    elu = scene.elu()
    elu.says(f"{MILL} Mon numéro : 06 12 34 56 78, duval@exemple.fr")
    elu.says("Martine Duval, maire")
    elu.taps("Oui, envoyer")
    project = scene.projects[0]
    said = scene.in_team(coordinator).says(f"/accepter {project.ref}")
    assert "06 12" not in texts(said)
    assert "duval@exemple.fr" not in project.description
    assert "[coordonnées retirées]" in project.description
