import json

import pytest

from tests.integration.cli.conftest import Filrouge
from tests.support.shipped import catalogue


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading takes longer than all these tests."""
    monkeypatch.setattr("bot.commands.understand.load_catalogue", lambda *_, **__: catalogue())


def test_each_line_is_answered_by_one_line_in_order(filrouge: Filrouge) -> None:
    asked = [
        {"id": "a", "text": "Une usine désaffectée à Fourmies, que faire ?"},
        {"id": 2, "text": ""},
        {"id": None, "text": "\ud800 le pont de Bellac 87 se fissure"},
    ]
    ran = filrouge("understand", "--jsonl", stdin=b"\n".join(json.dumps(q).encode() for q in asked))
    assert (0, "") == (ran.code, ran.err)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ["a", 2, None] == [answer["id"] for answer in answers]
    assert {"id", "intent", "territory", "themes", "theme", "portal", "urgency"} == set(answers[0])
    assert ("friche", "urbanvitaliz", ["59249"]) == (
        answers[0]["theme"],
        answers[0]["portal"],
        answers[0]["territory"]["codes"],
    )
    assert ("sosponts", None) == (answers[2]["portal"], answers[1]["portal"])


def test_a_text_can_be_given_as_argument(filrouge: Filrouge) -> None:
    ran = filrouge("understand", "Notre église fuit")
    assert "patrimoine" == json.loads(ran.out)["theme"]


@pytest.mark.parametrize(
    ("stdin", "fault"),
    [
        (b'{"id": 1, "text": "a"}\n{"id": 2', "line 2: not a JSON object"),
        (b'[1, "a"]', "line 1: not a JSON object"),
        (b'{"id": 1}', "line 1: not a JSON object"),
        (b'{"id": 1, "text": 3}', 'line 1: "text" is not a string'),
        (b"\xff\xfe", "line 1: not a JSON object"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(filrouge: Filrouge, stdin: bytes, fault: str) -> None:
    ran = filrouge("understand", "--jsonl", stdin=stdin)
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert fault in ran.err


def test_either_a_text_or_lines_are_asked_for(filrouge: Filrouge) -> None:
    assert 2 == filrouge("understand").code
    assert 2 == filrouge("understand", "a", "--jsonl").code
