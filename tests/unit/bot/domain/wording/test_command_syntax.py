"""Commands in a conversation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording.command_syntax import CommandCall, Suggestion, parse, with_sign

NAMES = (
    "aide", "nouveau", "projets", "reco", "recos", "fait", "encours", "bloque", "plustard",
    "pause", "mesdonnees", "effacer", "stop",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("/aide", "aide", ""),
        ("!aide", "aide", ""),
        ("  /AIDE  ", "aide", ""),
        ("/ aide", "aide", ""),
        ("/fait 2", "fait", "2"),
        ("/bloqué 2", "bloque", "2"),
        ("/reco@fil_rouge_bot Contacter l’EPF", "reco", "Contacter l’EPF"),
        ("/reco\nContacter\nl’EPF", "reco", "Contacter\nl’EPF"),
        ("/plus tard dans 3 semaines", "plustard", "dans 3 semaines"),
        ("/en-cours 2", "encours", "2"),
        ("/mes données", "mesdonnees", ""),
    ],
)
def test_a_command_is_read_as_people_write_it(text: str, name: str, rest: str) -> None:
    assert CommandCall(name, rest) == parse(text, NAMES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/projet", "projets"),
        ("/efacer", "effacer"),
        ("/noveau", "nouveau"),
        ("/fiat 2", "fait"),
        ("/recoss", "recos"),
        ("!efacer", "effacer"),
    ],
)
def test_a_misspelt_command_is_suggested_never_obeyed(text: str, name: str) -> None:
    assert Suggestion(name) == parse(text, NAMES)


@pytest.mark.parametrize("text", ["/xyz", "/recette", "/a"])
def test_an_unknown_command_has_no_suggestion(text: str) -> None:
    found = parse(text, NAMES)
    assert isinstance(found, Suggestion)
    assert found.name is None


def test_two_names_as_near_as_each_other_are_no_suggestion() -> None:
    assert Suggestion(None) == parse("/pat", ("pas", "par"))


@pytest.mark.parametrize(
    "text",
    ["aide", "bonjour /aide", "/", "!", "!!!", "!super", "/2", "/home/user", "", "1/2", "// aide"],
)
def test_plain_words_are_no_command(text: str) -> None:
    assert parse(text, NAMES) is None


@given(st.text())
def test_only_a_name_of_the_table_is_ever_obeyed(text: str) -> None:
    found = parse(text, NAMES)
    assert not isinstance(found, CommandCall) or found.name in NAMES


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Écrivez /aide, ou /reco suivi du texte.", "Écrivez !aide, ou !reco suivi du texte."),
        ("(/fait 2)", "(!fait 2)"),
        ("https://fil.fr/aide", "https://fil.fr/aide"),
        ("le dossier /aide/reco", "le dossier /aide/reco"),
        ("et/ou", "et/ou"),
        ("/aider", "/aider"),
    ],
)
def test_commands_are_written_with_the_sign_of_their_network(written: str, shown: str) -> None:
    assert shown == with_sign(written, ("aide", "reco", "recos", "fait"), "!")
