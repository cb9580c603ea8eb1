"""Questions about the service itself are answered; what is said of the project joins it."""

import pytest

from tests.support.scene import MAYOR, MILL, Scene, texts


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("combien ça coûte ?", "Le service est gratuit"),
        ("combien ça coûte", "Le service est gratuit"),
        ("est-ce que c’est payant", "Le service est gratuit"),
        ("gratuit ?", "Le service est gratuit"),
        ("qui va lire tous mes messages ?", "lue par l’équipe du portail"),
        ("Qui lit ?", "des observateurs publics de votre territoire"),
        ("supprimez mes données", "les faire effacer, écrivez à l’équipe du portail"),
        ("Que deviennent mes données ?", "gardée pendant toute la vie du projet"),
        ("Je veux effacer mes messages", "les faire effacer, écrivez à l’équipe du portail"),
        ("C’est bien confidentiel ?", "n’est transmise qu’avec votre accord"),
    ],
)
def test_a_question_about_the_service_is_answered_and_joins_nothing(
    scene: Scene, words: str, answer: str
) -> None:
    elu = scene.elu()
    elu.says(MILL)
    assert answer in texts(elu.says(words))
    assert "Qui êtes-vous ?" in texts([elu.last])
    elu.says(MAYOR)
    elu.says(words)
    assert "summary" == elu.last.kind
    elu.taps("Oui, envoyer")
    assert MILL == scene.projects[0].description


@pytest.mark.parametrize("before", [(), ("/nouveau",)])
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("combien ça coûte ?", "Le service est gratuit"),
        ("que deviennent mes données ?", "n’est transmise qu’avec votre accord"),
    ],
)
def test_a_question_about_the_service_begins_no_project(
    scene: Scene, before: tuple[str, ...], words: str, answer: str
) -> None:
    elu = scene.elu()
    for said in (*before, words):
        elu.says(said)
    assert answer in texts(elu.reads())
    assert "Décrivez votre projet" in texts([elu.last])
    elu.says(MILL)
    elu.says(MAYOR)
    elu.taps("Oui, envoyer")
    assert MILL == scene.projects[0].description


@pytest.mark.parametrize(
    "words",
    [
        "Combien coûterait la démolition ?",
        "Pouvez-vous nous aider à trouver un architecte ?",
        "On doit payer les travaux nous-mêmes.",
        "on doit payer",
        "il faut payer",
        "gratuit",
        "Nous voulons protéger nos données.",
        "Qui lira les compteurs ?",
        "Je vous transmets mes informations demain.",
        "comment déposer une demande DETR ?",
        "comment créer un projet de halle ?",
        "comment déposer une demande de permis de démolir ?",
    ],
)
def test_a_question_about_the_project_joins_its_description(scene: Scene, words: str) -> None:
    elu = scene.elu()
    elu.says(MILL)
    elu.says(MAYOR)
    elu.says(words)
    elu.taps("Oui, envoyer")
    assert f"{MILL}\n\n{words}" == scene.projects[0].description
