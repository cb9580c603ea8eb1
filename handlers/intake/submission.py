"""A project is submitted to its portal."""

import secrets
from collections.abc import Sequence

from bot.domain.attachment import Attachment
from bot.domain.intake.draft import Draft
from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.participants import Member
from bot.domain.projects.project import Project
from bot.domain.projects.reference import new_reference
from bot.domain.urgency import Urgency
from bot.domain.wording.folding import fold
from bot.domain.wording.markup import quote
from bot.ports.network import Choice
from config.texts import Raw
from handlers.context.naming import place_names
from handlers.context.turn import Turn, signature
from handlers.projects.moderation import take_in
from handlers.rooms.opening import open_room

TITLE_LENGTH = 120


def submit_draft(turn: Turn, draft: Draft) -> Project:
    """Submit what the intake dialogue gathered; its person becomes the lead."""
    person = turn.person()
    person.name, person.function = draft.name, draft.function
    return submit(
        turn,
        title=_title(turn, draft),
        description=draft.description,
        territories=draft.territories,
        themes=draft.themes,
        urgency=draft.urgency,
        files=draft.files,
    )


def submit(
    turn: Turn,
    *,
    title: str,
    description: str,
    territories: Sequence[str],
    themes: Sequence[str],
    urgency: Urgency,
    files: Sequence[Attachment] = (),
) -> Project:
    """Record a new project led by the person of this turn, tell them and the team.

    In immediate danger the advisors are alerted at once, before the team has accepted.
    """
    project = _new_project(turn, title, description, territories, themes, urgency)
    mine = turn.projects
    turn.uow.projects.add(project)
    mine.insert(0, project)
    author = signature(turn.person())
    _record(turn, project, author, files)
    portal = turn.catalogue.portals[project.portal]
    turn.reply_about(project, "submission.received", portal=portal.name)
    _tell_team(turn, project, author)
    if urgency is Urgency.IMMEDIATE:
        open_room(turn, project)
    if not portal.moderated:
        take_in(turn, project)
    return project


def _record(turn: Turn, project: Project, author: str, files: Sequence[Attachment]) -> None:
    submitted = Entry(turn.now, EntryKind.SUBMITTED, Side.MEMBERS, author, project.description)
    turn.uow.projects.record(project, submitted)
    for file in files:
        entry = Entry(
            turn.now, EntryKind.FILE, Side.MEMBERS, author, detail=file.name, attachment=file
        )
        turn.uow.projects.record(project, entry)


def _new_project(
    turn: Turn,
    title: str,
    description: str,
    territories: Sequence[str],
    themes: Sequence[str],
    urgency: Urgency,
) -> Project:
    catalogue = turn.catalogue
    portal = catalogue.portal_of(themes[0] if themes else None)
    place = catalogue.territories.get(territories[0]) if territories else None
    project = Project(
        ref=new_reference(
            portal.prefix, turn.uow.projects.refs_like(portal.prefix), secrets.token_bytes
        ),
        portal=portal.slug,
        title=title[:TITLE_LENGTH],
        description=description,
        themes=list(themes),
        urgency=urgency,
        territories=list(territories),
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
    theme = (
        catalogue.themes.label(draft.themes[0])
        if draft.themes
        else turn.label("submission.theme_unknown")
    )
    place = place_names(catalogue, draft.territories)
    subject = draft.title or theme
    known = [catalogue.territories.get(code) for code in draft.territories]
    said = any(each is not None and fold(each.name) in fold(subject) for each in known)
    title = f"{subject} – {place}" if place and not said else subject
    return title[:1].upper() + title[1:]


def _tell_team(turn: Turn, project: Project, author: str) -> None:
    immediate = project.urgency is Urgency.IMMEDIATE
    text = turn.text(
        "submission.team_danger" if immediate else "submission.team",
        title=project.title,
        ref=project.ref,
        author=author,
        words=Raw(quote(project.description)),
    )
    accept = Choice(f"moderate:{project.ref}:accept", turn.label("moderation.accept"))
    turn.tell_team(project, text, kind="safety" if immediate else "notice", choices=(accept,))
