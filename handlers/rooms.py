"""What the rooms of projects and teams are called, and what is said above them."""

from bot.ports.records import UnitOfWork
from bot.ports.seats import RoomPlan
from config.catalogue import Catalogue
from handlers.labels import label
from handlers.places import place_names


def plan(uow: UnitOfWork, catalogue: Catalogue, conversation: str) -> RoomPlan | None:
    """What the room of `room:REF` or `team:SLUG` is to be; None if there is nothing of that name.

    Topics are plain words: networks show them without marks.
    """
    kind, _, name = conversation.partition(":")
    if kind == "team" and name in catalogue.portals:
        portal = catalogue.portals[name]
        title = label(catalogue.texts, "rooms.team", portal=portal.name)
        topic = label(catalogue.texts, "rooms.team_topic", portal=portal.name)
        return RoomPlan(title, topic, portal.slug, portal.name)
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
    people = tuple(
        address.conversation
        for assignment in project.assignments
        if assignment.advisor.active
        for address in assignment.advisor.person.addresses
        if address.network == portal.rooms
    )
    return RoomPlan(title, topic, portal.slug, portal.name, people)
