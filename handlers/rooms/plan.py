"""What the rooms of projects and teams are called, and what is said above them."""

from collections.abc import Iterable

from bot.domain.people import Person, Role
from bot.ports.records import UnitOfWork
from bot.ports.remote_rooms import RoomPlan
from config.catalogue import Catalogue
from handlers.context.labels import label
from handlers.context.naming import place_names


def plan(uow: UnitOfWork, catalogue: Catalogue, conversation: str) -> RoomPlan | None:
    """What the room of `room:REF` or `team:SLUG` is to be; None if there is nothing of that name.

    Topics are plain words: networks show them without marks.
    """
    kind, _, name = conversation.partition(":")
    if kind == "team" and name in catalogue.portals:
        portal = catalogue.portals[name]
        title = label(catalogue.texts, "rooms.team", portal=portal.name)
        topic = label(catalogue.texts, "rooms.team_topic", portal=portal.name)
        team = (a for a in uow.advisors.of_portal(portal.slug) if a.role is Role.COORDINATOR)
        people = _addresses((a.person for a in team), portal.rooms)
        return RoomPlan(title, topic, portal.slug, portal.name, people)
    project = uow.projects.whole(name) if kind == "room" else None
    if project is None:
        return None
    portal = catalogue.portals[project.portal]
    place = place_names(catalogue, project.territories)
    title = label(
        catalogue.texts,
        "rooms.name" if place and place not in project.title else "rooms.name_alone",
        ref=project.ref,
        title=project.title,
        place=place,
    )
    topic = label(catalogue.texts, "rooms.topic", ref=project.ref, portal=portal.name)
    seated = (a.advisor.person for a in project.assignments if a.advisor.active)
    return RoomPlan(title, topic, portal.slug, portal.name, _addresses(seated, portal.rooms))


def _addresses(people: Iterable[Person], network: str) -> tuple[str, ...]:
    return tuple(
        address.conversation
        for person in people
        for address in person.addresses
        if address.network == network
    )
