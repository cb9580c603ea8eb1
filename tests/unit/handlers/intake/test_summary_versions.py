"""The answer to a summary sends what that summary showed, or nothing."""

from tests.support.scene import Scene, texts

MILL = "Nous avons une ancienne filature vide à Fontenay-le-Comte."


def test_an_older_summary_never_sends_what_a_newer_one_shows(scene: Scene) -> None:
    elu = scene.elu()
    elu.says(MILL)
    elu.says("Martine Duval, maire")
    first = elu.last
    elu.says("non, c’est à Luçon")
    assert "summary" == elu.last.kind != first.key

    said = elu.forges(first.choices[0].key)

    assert [] == scene.projects
    assert "Ce résumé n’est plus le bon" in texts(said)
    assert ("summary", True) == (said[-1].kind, "Luçon" in texts(said[-1:]))
    elu.taps("Oui, envoyer")
    assert ["Luçon"] == [project.territory_name for project in scene.projects]


def test_a_summary_shown_again_unchanged_can_be_sent_from_either(scene: Scene) -> None:
    elu = scene.elu()
    elu.says(MILL)
    elu.says("Martine Duval, maire")
    first = elu.last
    elu.says("/aide")
    elu.says("1", reply_to=first)
    assert 1 == len(scene.projects)
