"""A project is submitted to its portal."""

import secrets

from bot.domain.intake.draft import Draft
from bot.domain.projects.history import EntryKind
from bot.domain.projects.participants import Member
from bot.domain.projects.project import Project
from bot.domain.projects.reference import new_reference
from bot.domain.urgency import Urgency
from bot.domain.wording.folding import fold
from bot.domain.wording.markup import quote
from config.texts import Raw
from handlers.context.naming import place_names
from handlers.context.teams import answering_portal, has_team
from handlers.context.turn import Turn
from handlers.followups.digests import enrol
from handlers.projects.moderation import offer_to_accept, take_in
from handlers.rooms.opening import open_room

TITLE_LENGTH = 120


def submit_draft(turn: Turn, draft: Draft) -> Project:
    """Submit what the intake dialogue gathered; its person becomes the lead."""
    person = turn.person()
    person.name, person.function = draft.name, draft.function
    return submit(turn, draft, _title(turn, draft))


def submit(turn: Turn, draft: Draft, title: str) -> Project:
    """Record a new project led by the person of this turn, tell them and the team.

    In immediate danger the advisors are alerted at once, before the team has accepted.
    """
    project = _new_project(turn, draft, title)
    mine = turn.projects
    turn.uow.projects.add(project)
    mine.insert(0, project)
    turn.uow.projects.record(project, turn.entry(EntryKind.SUBMITTED, project.description))
    for file in draft.files:
        entry = turn.entry(EntryKind.FILE, detail=file.name, attachment=file)
        turn.uow.projects.record(project, entry)
    portal = turn.catalogue.portals[project.portal]
    enrol(turn.uow, portal, project.departement, turn.now)
    answered = has_team(turn.uow, portal)
    received = "submission.received" if answered else "submission.received_nobody"
    turn.reply_about(project, received, portal=portal.name)
    _tell_team(turn, project)
    if draft.urgency is Urgency.IMMEDIATE:
        open_room(turn, project)
    if not portal.moderated:
        take_in(turn, project)
    return project


def _new_project(turn: Turn, draft: Draft, title: str) -> Project:
    theme = draft.themes[0] if draft.themes else None
    portal = answering_portal(turn.uow, turn.catalogue, theme)
    place = turn.catalogue.territories.get(draft.territories[0]) if draft.territories else None
    taken = turn.uow.projects.refs_like(portal.prefix)
    project = Project(
        ref=new_reference(portal.prefix, taken, secrets.token_bytes),
        portal=portal.slug,
        title=title[:TITLE_LENGTH],
        description=draft.description,
        themes=list(draft.themes),
        urgency=draft.urgency,
        territories=list(draft.territories),
        territory_name=place.name if place else "",
        departement=place.departement if place else "",
        submitted_at=turn.now,
        last_activity_at=turn.now,
        last_member_word_at=turn.now,
    )
    project.members.append(Member(turn.person(), lead=True, joined_at=turn.now))
    return project


def _title(turn: Turn, draft: Draft) -> str:
    catalogue = turn.catalogue
    theme = catalogue.themes.label(draft.themes[0]) if draft.themes else None
    place = place_names(catalogue, draft.territories)
    subject = draft.title or theme or turn.label("submission.theme_unknown")
    known = catalogue.territories.find(draft.territories)
    said = any(fold(each.name) in fold(subject) for each in known)
    title = f"{subject} – {place}" if place and not said else subject
    return title[:1].upper() + title[1:]


def _tell_team(turn: Turn, project: Project) -> None:
    immediate = project.urgency is Urgency.IMMEDIATE
    text = turn.text_about(
        project,
        "submission.team_danger" if immediate else "submission.team",
        author=turn.author,
        words=Raw(quote(project.description)),
    )
    choices = (offer_to_accept(turn, project),)
    turn.tell_team(project, text, kind="safety" if immediate else "notice", choices=choices)
