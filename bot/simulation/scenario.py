"""Reads a scenario: who there is, who does what and when, until when it is played."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.urgency import Urgency


class ScenarioError(Exception):
    """The scenario cannot be played."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `kind` is "member", "advisor" or "team"."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """What somebody does at an instant: `act` is the step's key, `what` its value. `project` is the
    number of the project, from 1; None: the actor's latest.
    """

    line: int
    at: datetime
    actor: Actor
    act: str
    what: Any
    project: int | None = None


@dataclass(frozen=True, slots=True)
class Outage:
    """The process is not running: what people do meanwhile arrives after."""

    line: int
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class RegisteredAdvisor:
    """An advisor to be put in the register."""

    name: str
    organisation: str
    themes: tuple[str, ...]
    departements: tuple[str, ...]


@dataclass(slots=True)
class Scenario:
    """A whole scenario. The steps are in time order; `policy` changes the portal's follow-ups."""

    start: datetime
    portal: str
    advisors: list[RegisteredAdvisor]
    policy: dict[str, Any]
    until: datetime
    steps: list[ScenarioStep | Outage] = field(default_factory=list)


def read_scenario(lines: Iterable[str]) -> Scenario:
    """The scenario of these JSON lines. Raises ScenarioError, which names the first wrong line."""
    scenario: Scenario | None = None
    ended, number = False, 0
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        line = _Line(number, _table(text, number))
        if ended:
            raise line.wrong("nothing follows “until”")
        if scenario is None:
            scenario = _read_start(line)
        elif "until" in line.table:
            scenario.until, ended = line.instant("until"), True
            line.check_no_other_key()
            _check_order(line, scenario, scenario.until)
        else:
            step = _read_outage(line) if "down_until" in line.table else _read_step(line)
            _check_order(line, scenario, step.at)
            scenario.steps.append(step)
    if scenario is None:
        raise ScenarioError(number or 1, "a scenario begins with a “start” line")
    if not ended:
        raise ScenarioError(number, "a scenario ends with an “until” line")
    return scenario


