"""The names that clients write before the words."""

import pytest

from bot.domain.wording.mentions import without_mention

NAMES = ("@fil:tchap.fr", "@fil", "fil", "Fil Rouge")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fil Rouge: /note Le voisin vend.", "/note Le voisin vend."),
        ("fil : /note Le voisin vend.", "/note Le voisin vend."),
        ("FIL ROUGE, merci", "merci"),
        ("@fil:tchap.fr merci", "merci"),
        ("@fil /aide", "/aide"),
        ("  Fil Rouge !aide", "!aide"),
        ("fil /aide", "/aide"),
    ],
)
def test_a_mention_at_the_beginning_is_taken_off(written: str, meant: str) -> None:
    assert meant == without_mention(written, NAMES)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "fil",
        "Fil Rouge",
        "filature: vendue",
        "Fil de l’eau : une étude",
        "Merci Fil Rouge: /note x",
        "fil électrique tombé",
    ],
)
def test_other_words_stay(written: str) -> None:
    assert written == without_mention(written, NAMES)
