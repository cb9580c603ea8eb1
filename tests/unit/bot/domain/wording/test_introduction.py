import pytest

from bot.domain.wording.introduction import LONGEST_FUNCTION, Introduction, read_introduction
from config.language import load_language

WORDS = load_language().introductions


@pytest.mark.parametrize(
    ("said", "name", "function"),
    [
        ("Martine Duval, maire", "Martine Duval", "maire"),
        ("Martine Duval, maire de Fourmies", "Martine Duval", "maire de Fourmies"),
        ("Martine", "Martine", ""),
        ("martine duval maire", "martine duval", "maire"),
        ("Martine Duval - DGS", "Martine Duval", "DGS"),
        ("Martine Duval (adjointe)", "Martine Duval", "adjointe"),
        ("Martine Duval\nmaire de Fourmies", "Martine Duval", "maire de Fourmies"),
        ("M. Duval, maire", "M. Duval", "maire"),
        ("Jean de La Tour", "Jean de La Tour", ""),
        ("DUVAL Martine", "DUVAL Martine", ""),
        ("Mme Martine Duval, 1ère adjointe", "Mme Martine Duval", "1ère adjointe"),
        ("Le Gall Anne, secrétaire de mairie", "Le Gall Anne", "secrétaire de mairie"),
        (
            "Jean-Pierre O’Neil, conseiller municipal, délégué à l’eau",
            "Jean-Pierre O’Neil",
            "conseiller municipal, délégué à l’eau",
        ),
        (
            "Bonjour, je m’appelle Martine Duval et je suis la maire de Fourmies.",
            "Martine Duval",
            "maire de Fourmies",
        ),
        ("Je suis la maire, Martine Duval", "Martine Duval", "maire"),
        ("C’est Martine, maire", "Martine", "maire"),
        ("Bonjour. Martine Duval, maire", "Martine Duval", "maire"),
        ("Martine Duval, maire, [coordonnées retirées]", "Martine Duval", "maire"),
        ("je suis maire de Fourmies", "", "maire de Fourmies"),
        ("le maire", "", "maire"),
        ("Olivier Lopez, maire", "Olivier Lopez", "maire"),
        ("la mairie", "", "mairie"),
        (
            "c'est martine duval la secretaire de mairie",
            "martine duval",
            "secretaire de mairie",
        ),
        ("DUVALLE martine", "DUVALLE martine", ""),
        ("alors voila moi c'est martine duval et je suis maire", "martine duval", "maire"),
        ("Mairie de Fourmies", "", "Mairie de Fourmies"),
        ("Jean-Paul d’Arc, maire", "Jean-Paul d’Arc", "maire"),
        ("jean d'arc, maire", "jean d'arc", "maire"),
        ("monsieur Roux, maire", "monsieur Roux", "maire"),
        ("M. le Maire", "", "Maire"),
        ("Mme la maire", "", "maire"),
    ],
)
def test_people_say_who_they_are_in_many_ways(said: str, name: str, function: str) -> None:
    assert Introduction(name, function) == read_introduction(said, WORDS)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "!!",
        "oui",
        "Pourquoi ?",
        "plus tard",
        "annule",
        "Annuler",
        "envoyez",
        "Envoyer",
        "on continue",
        "passer",
        "aide",
        "bof",
        "voilà",
        "anonyme",
        "je suis nouveau",
        "c’est quoi",
        "On ne sait pas encore",
        "Nous sommes la commune de Fourmies",
        "06 12 34 56 78",
        "Le mur penche, le toit aussi",
        "C’est un bâtiment de quatre étages au bord de la rivière",
        "a" * 61,
    ],
)
def test_what_is_no_introduction_is_not_taken_for_a_name(said: str) -> None:
    assert read_introduction(said, WORDS) is None


def test_what_is_said_besides_is_given_back() -> None:
    said = read_introduction("Martine Duval, maire. Le bâtiment appartient à la commune.", WORDS)
    assert said is not None
    assert "Le bâtiment appartient à la commune." == said.rest


def test_a_function_is_not_a_story() -> None:
    said = read_introduction(f"Martine Duval, maire {'et autre chose ' * 50}", WORDS)
    assert said is not None
    assert LONGEST_FUNCTION == len(said.function)
