"""« stop » and « reprendre »: a person's follow-ups end, and start again, at once."""

from bot.domain.permissions import Right, may
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from handlers.context.dialogues import drop
from handlers.context.project_lookup import project_here, say_which
from handlers.context.rights import allowed
from handlers.context.turn import Turn
from handlers.projects.closing import reopen_project
from handlers.projects.pause import resume_project


def stop(turn: Turn) -> None:
    """`/stop`: no more follow-ups for this person; others are asked, or the teams told that nobody
    is left. A project that was being described is not sent; words whose project was asked still
    wait.
    """
    person = turn.who.person
    given_up = drop(turn.dialogue)
    if person is None or (person.stopped_at is None and not turn.projects):
        turn.reply("stopping.nothing_sent" if given_up else "stopping.nothing")
        return
    again = person.stopped_at is not None
    person.stopped_at = person.stopped_at or turn.now
    turn.reply("stopping.stopped")
    if given_up:
        turn.reply("intake.abandoned")
    if turn.advisor is None and not again:
        for project in turn.projects:
            _record(turn, project)


def resume(turn: Turn, rest: str) -> None:
    """`/reprendre`: follow-ups again, for the person, and for what was paused: the project meant,
    or all of theirs. One that is closed is opened again, if it is the one meant.
    """
    here = project_here(turn, rest)
    person = turn.who.person
    if here is None and not turn.private:
        say_which(turn)
    elif turn.private and person is not None and person.stopped_at is not None:
        person.stopped_at = None
        turn.reply("stopping.resumed")
        for project in turn.projects:
            _record_restarted(turn, project)
        _end_pauses(turn, here)
        if here is not None and here.status is ProjectStatus.CLOSED and may(turn.role, Right.CLOSE):
            reopen_project(turn, here)
    elif here is not None and not here.open:
        if allowed(turn, Right.CLOSE):
            reopen_project(turn, here)
    elif here is not None and not turn.private:
        if allowed(turn, Right.PAUSE):
            resume_project(turn, here)
    elif not _end_pauses(turn, here):
        _nothing_to_resume(turn, here)


def _end_pauses(turn: Turn, here: Project | None) -> bool:
    """Whether there was a pause to end, of the project meant or of all of theirs."""
    meant = [here] if here is not None else turn.projects
    paused = [project for project in meant if project.open and project.paused_until is not None]
    for project in paused:
        resume_project(turn, project)
    return bool(paused)


def _nothing_to_resume(turn: Turn, here: Project | None) -> None:
    """Of several projects one may be closed: which, is asked."""
    if here is None and any(not project.open for project in turn.projects):
        say_which(turn)
    elif here is None:
        turn.reply("stopping.not_stopped")
    else:
        # It is an act all the same: what fell asleep wakes.
        here.resume(turn.now)
        turn.reply_about(here, "stopping.under_way")


def _record(turn: Turn, project: Project) -> None:
    turn.uow.projects.record(project, turn.entry(EntryKind.STOPPED))
    # It is an act: a follow-up that waits to be delivered is no longer relevant.
    project.moved(turn.now)


def _record_restarted(turn: Turn, project: Project) -> None:
    turn.uow.projects.record(project, turn.entry(EntryKind.RESTARTED))
    project.moved(turn.now)
    if project.open:
        text = turn.text(
            "stopping.resumed_team", title=project.title, ref=project.ref, author=turn.author
        )
        turn.tell_team(project, text, kind="notice")
