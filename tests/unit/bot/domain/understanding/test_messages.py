"""The reader on a few hundred labelled messages in many voices: shares that must not fall."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.understanding.reader import Reader
from bot.domain.understanding.reading import Understanding

DATA = Path(__file__).parent / "data"
MESSAGES = DATA / "messages.jsonl"
VOICES = DATA / "voices.jsonl"  # harder: what is meant is seldom called by its name
Message = dict[str, Any]
Judgement = Callable[[Message, Understanding], bool]


@pytest.fixture(scope="module")
def read(reader: Reader) -> list[tuple[Message, Understanding]]:
    return _read(reader, MESSAGES)


@pytest.fixture(scope="module")
def heard(reader: Reader) -> list[tuple[Message, Understanding]]:
    return _read(reader, VOICES)


def _read(reader: Reader, file: Path) -> list[tuple[Message, Understanding]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(m, reader.understand(m["text"])) for m in map(json.loads, lines)]


def same_territory(message: Message, seen: Understanding) -> bool:
    wanted = message["territory"]
    return bool(
        wanted["codes"] == list(seen.territory.codes)
        and wanted["status"] == seen.territory.status.value
    )


def same_theme(message: Message, seen: Understanding) -> bool:
    accepted = {message["theme"], *message.get("accept", ())}
    return bool(message.get("any_theme")) or seen.theme in accepted


def same_intent(message: Message, seen: Understanding) -> bool:
    return seen.intent.value in {message["intent"], *message.get("accept", ())}


@pytest.mark.parametrize(
    ("judge", "least"), [(same_territory, 0.96), (same_theme, 0.95), (same_intent, 0.96)]
)
def test_nearly_all_messages_are_read_as_labelled(
    read: list[tuple[Message, Understanding]], judge: Judgement, least: float
) -> None:
    wrong = [m["text"] for m, seen in read if not judge(m, seen)]

    assert least <= 1 - len(wrong) / len(read), wrong


def test_no_danger_is_missed(read: list[tuple[Message, Understanding]]) -> None:
    missed = [
        m["text"]
        for m, seen in read
        if m["urgency"] == "immediate"
        and seen.urgency.value not in {"immediate", *m.get("accept", ())}
    ]

    assert [] == missed


def test_few_calm_messages_raise_an_alarm(read: list[tuple[Message, Understanding]]) -> None:
    calm = [
        (m, seen) for m, seen in read if "immediate" not in {m["urgency"], *m.get("accept", ())}
    ]
    alarms = [m["text"] for m, seen in calm if seen.urgency.value == "immediate"]

    assert 0.02 >= len(alarms) / len(calm), alarms


def test_no_place_is_invented(read: list[tuple[Message, Understanding]]) -> None:
    absent = [(m, seen) for m, seen in read if m["territory"]["status"] == "absent"]
    invented = [m["text"] for m, seen in absent if seen.territory.codes]

    assert 0.03 >= len(invented) / len(absent), invented


@pytest.mark.parametrize(
    ("judge", "least"), [(same_territory, 0.97), (same_theme, 0.89), (same_intent, 0.97)]
)
def test_most_of_what_is_said_in_a_roundabout_way_is_understood(
    heard: list[tuple[Message, Understanding]], judge: Judgement, least: float
) -> None:
    wrong = [m["text"] for m, seen in heard if not judge(m, seen)]

    assert least <= 1 - len(wrong) / len(heard), wrong


def test_nearly_all_dangers_are_heard_however_they_are_said(
    heard: list[tuple[Message, Understanding]],
) -> None:
    dangers = [
        (m, seen)
        for m, seen in heard
        if m["urgency"] == "immediate" and not {"high", "normal"} & {*m.get("accept", ())}
    ]
    missed = [m["text"] for m, seen in dangers if seen.urgency.value != "immediate"]

    assert 0.02 >= len(missed) / len(dangers), missed


def test_few_frightening_words_alone_raise_an_alarm(
    heard: list[tuple[Message, Understanding]],
) -> None:
    calm = [
        (m, seen) for m, seen in heard if "immediate" not in {m["urgency"], *m.get("accept", ())}
    ]
    alarms = [m["text"] for m, seen in calm if seen.urgency.value == "immediate"]

    assert 0.02 >= len(alarms) / len(calm), alarms
