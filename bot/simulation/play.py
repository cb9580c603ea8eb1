"""Plays a scenario: moves the clock from one due thing to the next, and tells what people saw."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.composition.assembly import App, assemble
from bot.domain.calendar import zone_of
from bot.domain.conversations import ConversationKind, ConversationRef
from bot.domain.intake.draft import Draft
from bot.domain.people import Address, Advisor, Person, Role
from bot.domain.wording.markup import plain
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import UnitOfWork
from bot.simulation.acts import Impossible, World, event_of
from bot.simulation.scenario import Outage, Scenario, ScenarioError, ScenarioStep, Submission
from bot.simulation.stage import MemoryNetwork, VirtualClock
from config.catalogue import Catalogue
from config.errors import ConfigError
from config.policy import read_policy
from config.settings import Settings
from handlers.context.due_date import lower_due_dates
from handlers.context.turn import Turn
from handlers.intake.submission import submit
from handlers.projects.membership import admit
from storage import Store, open_store

NETWORK = "web"
"""The network on which everybody talks."""

_NO_MESSAGE = frozenset({"submits", "joins"})
"""The steps that call a use case."""


class SimulationError(Exception):
    """The application did not do what it should: this is a fault of the program."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a person or a room saw it. `projects` are the numbers, from 1, of those it is
    about; `at` is in the time zone of the first one's territory.
    """

    at: datetime
    to: str
    projects: tuple[int, ...]
    kind: str
    text: str
    choices: tuple[str, ...]


async def play(scenario: Scenario, catalogue: Catalogue, settings: Settings) -> Sequence[Message]:
    """Every message, in time order. Raises ScenarioError for a step that cannot be done."""
    async with staged(scenario, catalogue, settings) as stage:
        return list(_messages(stage.world, stage.departements))


@asynccontextmanager
async def staged(
    scenario: Scenario, catalogue: Catalogue, settings: Settings
) -> AsyncIterator["Stage"]:
    """The application, in memory, once the scenario was played. Raises ScenarioError."""
    catalogue = _catalogue(scenario, catalogue)
    clock = VirtualClock(scenario.start)
    opened = open_store(
        "sqlite://", data_dir=Path("/nonexistent"), now=clock.now, worker_id="simulation"
    )
    with closing(opened) as store:
        network = MemoryNetwork(NETWORK, clock)
        app = assemble(store, catalogue, clock, [network], _without_retries(settings))
        world = World(network, scenario.portal, catalogue.texts)
        stage = Stage(app, store, catalogue, clock, world)
        await stage.fill_register(scenario)
        await stage.run(scenario)
        yield stage


def _without_retries(settings: Settings) -> Settings:
    """The settings, changed to give up an event that fails: tried again, it would fail again."""
    dispatch = settings.dispatch.model_copy(update={"attempts": 1})
    return settings.model_copy(update={"dispatch": dispatch})


def _catalogue(scenario: Scenario, catalogue: Catalogue) -> Catalogue:
    """The catalogue with the scenario's portal alone, which takes every theme."""
    portal = catalogue.portals.get(scenario.portal)
    if portal is None:
        raise ScenarioError(1, f"there is no portal “{scenario.portal}”")
    try:
        policy = read_policy(scenario.policy, "policy", portal.policy)
    except ConfigError as error:
        raise ScenarioError(1, str(error).replace("\n", "; ")) from error
    own = replace(portal, fallback=True, rooms=NETWORK, policy=policy)
    return replace(catalogue, portals={portal.slug: own})


