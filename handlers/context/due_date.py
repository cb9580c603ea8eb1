"""Keeps each project's stored due date a lower bound on its next follow-up.

The exact plan is made from the facts once the stored date has come. A bound is enough here, and
costs nothing on the way of each message.
"""

from bot.domain.followup import soonest
from bot.domain.projects.project import Project, ProjectStatus
from handlers.context.turn import Turn


def lower_due_dates(turn: Turn) -> None:
    """At the end of a turn, the stored due date of each project whose facts it changed is not later
    than what may be due now.

    Acts are known by their instant, which a project keeps. Whoever can be asked again, or no more,
    changes the plans of all their projects.
    """
    if turn.changed_availability:
        for project in turn.projects:
            project.look_again(turn.now)
    for project in turn.uow.projects.seen():
        if project.last_activity_at == turn.now:
            _lower(turn, project)


def _lower(turn: Turn, project: Project) -> None:
    """Words start nothing that is due sooner than the shortest delay. Where working days count, or
    whom to ask in the place of silent members, the plan is made at the next tick.
    """
    delay = soonest(turn.catalogue.portals[project.portal].policy)
    started = project.status is ProjectStatus.ACCEPTED and project.advisor_spoke_at is not None
    members_spoke_at = project.last_member_word_at or project.submitted_at
    calm = started and members_spoke_at > turn.now - delay
    at = turn.now + delay if calm else turn.now
    bounds = [at, project.followup_due_at, project.later_until, project.paused_until]
    project.followup_due_at = min(bound for bound in bounds if bound is not None)
