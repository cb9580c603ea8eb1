"""Messages, ready to be shown."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.networks.web.messages import message_views
from bot.ports.network import Choice
from bot.ports.web import Line

PARIS = ZoneInfo("Europe/Paris")
EVENING = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


def line(number: int, **changes: object) -> Line:
    values: dict[str, object] = {
        "id": number,
        "at": EVENING,
        "own": False,
        "sender": "",
        "author": None,
        "text": "Bonjour",
        "kind": "question",
        "choices": (Choice("oui", "Oui"),),
        "attachment": None,
    }
    return Line(**{**values, **changes})  # type: ignore[arg-type]


def said(number: int, text: str = "Oui", sender: str = "desk:11") -> Line:
    return line(number, own=True, sender=sender, author="Claire", text=text, choices=())


def test_a_day_begins_at_midnight_of_the_territory() -> None:
    lines = [
        line(1),
        line(2, at=EVENING + timedelta(minutes=20)),
        line(3, at=EVENING + timedelta(hours=1)),
    ]

    assert [True, False, True] == [view.new_day for view in message_views(lines, "x", PARIS)]
    overseas = ZoneInfo("Indian/Reunion")
    assert [True, False, False] == [view.new_day for view in message_views(lines, "x", overseas)]


def test_choices_are_answered_once_somebody_spoke_after_them() -> None:
    views = message_views([line(1), said(2), line(3)], "desk:11", PARIS)

    assert [True, False, False] == [view.answered for view in views]


def test_only_what_this_seat_said_is_mine() -> None:
    views = message_views([said(1), said(2, sender="desk:12"), line(3)], "desk:11", PARIS)

    assert [True, False, False] == [view.mine for view in views]


@pytest.mark.parametrize(
    ("kind", "left"),
    [("question", 0), ("summary", 0), ("recommendation", 1), ("followup.recommendation", 1)],
)
def test_only_what_may_change_later_is_offered_again(kind: str, left: int) -> None:
    views = message_views([line(1, kind=kind), said(2), line(3, kind=kind)], "desk:11", PARIS)

    assert [left, 0, 1] == [len(view.choices) for view in views]


def test_contact_details_of_others_are_withheld_where_asked() -> None:
    lines = [said(1, "06 12 34 56 78"), said(2, "06 12 34 56 78", sender="desk:12")]

    shown = [view.html for view in message_views(lines, "desk:11", PARIS, "[…]")]
    assert ['<p dir="auto">06 12 34 56 78</p>', '<p dir="auto">[…]</p>'] == shown


@pytest.mark.parametrize(
    ("text", "words", "backstage"),
    [
        ("/note À vérifier", "À vérifier", True),
        ("/reco Bâcher le toit", "Bâcher le toit", False),
        ("/notes", "/notes", False),
        ("Voir /note d’hier", "Voir /note d’hier", False),
    ],
)
def test_the_commands_of_the_room_s_forms_are_not_shown(
    text: str, words: str, backstage: bool
) -> None:
    view = message_views([said(1, text)], "desk:11", PARIS)[0]

    assert (f'<p dir="auto">{words}</p>', backstage) == (view.html, view.backstage)


def test_delivered_words_that_look_like_a_command_stay_as_they_are() -> None:
    view = message_views([line(1, text="/note c’est pour vous")], "desk:11", PARIS)[0]

    assert "/note" in view.html
    assert not view.backstage


@pytest.mark.parametrize(
    ("kind", "tone"),
    [
        ("followup.recommendation", "followup"),
        ("safety", "safety"),
        ("question", "answer"),
        ("a kind of tomorrow", "answer"),
    ],
)
def test_each_kind_has_a_tone(kind: str, tone: str) -> None:
    assert tone == message_views([line(1, kind=kind)], "x", PARIS)[0].tone
