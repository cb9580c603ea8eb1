"""« stop » and « reprendre »: a person's follow-ups end, and start again, at once."""

from bot.domain.dialogues import Dialogue, IntakeDialogue, Unreadable, WhichProject
from bot.domain.permissions import Right
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.wording.command_syntax import CommandCall
from handlers.context.project_lookup import project_here, say_which
from handlers.context.turn import Turn
from handlers.projects.closing import reopen_project
from handlers.projects.pause import resume_project


def stop(turn: Turn) -> None:
    """`/stop`: no more follow-ups for this person; others are asked, or the teams told that nobody
    is left. A project that was being described is not sent; words whose project was asked still
    wait.
    """
    person = turn.who.person
    given_up = _holds_draft(turn.dialogue.under_way)
    if not isinstance(turn.dialogue.under_way, WhichProject | Unreadable):
        turn.dialogue.end()
    if person is None or (person.stopped_at is None and not turn.projects):
        turn.reply("stopping.nothing_sent" if given_up else "stopping.nothing")
        return
    again = person.stopped_at is not None
    person.stopped_at = person.stopped_at or turn.now
    turn.reply("stopping.stopped")
    if given_up:
        turn.reply("intake.abandoned")
    if turn.advisor is None and not again:
        _record(turn, EntryKind.STOPPED)


def _holds_draft(dialogue: Dialogue | None) -> bool:
    """Whether something was already said of a project that is being described."""
    return isinstance(dialogue, IntakeDialogue) and bool(dialogue.draft.words)


def resume(turn: Turn, call: CommandCall) -> None:
    """`/reprendre`: follow-ups again, for the person, and for what was paused: the project meant,
    or all of theirs. One that is closed is opened again, if it is the one meant.
    """
    here = project_here(turn, call)
    person = turn.who.person
    if here is None and not turn.private:
        say_which(turn, call)
    elif turn.private and person is not None and person.stopped_at is not None:
        person.stopped_at = None
        turn.reply("stopping.resumed")
        _record(turn, EntryKind.RESTARTED)
        turn.tell_teams("stopping.resumed_team")
        _end_pauses(turn, here)
        closed = here is not None and here.status is ProjectStatus.CLOSED
        if here is not None and closed and turn.has_right(Right.CLOSE):
            reopen_project(turn, here)
    elif here is not None and not (here.open and turn.private):
        _resume_one(turn, here)
    elif _paused(turn, here):
        _end_pauses(turn, here)
    else:
        _nothing_to_resume(turn, here, call)


def _resume_one(turn: Turn, project: Project) -> None:
    """It is opened again if it is closed, else its pause ends; by those who have the right."""
    right = Right.PAUSE if project.open else Right.CLOSE
    if not turn.check_right(right):
        return
    if project.open:
        resume_project(turn, project)
    else:
        reopen_project(turn, project)


def _paused(turn: Turn, here: Project | None) -> list[Project]:
    """What rests now: the project meant, or all of theirs."""
    meant = [here] if here is not None else turn.projects
    return [project for project in meant if project.open and project.paused_until is not None]


def _end_pauses(turn: Turn, here: Project | None) -> None:
    for project in _paused(turn, here):
        resume_project(turn, project)


def _nothing_to_resume(turn: Turn, here: Project | None, call: CommandCall) -> None:
    """Of several projects one may be closed: which, is asked."""
    if here is None and any(not project.open for project in turn.projects):
        say_which(turn, call)
    elif here is None:
        turn.reply("stopping.not_stopped")
    else:
        # It is an act all the same: what fell asleep wakes.
        here.resume(turn.now)
        turn.reply_about(here, "stopping.under_way")


def _record(turn: Turn, kind: EntryKind) -> None:
    """The stories of their projects tell it."""
    for project in turn.projects:
        turn.uow.projects.record(project, turn.entry(kind))
        # It is an act: a follow-up that waits to be delivered is no longer relevant.
        project.note_move(turn.now)
