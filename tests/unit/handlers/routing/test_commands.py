import re

import pytest

from handlers.routing.commands import COMMANDS
from tests.support.scene import Actor, Loop, Scene, catalogue, kinds, texts


def listed(actor: Actor) -> set[str]:
    return set(re.findall(r"^/(\w+) – ", texts(actor.says("/aide")), re.MULTILINE))


def test_help_shows_each_what_they_can_do_where_they_are(loop: Loop) -> None:
    member = {"aide", "nouveau", "projets", "recos", "fait", "encours", "bloque", "plustard"}
    member |= {"historique", "stop", "reprendre", "pause", "clore", "passer", "quitter", "relier"}
    member.add("prevenir")
    assert member == listed(loop.elu)
    observer = {"aide", "recos", "historique", "note", "reprendre", "quitter", "bilan"}
    assert observer == listed(loop.observer)
    advisor = observer | {"reco", "fait", "encours", "bloque", "pause"}
    assert advisor == listed(loop.advisor)
    team = {"aide", "recos", "historique", "accepter", "refuser", "pause", "clore"}
    assert team | {"reprendre", "bilan"} == listed(loop.team)


def test_a_stranger_is_shown_little(scene: Scene) -> None:
    assert {"aide", "nouveau", "stop", "reprendre", "relier"} == listed(scene.elu())


def test_every_command_has_its_help() -> None:
    assert set() == {name for name in COMMANDS if f"commands.{name}" not in catalogue().texts}


@pytest.mark.parametrize("typed", ["/histrique", "!historiqe", "/hsitorique"])
def test_a_misspelt_command_is_suggested_and_not_obeyed(loop: Loop, typed: str) -> None:
    said = loop.elu.says(typed)
    assert ["error"] == kinds(said)
    assert "/historique" in texts(said)


def test_an_unknown_command_is_said_to_be_unknown(loop: Loop) -> None:
    assert "Écrivez /aide" in texts(loop.elu.says("/abracadabra"))


def test_a_misspelt_command_of_another_place_is_not_suggested(loop: Loop) -> None:
    assert "Écrivez /aide" in texts(loop.elu.says("/acepter UV-7K3Q"))


@pytest.mark.parametrize(
    ("command", "where"),
    [
        ("/accepter UV-7K3Q", "dans l’espace de l’équipe du portail"),
        ("/note x", "dans la salle d’un projet"),
    ],
)
def test_a_command_of_another_place_says_where_it_is_given(
    loop: Loop, command: str, where: str
) -> None:
    said = loop.elu.says(command)
    assert ["error"] == kinds(said)
    assert where in texts(said)


def test_stop_in_a_room_says_where_it_is_given(loop: Loop) -> None:
    assert "dans la conversation privée" in texts(loop.advisor.says("/stop"))


def test_accents_capitals_and_exclamation_marks_are_the_same_command(loop: Loop) -> None:
    for typed in ("/PROJETS", "!projets", "/Projéts"):
        assert "Vos projets" in texts(loop.elu.says(typed))


def test_a_command_in_a_dialogue_leaves_the_dialogue_as_it_was(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("Nous avons une friche à Fontenay-le-Comte")
    elu.says("/aide")
    elu.says("Martine Duval, maire")
    assert "summary" == elu.last.kind
