"""filrouge explain: which row of the routing table takes some words, and why others do not."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.commands.faults import CommandError
from bot.commands.table import write_lines
from bot.domain.dialogues import IntakeDialogue
from bot.domain.people import PAGES
from bot.domain.projects.project import Project
from bot.domain.wording.command_syntax import CommandCall, Suggestion
from bot.ports.records import UnitOfWork
from bot.simulation.acts import event_of
from bot.simulation.play import staged
from bot.simulation.scenario import Actor, RegisteredAdvisor, Scenario, ScenarioStep, Submission
from config.catalogue import Catalogue, load_catalogue
from config.settings import load
from handlers.context.turn import Turn
from handlers.routing import router
from handlers.routing.row import No

app = typer.Typer(add_completion=False, rich_markup_mode=None)

NEW = "somebody new, in a private chat"
STAGES = {
    "place": "somebody who is asked for the commune of their project",
    "name": "somebody who is asked who they are",
    "summary": "somebody who is shown the summary of their project",
    "open": "the member of an accepted project, in their private chat",
    "room": "an advisor, in the room of an accepted project",
}
"""Who says the words, by the value of `--at`."""

_SAID_BEFORE = {
    "place": ("explain.placeless",),
    "name": ("explain.placed",),
    "summary": ("explain.placed", "explain.who"),
}
_MEMBER, _ADVISOR = Actor("member", "elu"), Actor("advisor", "conseil")
_TEAM = Actor("team", "equipe")


@app.command()
def explain(
    words: Annotated[str, typer.Argument(help="What somebody says.")],
    at: Annotated[
        str | None, typer.Option("--at", help=f"Where: {', '.join(STAGES)}; or somebody new.")
    ] = None,
) -> None:
    """Say which row of the routing table takes WORDS, and why each row before it does not.

    Nothing is read from or written to the database, and nothing is sent.
    """
    if at is not None and at not in STAGES:
        raise CommandError(f"--at is {', '.join(STAGES)}, not “{at}”")
    settings = load()
    catalogue = load_catalogue(settings.portals_dir, rooms=PAGES, off=settings.portals_off)
    write_lines(asyncio.run(_explanation(catalogue, words, at)))


async def _explanation(catalogue: Catalogue, words: str, at: str | None) -> list[str]:
    now = datetime.now(UTC)
    portal = next(portal.slug for portal in catalogue.portals.values() if portal.fallback)
    everything = RegisteredAdvisor(name=_ADVISOR.name)
    scenario = Scenario(now, portal, [everything], {}, now, list(_steps_before(catalogue, now, at)))
    async with staged(scenario, catalogue, load()) as stage:
        speaker = _ADVISOR if at == "room" else _MEMBER
        event = event_of(stage.world, ScenarioStep(0, now, speaker, "says", words))

        def ask(uow: UnitOfWork) -> list[str]:
            return list(_rows(router.turn_of(uow, stage.catalogue, now, event)))

        said_by = NEW if at is None else STAGES[at]
        return [f"Said by {said_by}:", *await stage.store.database.read(ask)]


def _steps_before(catalogue: Catalogue, now: datetime, at: str | None) -> Iterator[ScenarioStep]:
    """What happens before the words are said."""
    placed = catalogue.texts("explain.placed")
    if at in {"open", "room"}:
        (code,) = catalogue.reader.understand(placed).territory.codes
        what = Submission(title=placed, text=placed, territory=code)
        yield ScenarioStep(0, now, _MEMBER, "submits", what)
        yield ScenarioStep(0, now, _TEAM, "accepts", True)
    for key in _SAID_BEFORE.get(at or "", ()):
        yield ScenarioStep(0, now, _MEMBER, "says", catalogue.texts(key))


def _rows(turn: Turn) -> Iterator[str]:
    for row, found in router.try_rows(turn):
        if isinstance(found, No):
            yield f"  no   {row.name}: {found.why}"
        else:
            goes_on = " (then the rows below)" if row.goes_on else ""
            shown = _shown(found) if found != turn.incoming.text.strip() else ""
            yield f"  YES  {row.name}{goes_on}{f': {shown}' if shown else ''}"


def _shown(found: Any) -> str:
    """What a row found, where that says more than its name."""
    match found:
        case CommandCall(name=name, words=words):
            return f"/{name} {words}".strip()
        case Suggestion(name=str(name)):
            return f"/{name} was probably meant"
        case IntakeDialogue(draft=draft):
            return f"step “{draft.step}”"
        case Project(ref=ref):
            return ref
        case str():
            return found
    return ""
