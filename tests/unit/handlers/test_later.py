from datetime import UTC, datetime

import pytest

from tests.unit.handlers.scene import Loop, kinds, labels, texts, to


@pytest.fixture
def reco(loop: Loop) -> Loop:
    loop.advisor.says("/reco Contacter l’EPF")
    return loop


def at(month: int, day: int, year: int = 2026) -> datetime:
    """9:00 in Vendée, in winter."""
    return datetime(year, month, day, 8, tzinfo=UTC)


def test_plus_tard_asks_when_and_says_what_happens_without_an_answer(reco: Loop) -> None:
    said = reco.elu.taps("Plus tard")
    assert ["question"] == kinds(said)
    assert ["Dans 2 semaines", "Dans 4 semaines", "Dans 8 semaines"] == labels(said[0])
    assert "Sans réponse, ce sera à partir du 7 décembre 2026" in texts(said)
    assert at(12, 7) == reco.project.later_until


def test_a_tap_gives_the_date_and_it_is_repeated(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    said = reco.elu.taps("Dans 4 semaines")
    assert at(12, 21) == reco.project.later_until
    assert "à partir du 21 décembre 2026" in texts(to(said, reco.elu))
    assert "préfère en reparler à partir du 21 décembre 2026" in texts(to(said, reco.advisor))


def test_words_give_the_date_as_well(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.says("plutôt dans 3 semaines")
    recommendation = reco.project.recommendation(1)
    assert recommendation is not None
    assert at(12, 14) == recommendation.later_until
    assert ["relay"] == kinds(to(reco.elu.says("Bonjour à tous"), reco.advisor))


def test_a_date_said_at_once_is_not_asked_for(reco: Loop) -> None:
    said = reco.elu.says("pas maintenant, plutôt le 15 mars")
    assert "question" not in kinds(said)
    assert at(3, 15, 2027) == reco.project.later_until


def test_words_that_are_no_date_are_relayed_and_the_default_stands(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    said = reco.elu.says("Je dois d’abord en parler au conseil.")
    assert ["relay"] == kinds(to(said, reco.advisor))
    assert at(12, 7) == reco.project.later_until


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/plustard dans 3 semaines", at(12, 14)),
        ("/plustard 1 dans 3 semaines", at(12, 14)),
        ("/plus tard le 15 mars", at(3, 15, 2027)),
        ("/plustard 15 mars", at(3, 15, 2027)),
        ("/plustard", at(12, 7)),
        ("/plustard 1", at(12, 7)),
    ],
)
def test_the_command_takes_a_number_a_date_both_or_none(
    reco: Loop, command: str, expected: datetime
) -> None:
    reco.elu.says(command)
    recommendation = reco.project.recommendation(1)
    assert recommendation is not None
    assert expected == recommendation.later_until


def test_without_recommendation_the_whole_project_waits(loop: Loop) -> None:
    loop.elu.says("/plustard dans 3 semaines")
    assert at(12, 14) == loop.project.later_until


def test_an_unknown_recommendation_is_not_put_off(reco: Loop) -> None:
    assert ["error"] == kinds(reco.elu.says("/plustard 7"))
    assert reco.project.later_until is None
    assert reco.scene.records.dialogue(reco.elu.place).flow is None


def test_dates_are_those_of_the_territory(reco: Loop) -> None:
    reco.project.departement = "974"
    reco.elu.says("/plustard 1 dans 3 semaines")
    assert datetime(2026, 12, 14, 5, tzinfo=UTC) == reco.project.later_until


def test_the_clockwork_looks_at_it_then(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.taps("Dans 2 semaines")
    assert reco.project.followup_due_at is not None
    assert at(12, 7) >= reco.project.followup_due_at


def test_plus_tard_leaves_what_is_being_described(reco: Loop) -> None:
    reco.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    said = reco.elu.taps("Plus tard")
    assert "à partir du 7 décembre 2026" in texts(to(said, reco.elu))
    assert at(12, 7) == reco.project.later_until
    reco.elu.taps("Oui, envoyer")
    assert 2 == len(reco.scene.projects)


def test_plus_tard_leaves_the_words_that_wait_for_their_project(reco: Loop) -> None:
    reco.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    reco.elu.taps("Oui, envoyer")
    reco.elu.says("Le notaire a répondu.")
    reco.elu.taps("Plus tard")
    told = reco.elu.says(reco.project.ref)
    assert ["Le notaire a répondu."] == [m.text for m in to(told, reco.advisor)]
