import pytest

from tests.support.scene import Loop, Scene, submitted, texts, to


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Où en est mon projet ?", "La balle est chez"),
        ("aide", "Pour voir les commandes"),
        ("bonjour", "est bien envoyé"),
        ("merci", "est bien envoyé"),
        ("Je veux annuler mon projet", "écrivez /clore"),
    ],
)
def test_while_the_team_is_awaited_short_words_to_the_assistant_are_answered_and_not_added(
    scene: Scene, words: str, answer: str
) -> None:
    elu = scene.elu()
    project = submitted(elu)
    before, told = project.description, len(scene.story(project))
    said = texts(elu.says(words))
    assert answer in said
    assert "je l’ajoute à votre" not in said
    assert (before, told) == (project.description, len(scene.story(project)))


@pytest.mark.parametrize(
    "words",
    [
        "Le propriétaire est d’accord pour vendre.",
        "Des nouvelles du préfet : il est d’accord.",
        "On attend toujours le devis.",
    ],
)
def test_while_the_team_is_awaited_what_says_something_of_the_project_is_added(
    scene: Scene, words: str
) -> None:
    elu = scene.elu()
    project = submitted(elu)
    assert "je l’ajoute à votre projet" in texts(elu.says(words))
    assert project.description.endswith(words)


def test_once_there_is_a_room_the_same_words_are_for_the_advisors(loop: Loop) -> None:
    said = loop.elu.says("Où en est mon projet ?")
    assert ["Où en est mon projet ?"] == [m.text for m in to(said, loop.advisor)]
