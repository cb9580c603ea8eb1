"""Turns a step of a scenario into the event that it would cause on a network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.conversations import ConversationRef
from bot.domain.wording.folding import folded_words
from bot.ports.network import Choice, Incoming, Outgoing
from bot.simulation.scenario import Actor, ScenarioStep
from bot.simulation.stage import MemoryNetwork
from config.texts import Texts


class Impossible(Exception):
    """The step cannot be done at this point of the scenario."""


@dataclass
class World:
    """The people and projects of a scenario.

    `refs` are the projects' references in the order of submission. By actor: `latest` is the last
    project they did something on, `projects_of` those they take part in, `desks` the private chats
    of those in the register.
    """

    network: MemoryNetwork
    portal: str
    texts: Texts
    refs: list[str] = field(default_factory=list)
    latest: dict[str, str] = field(default_factory=dict)
    projects_of: dict[str, list[str]] = field(default_factory=dict)
    desks: dict[str, ConversationRef] = field(default_factory=dict)
    events: int = 0

    def ref(self, step: ScenarioStep) -> str:
        """The reference of the project that a step is about. Raises Impossible if there is none."""
        if step.project is not None:
            if not 1 <= step.project <= len(self.refs):
                raise Impossible(f"there is no project {step.project}")
            return self.refs[step.project - 1]
        if not self.refs:
            raise Impossible("no project was submitted before this")
        return self.latest.get(str(step.actor), self.refs[-1])

    def chat(self, actor: Actor) -> ConversationRef:
        """A member's private chat with the assistant."""
        return ConversationRef.chat(self.network.name, actor.name)

    def room(self, ref: str) -> ConversationRef:
        """The room of that project."""
        return ConversationRef.room(self.network.name, ref)

    @property
    def team(self) -> ConversationRef:
        """The room of the portal's team."""
        return ConversationRef.team(self.network.name, self.portal)

    def sender(self, actor: Actor) -> str:
        """Under which identity the actor writes. Raises Impossible for one not in the register."""
        if actor.kind == "member":
            return self.chat(actor).name
        if str(actor) not in self.desks:
            raise Impossible(f"{actor} is not in the register")
        return self.desks[str(actor)].name

    def new_event(
        self,
        step: ScenarioStep,
        conversation: ConversationRef,
        text: str,
        *,
        choice: str | None = None,
        reply_to: str | None = None,
    ) -> Incoming:
        """An event by the step's actor, with a new key."""
        self.events += 1
        key, sender = f"e{self.events}", self.sender(step.actor)
        return Incoming(conversation, key, sender, step.at, text, choice, reply_to)


def event_of(world: World, step: ScenarioStep) -> Incoming:
    """The event that the step causes. Raises Impossible."""
    return _EVENTS[step.act](world, step)


def _say(world: World, step: ScenarioStep) -> Incoming:
    if step.actor.kind != "member":
        return world.new_event(step, world.room(world.ref(step)), step.what)
    return world.new_event(step, world.chat(step.actor), step.what, reply_to=_about(world, step))


def _about(world: World, step: ScenarioStep) -> str | None:
    """The message to answer, for a member with several projects: the latest about the one meant."""
    if len(world.projects_of.get(str(step.actor), ())) < 2:
        return None
    ref = world.ref(step)
    shown = world.network.shown_in([world.chat(step.actor)])
    return next((message.key for message in shown if message.projects == (ref,)), None)


def _choose(world: World, step: ScenarioStep) -> Incoming:
    conversations = [world.chat(step.actor)]
    if step.actor.kind != "member":
        conversations = [world.team, *(world.room(ref) for ref in world.refs)]
    shown = world.network.shown_in(conversations)
    asked = next((message for message in shown if message.choices), None)
    if asked is None:
        raise Impossible(f"nothing was asked of {step.actor}")
    ref = world.ref(step) if step.project is not None else None
    choice = _choice(asked, step.what, ref)
    if choice is None and step.what.isdecimal():
        raise Impossible(f"no choice {step.what} was offered")
    text, key = (choice.label, choice.key) if choice else (step.what, None)
    return world.new_event(step, asked.conversation, text, choice=key, reply_to=asked.key)


def _choice(asked: Outgoing, what: str, ref: str | None) -> Choice | None:
    """The choice of that number or label; None if there is none: the words are said instead."""
    offered = [c for c in asked.choices if ref is None or ref in c.key] or list(asked.choices)
    if what.isdecimal():
        return offered[int(what) - 1] if 1 <= int(what) <= len(offered) else None
    typed = folded_words(what)
    same = [c for c in offered if folded_words(c.label) == typed]
    ending = [c for c in offered if folded_words(c.label)[-len(typed) :] == typed]
    return next(iter(same or ending), None)


def _write_nothing(world: World, step: ScenarioStep) -> Incoming:
    return world.new_event(step, world.chat(step.actor), "")


def _team_command(name: str) -> Callable[[World, ScenarioStep], Incoming]:
    def event(world: World, step: ScenarioStep) -> Incoming:
        words = f"/{name} {world.ref(step)}"
        if name == "refuser":
            words += f" {step.what or world.texts('simulation.refusal')}"
        return world.new_event(step, world.team, words)

    return event


def _own_command(name: str) -> Callable[[World, ScenarioStep], Incoming]:
    """A command about a project, given in the room, the private chat or the team's room."""

    def event(world: World, step: ScenarioStep) -> Incoming:
        ref = world.ref(step)
        rest = f" {step.what:%d/%m/%Y}" if name == "pause" and step.what else ""
        if step.actor.kind == "advisor":
            return world.new_event(step, world.room(ref), f"/{name}{rest}")
        is_member = step.actor.kind == "member"
        conversation = world.chat(step.actor) if is_member else world.team
        return world.new_event(step, conversation, f"/{name} {ref}{rest}")

    return event


def _recommend(world: World, step: ScenarioStep) -> Incoming:
    text, deadline = step.what.text, step.what.deadline
    until = world.texts("simulation.deadline", day=f"{deadline:%d/%m/%Y}") if deadline else ""
    return world.new_event(step, world.room(world.ref(step)), f"/reco {text}{until}")


_MARKING = {"done": "fait", "in_progress": "encours", "blocked": "bloque"}


def _mark(world: World, step: ScenarioStep) -> Incoming:
    ref, number, status = world.ref(step), step.what.recommendation, step.what.status
    if step.actor.kind == "member":
        key = f"mark:{ref}:{number}:{status}"
        return world.new_event(step, world.chat(step.actor), status, choice=key)
    if status not in _MARKING:
        raise Impossible(f"only a member can mark a recommendation {status}")
    return world.new_event(step, world.room(ref), f"/{_MARKING[status]} {number}")


_EVENTS: Mapping[str, Callable[[World, ScenarioStep], Incoming]] = {
    "says": _say,
    "chooses": _choose,
    "submits": _write_nothing,
    "joins": _write_nothing,
    "accepts": _team_command("accepter"),
    "refuses": _team_command("refuser"),
    "closes": _own_command("clore"),
    "pauses": _own_command("pause"),
    "recommends": _recommend,
    "marks": _mark,
    "leaves": _own_command("quitter"),
}
