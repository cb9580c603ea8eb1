"""Keeps a project's stored due date a lower bound on its next follow-up."""

from bot.domain.followup import soonest
from bot.domain.projects.project import Project, ProjectStatus
from handlers.context.turn import Turn


def wake(turn: Turn, project: Project) -> None:
    """After an act: the clockwork looks at the project at the latest when the act could make
    something due.

    The exact plan is made then, from the facts; here a bound is enough, and costs nothing on the
    way of each message. Where hours or working days count, it is made at the next tick.
    """
    portal = turn.catalogue.portals[project.portal]
    quiet = project.status is ProjectStatus.ACCEPTED and project.advisor_spoke_at is not None
    at = turn.now + soonest(portal.policy) if quiet and not project.danger_since else turn.now
    bounds = [at, project.followup_due_at, project.later_until, project.paused_until]
    project.followup_due_at = min(bound for bound in bounds if bound is not None)


def look_again(turn: Turn, project: Project) -> None:
    """What held a follow-up back has ended: the clockwork makes the plan anew at its next tick."""
    project.look_again(turn.now)


def cap_lifted(turn: Turn) -> None:
    """The first words of a person since they were asked lift their cap, over all their projects."""
    person = turn.who.person
    if person is None or person.last_followup_at is None:
        return
    if person.last_word_at is None or person.last_word_at <= person.last_followup_at:
        for project in turn.projects:
            look_again(turn, project)
