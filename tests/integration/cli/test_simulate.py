"""A scenario from a file, through the command line."""

import json
from pathlib import Path

from tests.integration.cli.conftest import Filrouge
from tests.support.stories import START, recommended, under_way

FIRST = {
    "start": START,
    "portal": "urbanvitaliz",
    "advisors": [
        {"name": "A", "organisation": "DDT", "themes": ["friche"], "departements": ["85"]}
    ],
}
LAST = {"until": "2027-01-25T18:00:00+01:00"}


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_each_message_is_a_line_with_all_that_the_contract_names(
    filrouge: Filrouge, machine: Path
) -> None:
    file = written(machine / "a.jsonl", FIRST, *under_way(), recommended(), LAST)
    ran = filrouge("simulate", file)
    assert (0, "") == (ran.code, ran.err)
    last = json.loads(ran.out.splitlines()[-1])
    assert {"at", "to", "project", "projects", "kind", "text", "choices"} == set(last)
    assert ("2027-01-20T09:00:00+01:00", "member:M", 1, [1], "followup.recommendation") == (
        last["at"],
        last["to"],
        last["project"],
        last["projects"],
        last["kind"],
    )
    assert 5 == len(last["choices"])


def test_a_wrong_line_is_one_line_on_standard_error(filrouge: Filrouge, machine: Path) -> None:
    file = written(machine / "a.jsonl", FIRST, {"at": "demain"}, LAST)
    ran = filrouge("simulate", file)
    assert (2, "") == (ran.code, ran.out)
    assert ran.err.startswith(f"filrouge: {file}: line 2: ")
    assert 1 == ran.err.count("\n")


def test_a_file_that_is_not_there_is_told(filrouge: Filrouge, machine: Path) -> None:
    assert 2 == filrouge("simulate", machine / "none.jsonl").code
