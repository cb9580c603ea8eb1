"""Which project an act is about."""

from bot.domain.people import Role
from bot.domain.project import Project
from bot.domain.reference import find_references
from handlers.turn import Turn


def project_here(turn: Turn, words: str) -> Project | None:
    """The project that somebody means at this place, whole; None if it has to be asked, or there
    is none.

    In a room it is the room's; elsewhere the one whose reference is written, or that of the message
    answered, else the only one of the person. A reference the person has no right to see finds
    nothing.
    """
    if turn.who.room is not None:
        return turn.uow.projects.whole(turn.who.room)
    mine = {project.ref for project in turn.projects}
    if turn.incoming.reply_to is not None:
        about = turn.uow.projects.about(turn.place, turn.incoming.reply_to)
        if about in mine:
            return turn.uow.projects.whole(about)
    written = [ref for ref in find_references(words) if ref in mine or _of_team(turn, ref)]
    if written:
        return turn.uow.projects.whole(written[0])
    return turn.uow.projects.whole(next(iter(mine))) if len(mine) == 1 else None


def _of_team(turn: Turn, ref: str) -> bool:
    advisor = turn.who.advisor
    if advisor is None or advisor.role is not Role.COORDINATOR:
        return False
    project = turn.uow.projects.thread(ref)
    return project is not None and project.portal in advisor.portals