@dataclass
class Stage:
    """The application, and the clock that is moved from one due thing to the next."""

    app: App
    store: Store
    catalogue: Catalogue
    clock: VirtualClock
    world: World
    departements: dict[str, str] = field(default_factory=dict)

    async def fill_register(self, scenario: Scenario) -> None:
        """Put in the register the scenario's advisors, and everybody who acts for the team: there
        is always one, as a portal without a team would not take the projects.
        """
        team = {
            str(step.actor): step.actor.name
            for step in scenario.steps
            if isinstance(step, ScenarioStep) and step.actor.kind == "team"
        } or {"team": scenario.portal}

        def register(uow: UnitOfWork) -> None:
            for each in scenario.advisors:
                entry = self._entry(each.name, each.organisation, Role.ADVISOR, scenario.portal)
                entry.themes, entry.departements = list(each.themes), list(each.departements)
                self._give_desk(uow, entry, f"advisor:{each.name}")
            for key, name in team.items():
                entry = self._entry(name, "", Role.COORDINATOR, scenario.portal)
                self._give_desk(uow, entry, key)

        await self.store.database.transact(register)

    async def run(self, scenario: Scenario) -> None:
        """Play every step, then let time pass until the end."""
        down_until: datetime | None = None
        missed: list[ScenarioStep] = []
        await self._work()
        for step in scenario.steps:
            if down_until is not None and step.at >= down_until:
                await self._restart(down_until, missed)
                down_until, missed = None, []
            if down_until is None:
                await self._pass(step.at)
            if isinstance(step, Outage):
                down_until = max(step.down_until, down_until or step.down_until)
            elif down_until is not None:
                missed.append(step)
            else:
                await self._do(step)
        if down_until is not None:
            await self._restart(min(down_until, scenario.until), missed)
        await self._pass(scenario.until)

    async def _restart(self, at: datetime, missed: Sequence[ScenarioStep]) -> None:
        """Run again from that instant: what people did meanwhile arrives."""
        self.clock.move_to(at)
        for step in missed:
            await self._do(step)
        await self._work()

    async def _pass(self, until: datetime) -> None:
        """Let time pass until then; the clockwork and the outbox work whenever something is due."""
        while (due := await self._next_due()) is not None and due <= until:
            if due <= self.clock.now():
                raise SimulationError(f"what was due at {due.isoformat()} is not done")
            self.clock.move_to(due)
            await self._work()
        self.clock.move_to(until)

    async def _next_due(self) -> datetime | None:
        now = self.clock.now()
        dates = [
            await self.store.queries.next_followup(),
            await self.store.queue.next_due(now),
        ]
        return min((at for at in dates if at is not None), default=None)

    async def _work(self) -> None:
        """Make the follow-ups that are due, and deliver what is due."""
        await self.app.clockwork.tick()
        await self._deliver()

    async def _deliver(self) -> None:
        while await self.app.courier.start_due():
            await self.app.courier.wait_until_sent()

    async def _do(self, step: ScenarioStep) -> None:
        try:
            event = event_of(self.world, step)
            if step.act in _NO_MESSAGE:
                await self.store.database.transact(lambda uow: self._act(uow, event, step))
            else:
                await self._hand_over(event)
        except Impossible as error:
            raise ScenarioError(step.line, str(error)) from error
        if step.act not in _NO_MESSAGE and self.world.refs:
            self.world.latest[str(step.actor)] = self.world.ref(step)
        await self._work()

    async def _hand_over(self, event: Incoming) -> None:
        await self.store.queue.receive(NETWORK, [event], None, self.clock.now())
        while await self.app.dispatch.start_due():
            await self.app.dispatch.drain()
        if await self.store.queue.dead_letters():
            raise SimulationError("an event was given up")

    def _act(self, uow: UnitOfWork, event: Incoming, step: ScenarioStep) -> None:
        who = uow.people.correspondent(event.conversation, event.sender)
        turn = Turn(uow, self.catalogue, self.clock.now(), event, who)
        (self._submit if step.act == "submits" else self._join)(turn, step)
        lower_due_dates(turn)

    def _submit(self, turn: Turn, step: ScenarioStep) -> None:
        """Submit a project: the use case that ends the intake dialogue."""
        what: Submission = step.what
        if self.catalogue.territories.get(what.territory) is None:
            raise Impossible(f"there is no territory {what.territory!r}")
        if what.theme is not None and what.theme not in self.catalogue.themes.slugs:
            raise Impossible(f"there is no theme {what.theme!r}")
        person = turn.person()
        person.name, person.last_word_at = step.actor.name, turn.now
        draft = Draft(
            words=(what.text,),
            territories=(what.territory,),
            themes=(what.theme,) if what.theme else (),
            urgency=what.urgency or turn.understand(what.text).urgency,
        )
        project = submit(turn, draft, what.title)
        self.world.refs.append(project.ref)
        self.departements[project.ref] = project.departement
        self._note_project(step, project.ref)

    def _join(self, turn: Turn, step: ScenarioStep) -> None:
        """Make the actor a member of a project, as if approved."""
        ref = self.world.ref(step)
        person = turn.person()
        person.name, person.last_word_at = step.actor.name, turn.now
        project = turn.uow.projects.whole(ref)
        if project is not None:
            admit(turn, project, turn.person())
        self._note_project(step, ref)

    def _note_project(self, step: ScenarioStep, ref: str) -> None:
        self.world.latest[str(step.actor)] = ref
        mine = self.world.projects_of.setdefault(str(step.actor), [])
        mine += [] if ref in mine else [ref]

    def _entry(self, name: str, organisation: str, role: Role, portal: str) -> Advisor:
        return Advisor(Person(name, self.clock.now()), organisation, role, [portal], [], [])

    def _give_desk(self, uow: UnitOfWork, entry: Advisor, actor: str) -> None:
        uow.advisors.add(entry)
        desk = ConversationRef.desk(NETWORK, entry.id)
        address = Address(NETWORK, desk.name, desk.name, self.clock.now())
        entry.person.addresses.append(address)
        self.world.desks[actor] = desk


def _messages(world: World, departements: Mapping[str, str]) -> Iterator[Message]:
    actors = {desk: actor for actor, desk in world.desks.items()}
    numbers = {ref: number for number, ref in enumerate(world.refs, 1)}
    for each in world.network.shown:
        outgoing = each.outgoing
        refs = [ref for ref in outgoing.projects if ref in numbers]
        zone = zone_of(departements[refs[0]] if refs else "")
        yield Message(
            at=each.at.astimezone(zone),
            to=_to(outgoing, actors),
            projects=tuple(numbers[ref] for ref in refs),
            kind=outgoing.kind,
            text=_text(outgoing),
            choices=tuple(choice.label for choice in outgoing.choices),
        )


def _to(outgoing: Outgoing, actors: Mapping[ConversationRef, str]) -> str:
    conversation = outgoing.conversation
    match conversation.kind:
        case ConversationKind.ROOM:
            return "backstage" if outgoing.backstage else "thread"
        case ConversationKind.TEAM:
            return "team"
    return actors.get(conversation) or f"member:{conversation.session}"


def _text(outgoing: Outgoing) -> str:
    words = plain(outgoing.text)
    return f"{outgoing.author} : {words}" if outgoing.author else words
