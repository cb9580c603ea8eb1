import re
from datetime import date

import pytest

from bot.domain.projects.project import ProjectStatus
from bot.domain.wording.command_syntax import CommandCall
from handlers.routing.commands import COMMANDS, page_forms
from tests.support.scene import Actor, Loop, Scene, kinds, submitted, texts
from tests.support.shipped import catalogue


def listed(actor: Actor) -> set[str]:
    return set(re.findall(r"^/(\w+) – ", texts(actor.says("/aide")), re.MULTILINE))


def test_help_shows_each_what_they_can_do_where_they_are(loop: Loop) -> None:
    member = {"aide", "nouveau", "projets", "recos", "fait", "encours", "bloque", "plustard"}
    member |= {"historique", "stop", "reprendre", "pause", "clore", "passer", "quitter", "relier"}
    member.add("prevenir")
    assert member == listed(loop.elu)
    observer = {"aide", "recos", "historique", "note", "reprendre", "quitter", "bilan", "salle"}
    assert observer == listed(loop.observer)
    advisor = observer | {"reco", "fait", "encours", "bloque", "pause"}
    assert advisor == listed(loop.advisor)
    team = {"aide", "recos", "historique", "accepter", "refuser", "pause", "clore"}
    assert team | {"reprendre", "bilan", "salle"} == listed(loop.team)


def test_a_stranger_is_shown_little(scene: Scene) -> None:
    assert {"aide", "nouveau", "stop", "reprendre", "relier"} == listed(scene.elu())


def test_every_command_has_its_help() -> None:
    assert set() == {name for name in COMMANDS if f"commands.{name}" not in catalogue().texts.keys}


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


def test_the_form_of_a_page_gives_its_arguments_apart(loop: Loop) -> None:
    loop.advisor.commands(CommandCall("reco", "Contacter l’EPF", day=date(2027, 3, 3)))
    recommendation = loop.project.recommendation(1)
    assert recommendation is not None
    assert ("Contacter l’EPF", date(2027, 3, 3)) == (recommendation.text, recommendation.deadline)


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2036, 1, 1)])
def test_a_day_that_is_no_deadline_is_said_to_be_none(loop: Loop, day: date) -> None:
    said = loop.advisor.commands(CommandCall("reco", "Contacter l’EPF", day=day))
    recommendation = loop.project.recommendation(1)
    assert recommendation is not None
    assert recommendation.deadline is None
    assert "sans échéance" in texts(said)


def test_a_form_decides_on_the_project_that_it_names(loop: Loop) -> None:
    other = submitted(loop.scene.elu("paul"), who="Paul Petit, maire")
    loop.team.commands(CommandCall("refuser", f"Pas {loop.project.ref}", other.ref))
    assert (ProjectStatus.REFUSED, f"Pas {loop.project.ref}") == (other.status, other.refusal)


def test_a_form_gives_no_right(loop: Loop) -> None:
    assert ["error"] == kinds(loop.observer.commands(CommandCall("reco", "Contacter l’EPF")))
    other = submitted(loop.scene.elu("paul"), who="Paul Petit, maire")
    for actor in (loop.elu, loop.advisor):
        actor.commands(CommandCall("accepter", reference=other.ref))
    assert ProjectStatus.SUBMITTED is other.status
    assert other.ref not in texts(loop.elu.commands(CommandCall("historique", "", other.ref)))


def test_a_form_of_another_version_is_answered(loop: Loop) -> None:
    assert "Écrivez /aide" in texts(loop.elu.commands(CommandCall("voter")))


def test_contact_details_are_withheld_from_a_form_too(loop: Loop) -> None:
    said = loop.advisor.commands(CommandCall("reco", "Appelez le 06 12 34 56 78"))
    assert "06 12" not in texts(said)


def test_a_command_that_waits_goes_on_with_all_its_arguments(loop: Loop) -> None:
    loop.elu.says("/nouveau À Luçon, l’ancienne gare est une friche industrielle à l’abandon.")
    loop.elu.taps("Oui, envoyer")
    loop.elu.says("pause jusqu’en mars")
    said = texts(loop.elu.taps(next(c.label for c in loop.elu.last.choices)))
    assert "mars 2027" in said


def test_pages_have_forms_for_commands_that_can_be_given_there() -> None:
    for form in page_forms():
        command = COMMANDS[form.name]
        assert form.pages <= command.where
        assert command.right is form.right
