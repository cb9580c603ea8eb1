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
    """Where hours or working days count, or no date is stored, the plan is made at the next tick;
    else not before the shortest delay that words can start.
    """
    stored = project.followup_due_at
    started = project.status is ProjectStatus.ACCEPTED and project.advisor_spoke_at is not None
    if stored is None or not started or project.danger_since is not None:
        project.look_again(turn.now)
        return
    policy = turn.catalogue.portals[project.portal].policy
    bounds = [turn.now + soonest(policy), stored, project.later_until, project.paused_until]
    project.followup_due_at = min(bound for bound in bounds if bound is not None)
