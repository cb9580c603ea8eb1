"""Reads a scenario: who there is, who does what and when, until when it is played."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationError,
)
from pydantic_core import ErrorDetails

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


def _read_actor(written: object) -> Actor:
    kind, _, name = written.partition(":") if isinstance(written, str) else ("", "", "")
    if kind not in {"member", "advisor", "team"} or not name:
        raise ValueError("is none of member:NAME, advisor:NAME and team:NAME")
    return Actor(kind, name)


def _read_instant(written: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError:
        raise ValueError("is no instant") from None
    if at.tzinfo is None:
        raise ValueError("has no offset")
    return at


def _read_day(written: object) -> date | None:
    try:
        return None if written is None else datetime.fromisoformat(str(written)).date()
    except ValueError:
        raise ValueError("is no date") from None


def _check_status(status: str) -> str:
    if status not in {*RecommendationStatus, "later"}:
        raise ValueError("is wrong")
    return status


Day = Annotated[date | None, BeforeValidator(_read_day)]
Instant = Annotated[datetime, BeforeValidator(_read_instant)]
Text = InstanceOf[str]
"""Not pydantic's own strings: they refuse half of a surrogate pair, which people may send."""
Yes = Literal[True]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RegisteredAdvisor(_Strict):
    """An advisor to be put in the register."""

    name: Text
    organisation: Text = ""
    themes: list[str] = []
    departements: list[str] = []


class Submission(_Strict):
    """A project to be submitted."""

    title: Text
    text: Text
    territory: str
    theme: str | None = None
    urgency: Annotated[Urgency, Field(strict=False)] | None = None


class Advice(_Strict):
    """A recommendation to be published."""

    text: Text
    deadline: Day = None


class Marking(_Strict):
    """The new status of the recommendation of that number."""

    recommendation: int
    status: Annotated[str, AfterValidator(_check_status)]


class _StartLine(_Strict):
    start: Instant
    portal: str
    advisors: list[RegisteredAdvisor] = []
    policy: dict[str, Any] = {}


class _EndLine(_Strict):
    until: Instant


class Outage(_Strict):
    """The process is not running: what people do meanwhile arrives after."""

    at: Instant
    down_until: Instant


class _StepLine(_Strict):
    at: Instant
    actor: Annotated[Actor, BeforeValidator(_read_actor)] = Field(alias="from")
    project: int | None = None
    says: Text = ""
    chooses: Annotated[Text, BeforeValidator(lambda n: str(n) if isinstance(n, int) else n)] = ""
    submits: Submission | None = None
    joins: Yes = True
    accepts: Yes = True
    refuses: Annotated[Text, BeforeValidator(lambda why: "" if isinstance(why, bool) else why)] = ""
    closes: Yes = True
    pauses: Annotated[Day, BeforeValidator(lambda day: None if isinstance(day, bool) else day)] = (
        None
    )
    recommends: Advice | None = None
    marks: Marking | None = None
    leaves: Yes = True


@dataclass(slots=True)
class Scenario:
    """A whole scenario. The steps are in time order; `policy` changes the portal's follow-ups."""

    start: datetime
    portal: str
    advisors: list[RegisteredAdvisor]
    policy: dict[str, Any]
    until: datetime
    steps: list[ScenarioStep | Outage] = field(default_factory=list)


_ACTS = tuple(_StepLine.model_fields)[3:]
_Line = TypeVar("_Line", bound=_Strict)


def read_scenario(lines: Iterable[str]) -> Scenario:
    """The scenario of these JSON lines. Raises ScenarioError, which names the first wrong line."""
    scenario: Scenario | None = None
    has_ended, number = False, 0
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        table = _table(text, number)
        if has_ended:
            raise ScenarioError(number, "nothing follows “until”")
        if scenario is None:
            first = _read(_StartLine, table, number)
            scenario = Scenario(
                first.start, first.portal, first.advisors, first.policy, until=first.start
            )
        elif "until" in table:
            scenario.until, has_ended = _read(_EndLine, table, number).until, True
            _check_order(number, scenario, scenario.until)
        else:
            is_outage = "down_until" in table
            step = _read_outage(table, number) if is_outage else _read_step(table, number)
            _check_order(number, scenario, step.at)
            scenario.steps.append(step)
    if scenario is None:
        raise ScenarioError(number or 1, "a scenario begins with a “start” line")
    if not has_ended:
        raise ScenarioError(number, "a scenario ends with an “until” line")
    return scenario


def _table(text: str, number: int) -> Mapping[str, Any]:
    try:
        table = json.loads(text)
    except ValueError:
        table = None
    if not isinstance(table, dict):
        raise ScenarioError(number, "not a JSON object")
    return table


def _read(model: type[_Line], table: Mapping[str, Any], number: int) -> _Line:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise ScenarioError(number, _fault(error.errors()[0])) from None


def _fault(error: ErrorDetails) -> str:
    key = next(str(part) for part in reversed(error["loc"]) if isinstance(part, str))
    match error["type"]:
        case "missing":
            return f"“{key}” is missing"
        case "extra_forbidden":
            return f"unknown key “{key}”"
        case "value_error":
            return f"“{key}” {error['msg'].removeprefix('Value error, ')}: {error['input']!r}"
    return f"“{key}” is wrong: {error['input']!r}"


def _read_outage(table: Mapping[str, Any], number: int) -> Outage:
    outage = _read(Outage, table, number)
    if outage.down_until < outage.at:
        raise ScenarioError(number, "“down_until” is before “at”")
    return outage


def _read_step(table: Mapping[str, Any], number: int) -> ScenarioStep:
    line = _read(_StepLine, table, number)
    acts = [act for act in _ACTS if act in table]
    if len(acts) != 1:
        raise ScenarioError(number, f"a step does one of: {', '.join(_ACTS)}")
    what = getattr(line, acts[0])
    return ScenarioStep(number, line.at, line.actor, acts[0], what, line.project)


def _check_order(number: int, scenario: Scenario, at: datetime) -> None:
    latest = scenario.steps[-1].at if scenario.steps else scenario.start
    if at < latest:
        raise ScenarioError(number, "earlier than the line before it")
