"""filrouge explain: which row of the routing table takes some words, and why others do not."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.faults import CommandError
from bot.domain.conversations import ConversationRef
from bot.domain.dialogues import IntakeDialogue
from bot.domain.people import PAGES, Address, Advisor, Person, Role
from bot.domain.projects.project import Project
from bot.domain.wording.command_syntax import CommandCall, Suggestion
from bot.ports.network import Incoming
from bot.ports.records import Database, UnitOfWork
from config.catalogue import Catalogue, load_catalogue
from config.settings import load
from handlers.context.turn import Turn
from handlers.routing import router
from handlers.routing.row import No
from storage import open_store

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

_DESCRIBED = ("explain.placed", "explain.who")
_SAID_BEFORE = {None: (), "place": ("explain.placeless",), "name": ("explain.placed",)}
_CHAT, _ADVISOR, _TEAM = ConversationRef(PAGES, "chat:elu"), "desk:advisor", "desk:team"


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
    catalogue = load_catalogue(load().portals_dir, rooms=PAGES)
    for line in asyncio.run(_explanation(catalogue, words, at)):
        sys.stdout.buffer.write(line.encode(errors="backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


async def _explanation(catalogue: Catalogue, words: str, at: str | None) -> list[str]:
    now = datetime.now(UTC)
    store = open_store(
        "sqlite://",
        data_dir=Path("/nonexistent"),
        now=lambda: now,
        worker_id="explain",
    )
    try:
        event = await _Stage(store.database, catalogue, now).event(words, at)

        def ask(uow: UnitOfWork) -> list[str]:
            return list(_rows(router.turn_of(uow, catalogue, now, event)))

        said_by = NEW if at is None else STAGES[at]
        return [f"Said by {said_by}:", *await store.database.read(ask)]
    finally:
        store.close()


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


@dataclass
class _Stage:
    """People in a database in memory, brought to where the words are said."""

    database: Database
    catalogue: Catalogue
    now: datetime
    events: int = 0

    async def event(self, words: str, at: str | None) -> Incoming:
        """The event of the words, once everything before it has happened."""
        await self.database.transact(self._register)
        for text in _SAID_BEFORE.get(at, _DESCRIBED):
            await self._receive(self._said(self.catalogue.texts(text)))
        if at not in {"open", "room"}:
            return self._said(words)
        await self._receive(replace(self._said(""), choice=f"{IntakeDialogue.kind}:send"))
        (project,) = await self.database.read(_projects)
        accept = CommandCall("accepter", reference=project.ref)
        team = ConversationRef.team(PAGES, project.portal)
        await self._receive(replace(self._said("", team, _TEAM), command=accept))
        room = ConversationRef.room(PAGES, project.ref)
        return self._said(words, room, _ADVISOR) if at == "room" else self._said(words)

    def _register(self, uow: UnitOfWork) -> None:
        """An advisor for everything everywhere, and a coordinator of every portal."""
        for sender, role in ((_ADVISOR, Role.ADVISOR), (_TEAM, Role.COORDINATOR)):
            person = Person(sender, self.now)
            uow.advisors.add(Advisor(person, "", role, list(self.catalogue.portals), [], []))
            person.addresses.append(Address(PAGES, sender, sender, self.now))

    def _said(
        self, words: str, where: ConversationRef = _CHAT, sender: str = _CHAT.name
    ) -> Incoming:
        self.events += 1
        return Incoming(where, f"explain{self.events}", sender, self.now, words)

    async def _receive(self, event: Incoming) -> None:
        await self.database.transact(
            lambda uow: router.receive(uow, self.catalogue, self.now, event)
        )


def _projects(uow: UnitOfWork) -> list[Project]:
    person = uow.people.correspondent(_CHAT, _CHAT.name).person
    return uow.projects.of_person(person) if person is not None else []
