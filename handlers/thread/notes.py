"""Notes among advisors: they stay in the room, and in no member's story."""

from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.domain.utterance import Utterance
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.markup import ending
from bot.ports.network import Choice, Incoming, Outgoing, Target
from handlers.context.origins import copies, origin_of, source_of
from handlers.context.turn import Turn
from handlers.context.utterance import without_private_details
from handlers.thread import relay
from handlers.thread.backstage import is_note, kept_text, note_in
from handlers.thread.copies import delete_copies

PUBLISH = "publish"
"""The choice by which a note goes to the members after all."""


def command(turn: Turn, call: CommandCall) -> None:
    """`/note text`, in a project's room; `/note retirer` takes back a note of the writer."""
    project = turn.uow.projects.thread(turn.who.room) if turn.who.room else None
    withdraws = turn.catalogue.language.steering.withdraws(call.words)
    if project is not None and withdraws and turn.incoming.attachment is None:
        _withdraw(turn, project)
    else:
        note(turn, call.words)


def note(turn: Turn, rest: str) -> None:
    """The words stay in the room, among its advisors."""
    project = turn.uow.projects.thread(turn.who.room) if turn.who.room else None
    file = turn.incoming.attachment
    if project is None or not (rest or file):
        turn.refuse("notes.empty")
        return
    source = source_of(turn.incoming)
    entry = turn.entry(
        EntryKind.NOTE,
        rest,
        detail=file.name if file else "",
        backstage=True,
        source=source,
        attachment=file,
    )
    turn.uow.projects.record(project, entry)
    if not turn.incoming.backstage:
        # Said in the room itself, it is shown again, as what it is.
        text = kept_text(turn, rest)
        turn.tell_room(project, text, backstage=True, attachment=file, source=source)
    project.note_act(turn.side if turn.side is Side.ADVISORS else Side.TEAM, turn.now)


def keep(turn: Turn, words: str) -> None:
    """What is said backstage, or answers something there, is a note; outside, the room is told so,
    once. Whoever answers a follow-up, which asks for words to the members, can send them there.
    """
    note(turn, words)
    answered = turn.answered
    if answered is not None and answered.kind.startswith("followup."):
        key = f"{PUBLISH}:{source_of(turn.incoming)}"
        turn.send(
            turn.conversation,
            turn.text("notes.followup_answered"),
            choices=(Choice(key, turn.label("notes.publish")),),
            projects=answered.projects,
            backstage=True,
            target=Target(remote_id=turn.incoming.message),
        )
    elif not turn.incoming.backstage:
        _say_that_answers_stay(turn)


def publish(turn: Turn, source: str) -> None:
    """`publish:SOURCE` was tapped: the note of that event goes to the members, once, as words of
    its author.
    """
    said, ref = turn.uow.copies.original(source), turn.who.room
    mine = said is not None and said.sender == turn.incoming.sender
    if said is None or ref is None or not mine or not _can_be_published(turn, said):
        turn.refuse("choices.stale")
        return
    said = without_private_details(turn.catalogue.texts, said)
    text = note_in(said.text) or said.text
    words = Utterance(text, origin_of(said), said.attachment, ending(said.markup, text))
    relay.from_room(turn, ref, words)


def _can_be_published(turn: Turn, said: Incoming) -> bool:
    here = said.conversation == turn.conversation and is_note(turn, said)
    return here and all(copy.outgoing.backstage for copy in copies(turn.uow, source_of(said)))


def _say_that_answers_stay(turn: Turn) -> None:
    place = turn.conversation
    told = Outgoing(
        f"notes.stays:{place.network}:{place.name}", place, turn.text("notes.stays"), "notice"
    )
    turn.uow.outbox.put(told, at=turn.now)


def _withdraw(turn: Turn, project: Project) -> None:
    """The note answered, or the latest one, is taken back if it is the writer's."""
    answered = turn.incoming.target
    meant = turn.uow.copies.source(turn.conversation, answered) if answered else None
    sources = [
        entry.source
        for entry in turn.uow.projects.story(project, backstage=True)
        if entry.kind is EntryKind.NOTE and entry.author == turn.author and entry.source
        if meant in {None, entry.source}
    ]
    if not sources:
        turn.refuse("notes.none_to_withdraw")
        return
    turn.uow.projects.retract(project, sources[-1])
    delete_copies(turn, sources[-1])
    turn.reply_about(project, "notes.withdrawn")
