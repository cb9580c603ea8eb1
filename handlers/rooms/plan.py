"""What the rooms of projects and teams are called, and what is said above them."""

from collections.abc import Iterable

from bot.domain.conversations import ConversationRef
from bot.domain.people import Person, Role
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.domain.wording.markup import quote
from bot.ports.records import UnitOfWork
from bot.ports.remote_rooms import RoomPlan
from config.catalogue import Catalogue
from config.texts import Raw
from handlers.context.naming import place_names
from handlers.context.story import entry_line
from handlers.context.turn import signature

LAST = 12
"""So many of the latest words begin a room made anew."""


def plan(uow: UnitOfWork, catalogue: Catalogue, conversation: ConversationRef) -> RoomPlan | None:
    """What the room of a project or team is opened with; None if there is no such one.

    Topics are plain words: networks show them without marks.
    """
    portal = catalogue.portals.get(conversation.portal or "")
    if portal is not None:
        title = catalogue.texts.label("rooms.team", portal=portal.name)
        topic = catalogue.texts.label("rooms.team_topic", portal=portal.name)
        team = (a for a in uow.advisors.of_portal(portal.slug) if a.role is Role.COORDINATOR)
        people = _addresses((a.person for a in team), portal.rooms)
        return RoomPlan(title, topic, portal.slug, portal.name, people)
    project = uow.projects.whole(conversation.reference) if conversation.reference else None
    if project is None:
        return None
    portal = catalogue.portals[project.portal]
    place = place_names(catalogue, project.territories)
    key = "rooms.name" if place and place not in project.title else "rooms.name_alone"
    title = catalogue.texts.label(key, ref=project.ref, title=project.title, place=place)
    told = "rooms.topic" if project.open else "rooms.topic_ended"
    topic = catalogue.texts.label(told, ref=project.ref, portal=portal.name)
    seated = (a.advisor.person for a in project.assignments if a.advisor.active)
    people, anew = _addresses(seated, portal.rooms), _said_anew(uow, catalogue, project)
    return RoomPlan(title, topic, portal.slug, portal.name, people, anew)


def _said_anew(uow: UnitOfWork, catalogue: Catalogue, project: Project) -> str:
    """What the project is, what is recommended and still open, and the last words."""
    texts, lead = catalogue.texts, project.lead
    story = uow.projects.story(project, backstage=False)
    said = [e for e in story if e.kind in {EntryKind.SAID, EntryKind.FILE, EntryKind.CORRECTED}]
    advised = [r for r in project.recommendations if r.status.open]
    parts = [
        texts(
            "rooms.anew",
            title=project.title,
            ref=project.ref,
            place=place_names(catalogue, project.territories),
            who=signature(lead.person) if lead else "",
            words=Raw(quote(project.description)),
        ),
        *([texts("rooms.anew_recommendations")] if advised else []),
        *(
            texts("rooms.anew_recommendation", number=r.number, text=r.text, who=r.organisation)
            for r in advised
        ),
        *([texts("rooms.anew_words")] if said else []),
        *(entry_line(texts, project, entry) for entry in said[-LAST:]),
    ]
    return "\n".join(parts)


def _addresses(people: Iterable[Person], network: str) -> tuple[str, ...]:
    return tuple(
        address.conversation
        for person in people
        for address in person.addresses
        if address.network == network
    )