class _Line:
    """A JSON line. Its keys are taken one by one, so that those left are unknown ones."""

    def __init__(self, number: int, table: Mapping[str, Any]) -> None:
        self.number = number
        self.table = dict(table)

    def wrong(self, message: str) -> ScenarioError:
        return ScenarioError(self.number, message)

    def take(self, key: str, kind: type | tuple[type, ...], *default: Any) -> Any:
        """The value of a key. Raises ScenarioError if it is missing or of another kind."""
        if key not in self.table and default:
            return default[0]
        if key not in self.table:
            raise self.wrong(f"“{key}” is missing")
        value = self.table.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(f"“{key}” is wrong: {value!r}")
        return value

    def instant(self, key: str) -> datetime:
        written = self.take(key, str)
        try:
            at = datetime.fromisoformat(written)
        except ValueError:
            raise self.wrong(f"“{key}” is no instant: {written!r}") from None
        if at.tzinfo is None:
            raise self.wrong(f"“{key}” has no offset: {written!r}")
        return at

    def words(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(f"“{key}” is wrong: {values!r}")
        return tuple(values)

    def check_no_other_key(self) -> None:
        if self.table:
            raise self.wrong(f"unknown key “{next(iter(self.table))}”")


def _table(text: str, number: int) -> Mapping[str, Any]:
    try:
        table = json.loads(text)
    except ValueError:
        raise ScenarioError(number, "not a JSON object") from None
    if not isinstance(table, dict):
        raise ScenarioError(number, "not a JSON object")
    return table


def _read_start(line: _Line) -> Scenario:
    start = line.instant("start")
    advisors = [_advisor(_Line(line.number, each)) for each in _objects(line, "advisors")]
    scenario = Scenario(
        start, line.take("portal", str), advisors, line.take("policy", dict, {}), until=start
    )
    line.check_no_other_key()
    return scenario


def _objects(line: _Line, key: str) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = line.take(key, list, [])
    if not all(isinstance(value, dict) for value in values):
        raise line.wrong(f"“{key}” is a list of objects")
    return values


def _advisor(line: _Line) -> RegisteredAdvisor:
    advisor = RegisteredAdvisor(
        line.take("name", str),
        line.take("organisation", str, ""),
        line.words("themes"),
        line.words("departements"),
    )
    line.check_no_other_key()
    return advisor


def _read_outage(line: _Line) -> Outage:
    outage = Outage(line.number, line.instant("at"), line.instant("down_until"))
    line.check_no_other_key()
    if outage.until < outage.at:
        raise line.wrong("“down_until” is before “at”")
    return outage


def _read_step(line: _Line) -> ScenarioStep:
    at, actor = line.instant("at"), _read_actor(line)
    project = line.take("project", int, None)
    acts = [act for act in _ACTS if act in line.table]
    if len(acts) != 1:
        raise line.wrong(f"a step does one of: {', '.join(_ACTS)}")
    what = _ACTS[acts[0]](line, acts[0])
    line.check_no_other_key()
    return ScenarioStep(line.number, at, actor, acts[0], what, project)


def _read_actor(line: _Line) -> Actor:
    kind, _, name = line.take("from", str).partition(":")
    if kind not in {"member", "advisor", "team"} or not name:
        raise line.wrong("“from” is member:NAME, advisor:NAME or team:NAME")
    return Actor(kind, name)


def _text(line: _Line, key: str) -> str:
    text: str = line.take(key, str)
    return text


def _yes(line: _Line, key: str) -> bool:
    if line.take(key, bool) is not True:
        raise line.wrong(f"“{key}” is true or absent")
    return True


def _label(line: _Line, key: str) -> str:
    return str(line.take(key, (str, int)))


def _reason(line: _Line, key: str) -> str:
    reason = line.take(key, (str, bool))
    return reason if isinstance(reason, str) else ""


def _pause(line: _Line, key: str) -> date | None:
    written = line.take(key, (str, bool, type(None)))
    return _date(line, key, written) if isinstance(written, str) else None


def _date(line: _Line, key: str, written: str) -> date:
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        raise line.wrong(f"“{key}” is no date: {written!r}") from None


def _submission(line: _Line, key: str) -> dict[str, Any]:
    inner = _Line(line.number, line.take(key, dict))
    urgency = inner.take("urgency", str, None)
    if urgency is not None and urgency not in set(Urgency):
        raise line.wrong(f"“urgency” is wrong: {urgency!r}")
    submission = {
        "title": inner.take("title", str),
        "text": inner.take("text", str),
        "territory": inner.take("territory", str),
        "theme": inner.take("theme", (str, type(None)), None),
        "urgency": urgency,
    }
    inner.check_no_other_key()
    return submission


def _recommendation(line: _Line, key: str) -> dict[str, Any]:
    inner = _Line(line.number, line.take(key, dict))
    text, deadline = inner.take("text", str), inner.take("deadline", (str, type(None)), None)
    inner.check_no_other_key()
    return {
        "text": text,
        "deadline": None if deadline is None else _date(line, "deadline", deadline),
    }


def _mark(line: _Line, key: str) -> dict[str, Any]:
    inner = _Line(line.number, line.take(key, dict))
    number, status = inner.take("recommendation", int), inner.take("status", str)
    inner.check_no_other_key()
    if status not in {*RecommendationStatus, "later"}:
        raise line.wrong(f"“status” is wrong: {status!r}")
    return {"number": number, "status": status}


_ACTS: Mapping[str, Callable[[_Line, str], Any]] = {
    "says": _text,
    "chooses": _label,
    "submits": _submission,
    "joins": _yes,
    "accepts": _yes,
    "refuses": _reason,
    "closes": _yes,
    "pauses": _pause,
    "recommends": _recommendation,
    "marks": _mark,
    "leaves": _yes,
}


def _check_order(line: _Line, scenario: Scenario, at: datetime) -> None:
    latest = scenario.steps[-1].at if scenario.steps else scenario.start
    if at < latest:
        raise line.wrong("earlier than the line before it")
