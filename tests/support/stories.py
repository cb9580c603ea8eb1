"""Scenarios told in a few words, and what people would have received."""

import asyncio
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from bot.simulation.play import Message, play
from bot.simulation.scenario import read_scenario
from config.settings import Settings, load
from tests.support.shipped import catalogue

START = "2027-01-04T08:00:00+01:00"
ADVISOR = {
    "name": "A",
    "organisation": "DDT 85",
    "themes": ["friche", "pont"],
    "departements": ["85", "57", "67", "971", "974", "976", "986", "987"],
}
TEXT = "Un bâtiment vide de deux hectares, nous ne savons pas par où commencer."
ROOM = ("thread", "backstage")

Line = dict[str, Any]


@cache
def settings() -> Settings:
    """Those of nobody in particular."""
    with _no_environment():
        return load()


@contextmanager
def _no_environment() -> Iterator[None]:
    kept = {key: os.environ.pop(key) for key in list(os.environ) if key.startswith("FILROUGE_")}
    try:
        yield
    finally:
        os.environ.update(kept)


def instant(at: str) -> str:
    """« 2027-01-05 10:00 » as an instant in Paris; an instant with an offset as it is."""
    if "T" in at:
        return at
    day, _, time = at.partition(" ")
    summer = "-03-28" <= day[4:] < "-10-31"
    return f"{day}T{time or '09:00'}:00{'+02:00' if summer else '+01:00'}"


def step(at: str, who: str, **act: Any) -> Line:
    """A step of a scenario; `who` is « M » (a member), « A » (the advisor) or « T » (the team)."""
    kind = {"A": "advisor", "T": "team"}.get(who[0], "member")
    return {"at": instant(at), "from": f"{kind}:{who}", **act}


def submitted(
    at: str = "2027-01-04 09:10", who: str = "M", territory: str = "85092", **more: Any
) -> Line:
    """A project of that person."""
    project = {"title": "Ancienne filature", "text": TEXT, "territory": territory}
    return step(at, who, submits={**project, "theme": "friche", **more})


def accepted(**more: Any) -> list[Line]:
    """A project accepted on Monday 4 January 2027."""
    return [submitted(**more), step("2027-01-04 09:30", "T", accepts=True)]


def under_way(**more: Any) -> list[Line]:
    """One whose advisor has said hello, and whose member has thanked."""
    return [
        *accepted(**more),
        step("2027-01-04 11:00", "A", says="Bonjour, je prends votre projet en charge."),
        step("2027-01-04 11:30", "M", says="Merci beaucoup !"),
    ]


def two_projects(*more: Line) -> list[Line]:
    """Two projects of one person, under way."""
    return [
        *under_way(),
        submitted(at="2027-01-04 14:00", title="École fermée"),
        step("2027-01-04 15:00", "T", accepts=True, project=2),
        step("2027-01-04 16:00", "A", says="Bonjour", project=2),
        *more,
    ]


def recommended(at: str = "2027-01-06 09:00", deadline: str | None = None) -> Line:
    """A recommendation."""
    text = "Contacter l’établissement public foncier"
    return step(at, "A", recommends={"text": text} | ({"deadline": deadline} if deadline else {}))


def told(
    steps: Sequence[Line],
    until: str,
    *,
    portal: str = "urbanvitaliz",
    policy: dict[str, Any] | None = None,
    advisors: Sequence[Line] = (ADVISOR,),
    start: str = START,
) -> list[Message]:
    """Everything that people saw."""
    first = {"start": start, "portal": portal, "advisors": list(advisors), "policy": policy or {}}
    lines = [json.dumps(line) for line in (first, *steps, {"until": instant(until)})]
    return list(asyncio.run(play(read_scenario(lines), catalogue(), settings())))


def followups(messages: Sequence[Message], *to: str) -> list[str]:
    """The follow-ups to these, or all: « 2027-01-20 09:00 member:M recommendation »."""
    return [
        f"{m.at:%Y-%m-%d %H:%M} {m.to} {m.kind.removeprefix('followup.')}"
        for m in messages
        if m.kind.startswith("followup.") and (not to or m.to in to)
    ]


def texts(messages: Sequence[Message], kind: str, to: str) -> str:
    """What messages of that kind said to somebody, with ordinary spaces."""
    said = [m.text for m in messages if (m.kind, m.to) == (kind, to)]
    return "\n".join(said).replace("\u00a0", " ").replace("\u202f", " ")
