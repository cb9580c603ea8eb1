"""The advisors who fit are chosen, told why, and seated in the project's room."""

from collections.abc import Sequence

from bot.domain.matching import Match, rank
from bot.domain.people import Role, Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.participants import Assignment
from bot.domain.projects.project import Project
from bot.domain.urgency import Urgency
from bot.domain.wording.markup import quote
from config import french
from config.register import DESKS
from config.texts import Raw
from handlers.context.naming import place_names
from handlers.context.turn import Turn, signature
from handlers.rooms.invitations import invite, places_in


def open_room(turn: Turn, project: Project) -> None:
    """Seat the advisors and tell them of the project, its files included.

    Does nothing if the room is already open.
    """
    if turn.uow.projects.room(project) is not None:
        return
    matches = _matches(turn, project)
    if not matches:
        turn.tell_team(project, turn.text_about(project, "seating.nobody"))
    for match in matches:
        project.assignments.append(Assignment(match.advisor, list(match.reasons), turn.now))
    names = [signature(m.advisor.person, m.advisor) for m in matches if not _observes(m)]
    observers = [signature(m.advisor.person, m.advisor) for m in matches if _observes(m)]
    told = french.listing([*names, *observers])
    turn.uow.projects.record(
        project, Entry(turn.now, EntryKind.ASSIGNED, Side.ASSISTANT, "", detail=told)
    )
    portal = turn.catalogue.portals[project.portal]
    room = portal.room(project.ref)
    turn.uow.projects.open_room(project, room)
    for match in matches:
        for place in places_in(room, match.advisor.person, projects=(project.ref,)):
            invite(turn.uow, place, turn.now)
    _announce(turn, project, matches)
    _tell_whom(turn, project, names, observers)


def _matches(turn: Turn, project: Project) -> list[Match]:
    places = turn.catalogue.territories.find(project.territories)
    departements = sorted({code for place in places for code in place.departements})
    portal = turn.catalogue.portals[project.portal]
    return rank(
        turn.uow.advisors.of_portal(portal.slug),
        project.themes,
        departements,
        portal.slug,
        limit=portal.advisors_per_project,
    )


def _announce(turn: Turn, project: Project, matches: list[Match]) -> None:
    lead = project.lead
    immediate = project.urgency is Urgency.IMMEDIATE
    text = turn.text_about(
        project,
        "seating.danger" if immediate else "seating.room",
        place=place_names(turn.catalogue, project.territories),
        who=signature(lead.person) if lead else "",
        words=Raw(quote(project.description)),
        advisors=Raw("\n".join(_line(turn, match) for match in matches)),
    )
    turn.tell_room(project, text, kind="safety" if immediate else "routed")
    for entry in turn.uow.projects.story(project, backstage=False):
        if entry.attachment is not None and entry.side is Side.MEMBERS:
            turn.tell_room(
                project, "", kind="relay", author=entry.author, attachment=entry.attachment
            )


def _line(turn: Turn, match: Match) -> str:
    return turn.text(
        "seating.line_observer" if _observes(match) else "seating.line",
        who=signature(match.advisor.person, match.advisor),
        why=reasons(turn, match.reasons),
    )


def _observes(match: Match) -> bool:
    return match.advisor.role is Role.OBSERVER


def _tell_whom(turn: Turn, project: Project, names: list[str], observers: list[str]) -> None:
    # Networks open rooms and invite at their pace; on the pages, a room is there at once.
    room = turn.uow.projects.room(project)
    told = "seating.members" if room is None or room.network == DESKS else "seating.members_soon"
    key = told if names else "seating.members_nobody"
    text = turn.text(key, title=project.title, advisors=french.listing(names))
    if observers:
        key = "seating.observer" if len(observers) == 1 else "seating.observers"
        text = f"{text} {turn.text(key, observers=french.listing(observers))}"
    turn.tell_members(project, text, kind="routed")


def reasons(turn: Turn, slugs: Sequence[str]) -> str:
    """Why an advisor was chosen, in words."""
    return french.listing([_reason(turn, slug) for slug in slugs])


def _reason(turn: Turn, slug: str) -> str:
    kind, _, value = slug.partition(":")
    match kind:
        case "theme":
            value = turn.catalogue.themes.label(value)
        case "departement":
            value = turn.catalogue.territories.departement_name(value)
    return turn.label(f"reasons.{kind}", value=value)
