"""What is asked of the service itself, and what only sounds so."""

import pytest

from bot.domain.intake.service_questions import About, about_the_service
from tests.unit.bot.domain.describing import listener


@pytest.mark.parametrize(
    "words",
    [
        "Que faites-vous de mes données ?",
        "Qui a accès à mes données ?",
        "Où vont mes données ?",
        "Mes données sont-elles en sécurité ?",
        "Est-ce que mes messages sont lus ?",
        "supprimez mes données",
        "Je voudrais faire effacer mes messages ?",
        "merci de supprimer mes données",
    ],
)
def test_whoever_asks_about_their_data_is_heard(words: str) -> None:
    assert About.DATA is about_the_service(words, listener())


@pytest.mark.parametrize(
    "words",
    [
        "J’ai retiré mes informations du dossier de la DETR.",
        "On a effacé mes coordonnées du panneau.",
        "La salle est gratuite",
        "on doit payer",
    ],
)
def test_what_is_said_of_the_project_asks_nothing(words: str) -> None:
    assert about_the_service(words, listener()) is None
