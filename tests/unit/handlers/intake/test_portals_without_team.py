"""A portal without a team swallows no project, and promises nothing."""

from bot.domain.people import Role
from tests.support.scene import MAYOR, Scene, submitted, texts, to

BRIDGE = "À Fourmies, nous voulons faire diagnostiquer un pont de la commune."


def test_a_project_for_a_portal_without_a_team_goes_to_the_fallback(scene: Scene) -> None:
    team = scene.register("Ana Roy", "MEC", Role.COORDINATOR, "mon-espace-collectivite", ())
    elu = scene.elu()
    project = submitted(elu, BRIDGE)
    assert "mon-espace-collectivite" == project.portal
    summary = next(m for m in elu.reads() if m.kind == "summary")
    assert "Mon Espace Collectivité" in texts([summary])
    assert project.ref in texts(scene.in_team(team, "mon-espace-collectivite").reads())


def test_a_portal_with_a_team_keeps_its_projects(scene: Scene) -> None:
    scene.register("Ana Roy", "MEC", Role.COORDINATOR, "mon-espace-collectivite", ())
    scene.register("Bo Roy", "Cerema", Role.COORDINATOR, "sosponts", ())
    assert "sosponts" == submitted(scene.elu(), BRIDGE).portal


def test_a_team_out_of_service_is_none(scene: Scene) -> None:
    scene.register("Ana Roy", "MEC", Role.COORDINATOR, "mon-espace-collectivite", ())
    scene.register("Bo Roy", "Cerema", Role.COORDINATOR, "sosponts", ()).active = False
    assert "mon-espace-collectivite" == submitted(scene.elu(), BRIDGE).portal


def test_where_nobody_answers_the_elu_is_told_the_truth(scene: Scene) -> None:
    elu = scene.elu()
    project = submitted(elu, BRIDGE, MAYOR)
    assert "sosponts" == project.portal
    said = texts(to(elu.reads(), elu))
    assert "Personne n’y répond pour l’instant" in said
    assert "je ne peux pas vous dire quand quelqu’un le lira" in said
    assert "deux jours" not in said
