from bot.domain.project import ProjectStatus
from tests.unit.handlers.scene import Loop, texts, to


def test_the_reason_of_an_end_is_kept_and_told_with_the_way_back(loop: Loop) -> None:
    said = loop.elu.says(f"/clore {loop.project.ref} on a vendu à un privé")
    assert ProjectStatus.CLOSED is loop.project.status
    assert "on a vendu à un privé" == loop.scene.story(loop.project)[-1].text
    for reader in (loop.advisor, loop.team):
        assert "on a vendu à un privé" in texts(to(said, reader))
    assert f"/nouveau, en citant {loop.project.ref}" in texts(to(said, loop.elu))
    assert "on a vendu à un privé" in texts(loop.elu.says("/historique"))


def test_a_project_closed_without_a_reason_tells_none(loop: Loop) -> None:
    loop.elu.says("/clore")
    assert "" == loop.scene.story(loop.project)[-1].text
