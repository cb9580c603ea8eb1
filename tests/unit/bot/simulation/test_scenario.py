"""A scenario that cannot be played is told with the number of its line."""

import json

import pytest

from bot.simulation.play import SimulationError
from bot.simulation.scenario import ScenarioError, read_scenario
from tests.support.stories import START, accepted, step, told

FIRST = json.dumps({"start": START, "portal": "urbanvitaliz", "advisors": []})
LAST = json.dumps({"until": "2027-02-01T00:00:00+01:00"})


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "line 1: a scenario begins"),
        (["{"], "line 1: not a JSON object"),
        ([FIRST], "line 1: a scenario ends"),
        ([FIRST, '{"at": "2027-01-05T10:00:00", "from": "member:M", "says": "x"}'], "no offset"),
        ([FIRST, '{"at": "hier", "from": "member:M", "says": "x"}'], "line 2: “at” is no instant"),
        ([FIRST, json.dumps(step("2027-01-05", "M"))], "line 2: a step does one of"),
        ([FIRST, json.dumps(step("2027-01-05", "M", says="x", mood="y"))], "unknown key “mood”"),
        ([FIRST, json.dumps({**step("2027-01-05", "M", says="x"), "from": "M"})], "“from” is"),
        ([FIRST, json.dumps(step("2027-01-03", "M", says="x"))], "earlier than the line before"),
        ([FIRST, LAST, LAST], "line 3: nothing follows"),
        ([FIRST, json.dumps(step("2027-01-05", "M", marks={"recommendation": 1}))], "is missing"),
    ],
)
def test_a_wrong_line_is_told(lines: list[str], expected: str) -> None:
    with pytest.raises(ScenarioError, match="line ") as told_of:
        read_scenario(lines)
    assert expected in str(told_of.value)


@pytest.mark.parametrize(
    ("impossible", "expected"),
    [
        (step("2027-01-05", "M", says="x", project=2), "there is no project 2"),
        (step("2027-01-05", "B", chooses=1), "nothing was asked of member:B"),
        (step("2027-01-05", "Ann", says="x"), "advisor:Ann is not in the register"),
        (
            step("2027-01-05", "M", submits={"title": "x", "text": "y", "territory": "99999"}),
            "there is no territory",
        ),
    ],
)
def test_a_step_that_nobody_could_do_is_told(impossible: dict[str, object], expected: str) -> None:
    steps = accepted()
    if "project" in impossible:
        steps.append(
            step(
                "2027-01-04 12:00",
                "M",
                submits={"title": "École", "text": "vide", "territory": "85092", "theme": "friche"},
            )
        )
        impossible = {**impossible, "project": 3}
        expected = "there is no project 3"
    with pytest.raises(ScenarioError, match=r"line \d+: ") as told_of:
        told([*steps, impossible], "2027-01-06")
    assert expected in str(told_of.value)


def test_an_unknown_portal_and_a_wrong_policy_are_told() -> None:
    with pytest.raises(ScenarioError, match="line 1: there is no portal “nulle-part”"):
        told([], "2027-01-06", portal="nulle-part")
    with pytest.raises(ScenarioError, match="unknown key “person_cpa”"):
        told([], "2027-01-06", policy={"person_cpa": "14 days"})


def test_words_that_the_program_fails_at_are_not_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.composition.assembly.router.receive", fails)
    with pytest.raises(SimulationError, match="given up"):
        told([*accepted(), step("2027-01-05", "M", says="Bonjour")], "2027-01-06")
