"""French typography."""

import pytest

from tests.support.typography import faults

NBSP = "\u00a0"


@pytest.mark.parametrize(
    "text",
    [
        f"Bonjour{NBSP}! Où en êtes-vous{NBSP}?",
        f"«{NBSP}Plus tard{NBSP}»",
        f"**Projet**{NBSP}: {{title}}",
        "Voir https://exemple.fr/page?x=1;y=2 pour en savoir plus.",
        "Rendez-vous à 9:00.",
        "Tapez !aide ou /aide.",
        f"78{NBSP}% des projets",
        f"Vraiment{NBSP}?!",
        "{days:plural(jour,jours)}",
        "",
    ],
)
def test_a_well_set_text_has_no_fault(text: str) -> None:
    assert [] == faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour !",
        "Bonjour!",
        "Où en êtes-vous ?",
        "Projet : {title}",
        "Projet: {title}",
        "**Projet**: {title}",
        "« Plus tard »",
        f"«Plus tard{NBSP}»",
        f"«{NBSP}Plus tard»",
        "78 %",
        "78% des projets",
        "{name} ;",
    ],
)
def test_a_missing_no_break_space_is_a_fault(text: str) -> None:
    assert faults(text)


def test_a_fault_is_shown_with_the_words_around_it() -> None:
    assert ["ortez-vous bien ? Merci"] == faults("Vous portez-vous bien ? Merci")
