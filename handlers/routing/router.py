"""Every event enters here, and one table says who takes it: the first row that matches."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.dialogues import (
    AskedForAddress,
    AskedWhen,
    CommandWaiting,
    IntakeDialogue,
    WhichProject,
)
from bot.domain.permissions import Right
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import EventKind, Incoming
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue
from handlers.contact import channels, linking
from handlers.context.due_date import lower_due_dates
from handlers.context.rights import has_right, refuse_right
from handlers.context.turn import Turn
from handlers.context.utterance import tell_withheld, utterance_of, without_private_details
from handlers.intake import dialogue, first_message
from handlers.projects import subscription
from handlers.projects.history import ball_line
from handlers.recommendations import postponing, status
from handlers.routing import choices, commands, events, presence, recovery, which_project
from handlers.routing import private_words as words
from handlers.routing.commands import COMMANDS, is_command
from handlers.routing.row import No, Row, Step
from handlers.safety import resolution
from handlers.safety.alert import speaks_of_danger
from handlers.thread import copies, notes, relay


def receive(uow: UnitOfWork, catalogue: Catalogue, now: datetime, incoming: Incoming) -> None:
    """Handle one event in one transaction."""
    turn = turn_of(uow, catalogue, now, incoming)
    before = replace(turn.dialogue)
    withheld = turn.incoming != incoming
    note_sign_of_life(turn)
    take(turn)
    if incoming.kind is EventKind.SAID:
        recovery.recover(turn)
    if withheld:
        tell_withheld(turn)
    lower_due_dates(turn)
    if turn.dialogue != before:
        uow.dialogues.save(turn.dialogue, now)


def turn_of(uow: UnitOfWork, catalogue: Catalogue, now: datetime, incoming: Incoming) -> Turn:
    """The turn of an event, without the phone numbers and e-mail addresses that nobody else has to
    read. A team reads all; an address that was asked for is kept.
    """
    who = uow.people.correspondent(incoming.conversation, incoming.sender)
    turn = Turn(uow, catalogue, now, incoming, who)
    if turn.team_of is None and isinstance(events.find_address(turn), No):
        turn.incoming = without_private_details(catalogue.texts, incoming)
    return turn


def note_sign_of_life(turn: Turn) -> None:
    """Whoever writes can be written to there again, and preferably there; what they were asked
    before counts as answered.
    """
    person = turn.who.person
    if person is None or turn.incoming.kind is EventKind.LEFT:
        return
    person.last_word_at = turn.now
    for address in person.addresses:
        here = address.conversation_ref == turn.conversation
        if here and address.unreachable_since is not None:
            address.unreachable_since = None
        if here and person.reachable is not address:
            address.last_word_at = turn.now


def try_rows(turn: Turn) -> Iterator[tuple[Row[Any], Any]]:
    """The rows in their order, each with what it found, or with its `No`; up to the row that takes
    the event.
    """
    for row in TABLE:
        found = row.matches(turn)
        yield row, found
        if not isinstance(found, No) and not row.goes_on:
            return


def take(turn: Turn) -> None:
    """The first row that matches handles the event, then come the steps that it names."""
    passed = []
    for row, found in try_rows(turn):
        if isinstance(found, No):
            passed.append(row)
            continue
        _end_unanswered(turn, passed)
        if row.new_subject:
            turn.dialogue.asked = ()
        row.handle(turn, found)
        for step in row.then(found):
            step(turn)


def _end_unanswered(turn: Turn, passed: Sequence[Row[Any]]) -> None:
    """The question of a dialogue that these words do not answer is asked no more. A file alone, or
    a danger, leaves it open.
    """
    said, under_way = turn.incoming.text.strip(), type(turn.dialogue.under_way)
    unanswered = any(row.answers is under_way for row in passed)
    if unanswered and said and not speaks_of_danger(turn, said):
        turn.dialogue.under_way = None


# --- Steps that follow some rows


def say_file(turn: Turn) -> None:
    """A file that came with an answer or a command is said by itself."""
    if turn.incoming.attachment is not None:
        turn.incoming = replace(turn.incoming, text="", command=None)
        take(turn)


def ask_again(turn: Turn) -> None:
    """The question of a project that is being described is put again."""
    dialogue.remind(turn)


def _file(_: object) -> Sequence[Step]:
    return (say_file,)


def _question(_: object) -> Sequence[Step]:
    return (ask_again,)


def _after_command(call: CommandCall) -> Sequence[Step]:
    command = COMMANDS[call.name]
    file = () if command.takes_file else (say_file,)
    return file if command.asks else (*file, ask_again)


# --- What rows do that no subject does alone


def _note(turn: Turn, _: str) -> None:
    if has_right(turn, Right.NOTE):
        notes.note(turn, turn.incoming.text.strip())
    else:
        refuse_right(turn, Right.NOTE)


def _relay(turn: Turn, ref: str) -> None:
    if has_right(turn, Right.SAY):
        relay.from_room(turn, ref)
    else:
        refuse_right(turn, Right.SAY)


def _take_answer_to_when(turn: Turn, found: words.AnswerToWhen) -> None:
    """A day is kept, a state recorded. Other words go to the advisors, and the question is put once
    more.
    """
    said, project, number = turn.incoming.text.strip(), found.project, found.asked.number
    if found.day is not None:
        postponing.take_day(turn, project, number, found.day, said)
    elif found.status is not None:
        status.take_answer(turn, project, number, found.status, said)
    else:
        alone = replace(utterance_of(turn), text=said, attachment=None)
        which_project.pass_on(turn, project, alone, named=True)
        postponing.say_unread(turn, project, found.asked, said)


def _take_state(turn: Turn, found: words.StateSaid) -> None:
    said = turn.incoming.text.strip()
    status.take_answer(turn, found.project, found.number, found.answer, said)


TABLE: tuple[Row[Any], ...] = (
    Row(
        "a stranger in a room",
        events.find_stranger,
        lambda turn, _: presence.turn_stranger_away(turn),
    ),
    Row(
        "an edited message",
        events.of_kind(EventKind.EDITED, "nothing was edited"),
        lambda turn, _: copies.edited(turn, is_command),
    ),
    Row(
        "a deleted message",
        events.of_kind(EventKind.DELETED, "nothing was deleted"),
        lambda turn, _: copies.deleted(turn, is_command),
    ),
    Row(
        "a reaction",
        events.of_kind(EventKind.REACTED, "nobody reacted to a message"),
        lambda turn, _: copies.reacted(turn),
    ),
    Row(
        "content that is not taken",
        events.of_kind(EventKind.SENT_OTHER, "these are words, a choice or a file"),
        lambda turn, _: presence.refuse_content(turn),
    ),
    Row(
        "somebody comes",
        events.of_kind(EventKind.JOINED, "nobody comes"),
        lambda turn, _: presence.greet_newcomer(turn),
    ),
    Row(
        "somebody leaves",
        events.of_kind(EventKind.LEFT, "nobody leaves"),
        lambda turn, _: presence.note_departure(turn),
    ),
    Row("a choice, tapped", events.find_tapped, choices.choose),
    Row(
        "the e-mail address that was asked for",
        events.find_address,
        channels.take_address,
        answers=AskedForAddress,
    ),
    Row("Telegram’s “/start”", events.find_start, lambda turn, _: presence.start(turn)),
    Row("a code that links two chats", events.find_link_code, linking.redeem),
    Row("a command", events.find_command, commands.obey, then=_after_command),
    Row("a misspelt command", events.find_misspelt, commands.suggest, then=_question),
    Row("an empty message", events.find_nothing, lambda turn, _: turn.refuse("help.empty")),
    Row("a note backstage", events.find_note, _note),
    Row("words in a project’s room", events.find_room_words, _relay),
    Row(
        "words in a team’s room",
        events.find_team_words,
        lambda turn, _: turn.refuse("help.team_words"),
    ),
    Row(
        "an advisor’s private words",
        events.find_advisor,
        lambda turn, _: turn.refuse("help.advisor_words"),
    ),
    # From here on: the private words of a member, or of somebody new.
    Row("« stop »", words.find_stop, lambda turn, _: subscription.stop(turn)),
    Row(
        "« stop » among other words",
        words.find_stop_among_words,
        lambda turn, _: subscription.stop(turn),
        goes_on=True,
    ),
    Row("a choice, typed", words.find_typed_choice, choices.choose, then=_file),
    Row("a command in plain words", words.find_plain_command, commands.obey, then=_file),
    Row(
        "the description of a project",
        words.find_description,
        dialogue.hear,
        answers=IntakeDialogue,
    ),
    Row(
        "words beside those that wait for their project",
        words.find_waiting_words,
        which_project.hear,
        answers=WhichProject,
    ),
    Row(
        "the project of a command that waits",
        words.find_project_of_command,
        lambda turn, found: commands.go_on_with(turn, found.waiting, found.ref),
        then=_file,
        answers=CommandWaiting,
    ),
    Row(
        "words of a dialogue that cannot be read",
        words.find_saved_words,
        recovery.go_on,
    ),
    Row(
        "an answer to « quand ? »",
        words.find_answer_to_when,
        _take_answer_to_when,
        then=_file,
        answers=AskedWhen,
    ),
    Row(
        "a danger that is over",
        words.find_dealt_with,
        lambda turn, project: resolution.chosen(turn, f"{project.ref}:{resolution.SECURED}"),
        then=_file,
    ),
    Row("a state", words.find_state, _take_state, then=_file),
    Row(
        "words of somebody without a project under way",
        words.find_newcomer,
        lambda turn, _: first_message.answer(turn, [utterance_of(turn)]),
        new_subject=True,
    ),
    Row(
        "words for a project that has ended",
        words.find_ended,
        lambda turn, _: turn.refuse("relay.ended"),
        new_subject=True,
    ),
    Row(
        "words that may begin another project",
        words.find_another,
        lambda turn, mine: which_project.ask(turn, "which.new_or_not", mine),
        new_subject=True,
    ),
    Row(
        "words for one of several projects",
        words.find_several,
        lambda turn, mine: which_project.ask(turn, "which.ask", mine),
        new_subject=True,
    ),
    Row(
        "a short question while the team decides",
        words.find_awaited,
        lambda turn, found: turn.reply_about(
            found.project, found.key, ball=ball_line(turn, found.project)
        ),
        new_subject=True,
    ),
    Row(
        "words for the advisors",
        words.find_project,
        lambda turn, project: which_project.pass_on(
            turn,
            project,
            utterance_of(turn),
            named=len(which_project.open_projects(turn)) > 1,
        ),
        new_subject=True,
    ),
)
"""Who takes an event, in the order in which it is tried."""
