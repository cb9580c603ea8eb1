"""What is done to a message that is seen in several places: reactions, edits, deletions follow.

What a network cannot do, the outbox says: an edit becomes new words, a deletion is told.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.conversations import ConversationRef
from bot.domain.permissions import Right
from bot.domain.projects.description import without_words
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.ports.network import Incoming, Operation, Target
from bot.ports.records import Copy
from handlers.context.origins import copies, seats, source_of
from handlers.context.turn import Turn
from handlers.context.utterance import as_set_off, calls_for_answer, let_go, waits_here
from handlers.safety.alert import alert, speaks_of_danger, warn
from handlers.thread.backstage import is_note, kept_text, note_in
from handlers.thread.relay import head

LONGEST_SIGN = 20
"""Characters of a reaction: more than that are words, which are not relayed so."""


def react(turn: Turn) -> None:
    """A reaction shows on the same words elsewhere, or goes from there when nobody's stands any
    more. By itself it is an act of its side, and asks for nothing.
    """
    sign, about = turn.incoming.text, turn.incoming.target
    if about is None or len(sign) > LONGEST_SIGN or not turn.has_right(Right.SAY):
        return
    source = turn.uow.copies.source(turn.conversation, about)
    shown = copies(turn.uow, source) if source is not None else []
    project = _find_project(turn, shown, turn.uow.projects.about(turn.conversation, about))
    if project is None or not project.open:
        return
    if source is not None:
        _show_signs(turn, source, project)
    if sign:
        project.note_act(turn.side, turn.now)


def _show_signs(turn: Turn, source: str, project: Project) -> None:
    """Each place but this shows the latest of the signs that stand elsewhere: there we react once,
    for everybody.
    """
    seen = seats(turn.uow, source)
    # Where the words are seen twice, the reaction may be to the other message.
    reacted = seen | {turn.conversation: Target(remote_id=turn.incoming.target)}
    standing = {place: _signs(turn, place, target) for place, target in reacted.items()}
    here = standing.pop(turn.conversation)
    for place, target in seen.items():
        if place != turn.conversation:
            others = [sign for at, signs in standing.items() if at != place for sign in signs]
            turn.send(
                place,
                next(iter([*here[::-1], *others[::-1]]), ""),
                kind="reaction",
                operation=Operation.REACT,
                target=target,
                projects=(project.ref,),
            )


def _signs(turn: Turn, place: ConversationRef, target: Target) -> list[str]:
    """The signs that stand on a message, of those who may speak there."""
    if target.remote_id is None:
        return []
    standing = turn.uow.copies.signs(place, target.remote_id)
    return [
        sign for who, sign in standing if len(sign) <= LONGEST_SIGN and _may_say(turn, place, who)
    ]


def _may_say(turn: Turn, place: ConversationRef, sender: str) -> bool:
    did = replace(turn.incoming, conversation=place, sender=sender)
    who = turn.uow.people.correspondent(place, sender)
    return Turn(turn.uow, turn.catalogue, turn.now, did, who).has_right(Right.SAY)


def edit(turn: Turn, is_command: Callable[[str], bool]) -> None:
    """Words that were relayed are edited wherever they are seen; a command is not run again."""
    original = _original(turn)
    words = turn.incoming.text.strip()
    if original is None or original.sender != turn.incoming.sender:
        return
    if any(is_command(said) and note_in(said) is None for said in (original.text, words)):
        turn.refuse("copies.command_edited")
    elif is_note(turn, original):
        _correct_note(turn, note_in(words) or words, source_of(original))
    elif note_in(words) is not None:
        turn.refuse("copies.command_edited")
    else:
        _edit_words(turn, original, words)


def _edit_words(turn: Turn, original: Incoming, words: str) -> None:
    shown = copies(turn.uow, source_of(original))
    project = _find_project(turn, shown)
    if project is None:
        if speaks_of_danger(turn, words):
            warn(turn, [theme.slug for theme in turn.understand(words).themes])
        turn.refuse("copies.edited_nowhere")
    elif not project.open:
        turn.refuse("relay.ended")
    elif turn.check_right(Right.SAY):
        _correct(turn, project, original, shown, words)


def delete(turn: Turn, is_command: Callable[[str], bool]) -> None:
    """Words are deleted wherever they are seen, and taken out of the project's story and
    description; where something of them stays, that is said.
    """
    original = _original(turn)
    if original is None:
        return
    note = is_note(turn, original)
    if is_command(original.text) and not note:
        turn.refuse("copies.command_deleted")
        return
    source = source_of(original)
    shown = copies(turn.uow, source)
    projects = _recorded_in(turn, shown)
    if projects and not turn.check_right(Right.NOTE if note else Right.SAY):
        return
    held = [project for project in projects if _retract(turn, project, source)]
    delete_copies(turn, source)
    if any(_is_shown_by_room(turn, project, shown) for project in held):
        turn.refuse("copies.still_there")
    elif not shown and not held and waits_here(turn, source):
        let_go(turn, source)
    elif not shown and not held:
        turn.refuse("copies.deleted_nowhere")


def _recorded_in(turn: Turn, shown: list[Copy]) -> list[Project]:
    """The projects whose stories may hold the words: that of the thread where their copies are,
    else those that whoever says something here has to do with.
    """
    project = _find_project(turn, shown)
    if project is None and turn.who.room is not None:
        project = turn.uow.projects.thread(turn.who.room)
    return [project] if project is not None else turn.projects


def _retract(turn: Turn, project: Project, source: str) -> bool:
    """The project holds no words of that event any more; whether it did."""
    said = turn.uow.projects.retract(project, source)
    for words in said:
        project.description = without_words(project.description, words)
    return bool(said)


def _is_shown_by_room(turn: Turn, project: Project, shown: list[Copy]) -> bool:
    """Whether a room that has no copy of the words showed them when it opened."""
    room = turn.uow.projects.room(project)
    return room not in {None, turn.conversation, *(copy.outgoing.conversation for copy in shown)}


def delete_copies(turn: Turn, source: str) -> None:
    """The words of that event are deleted wherever we showed them."""
    gone = set()
    for copy in turn.uow.copies.of(source):
        if copy.outgoing.operation in {Operation.SAY, Operation.EDIT} and copy.target not in gone:
            gone.add(copy.target)
            turn.send(
                copy.outgoing.conversation,
                "",
                kind="deletion",
                operation=Operation.DELETE,
                target=copy.target,
                projects=copy.outgoing.projects,
                source=source,
            )


def _original(turn: Turn) -> Incoming | None:
    """What somebody said here, and now edits or deletes; None if it is not known."""
    if turn.incoming.target is None:
        return None
    source = turn.uow.copies.source(turn.conversation, turn.incoming.target)
    original = turn.uow.copies.original(source) if source is not None else None
    return original if original is not None and original.conversation == turn.conversation else None


def _find_project(turn: Turn, shown: list[Copy], other: str | None = None) -> Project | None:
    """The project in whose thread the copies are, else that of the other reference."""
    ref = next((ref for copy in shown for ref in copy.outgoing.projects), other)
    return turn.uow.projects.thread(ref) if ref is not None else None


def _correct(
    turn: Turn, project: Project, original: Incoming, shown: list[Copy], words: str
) -> None:
    source = source_of(original)
    turn.uow.projects.record(project, turn.entry(EntryKind.CORRECTED, words, source=source))
    heads = _heads(turn, project)
    for copy in shown:
        turn.send(
            copy.outgoing.conversation,
            heads.get(copy.outgoing.conversation, "")
            + as_set_off(turn.incoming, words)
            + turn.text("copies.corrected"),
            kind="relay",
            author=turn.author,
            attachment=copy.outgoing.attachment,
            projects=copy.outgoing.projects,
            operation=Operation.EDIT,
            target=copy.target,
            source=source,
        )
    if speaks_of_danger(turn, words) and not speaks_of_danger(turn, original.text):
        if turn.private:
            warn(turn, project.themes, then="safety.alerting")
        alert(turn, project)
    project.hear(turn.side, turn.now, asks=calls_for_answer(turn, words))


def _heads(turn: Turn, project: Project) -> dict[ConversationRef, str]:
    """What the words begin with at each address of a member."""
    return {
        address.conversation_ref: head(turn, member.person, project)
        for member in project.members
        for address in member.person.addresses
    }


def _correct_note(turn: Turn, words: str, source: str) -> None:
    project = turn.uow.projects.thread(turn.who.room) if turn.who.room else None
    if project is None or not turn.check_right(Right.NOTE):
        return
    entry = turn.entry(EntryKind.CORRECTED, words, backstage=True, source=source)
    turn.uow.projects.record(project, entry)
    text = kept_text(turn, words) + turn.text("copies.corrected")
    for copy in copies(turn.uow, source):
        turn.tell_room(
            project,
            text,
            attachment=copy.outgoing.attachment,
            backstage=True,
            operation=Operation.EDIT,
            target=copy.target,
            source=source,
        )
