"""Every event enters here, and one table says who takes it: the first row that matches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.domain.dialogues import (
    AskedForAddress,
    AskedWhen,
    CommandWaiting,
    IntakeDialogue,
    WhichProject,
)
from bot.domain.permissions import Right
from bot.domain.projects.membership import lost_at
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import EventKind, Incoming
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue
from handlers.contact import channels, linking
from handlers.context.due_date import lower_due_dates
from handlers.context.turn import Turn
from handlers.context.utterance import (
    tell_withheld,
    utterance_of,
    with_author_named,
    without_private_details,
)
from handlers.intake import dialogue, first_message
from handlers.projects import joining, membership, subscription
from handlers.projects.history import ball_line
from handlers.recommendations import postponing, status
from handlers.routing import answers, choices, commands, events, presence, recovery, which_project
from handlers.routing import private_words as words
from handlers.routing.commands import COMMANDS, is_command
from handlers.routing.row import No, Row, Step, T
from handlers.safety import resolution
from handlers.safety.alert import speaks_of_danger
from handlers.thread import catching_up, copies, notes, relay


def receive(uow: UnitOfWork, catalogue: Catalogue, now: datetime, incoming: Incoming) -> None:
    """Handle one event in one transaction."""
    incoming = with_author_named(catalogue.texts, incoming)
    turn = turn_of(uow, catalogue, now, incoming)
    before = replace(turn.dialogue)
    withheld = turn.incoming != incoming
    note_sign_of_life(turn)
    take(turn)
    if incoming.kind is EventKind.SAID:
        say_unheard(turn)
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
    before counts as answered. A member who could not be written to reads what they missed.
    """
    person = turn.who.person
    if person is None or turn.is_guest or turn.incoming.kind is EventKind.LEFT:
        return
    lost = lost_at(person)
    person.last_word_at = turn.now
    for address in person.addresses:
        here = address.conversation_ref == turn.conversation
        if here and address.unreachable_since is not None:
            address.unreachable_since = None
        if here and person.reachable is not address:
            address.last_word_at = turn.now
    if lost is not None and turn.private and turn.advisor is None:
        catching_up.tell_missed(turn, lost)


def try_rows(turn: Turn) -> Iterator[tuple[Row[Any], Any]]:
    """The rows in their order, each with what it found, or with its `No`; up to the row that takes
    the event.
    """
    others = turn.incoming.forwarded_from is not None
    for row in TABLE:
        if others and not row.hears_others:
            continue
        found = row.matches(turn)
        yield row, found
        if not isinstance(found, No) and not row.goes_on:
            return


def take(turn: Turn) -> None:
    """The first row that matches handles the event, then come the steps that it names."""
    passed: list[Row[Any]] = []
    for row, found in try_rows(turn):
        if isinstance(found, No):
            passed.append(row)
            continue
        _end_unanswered(turn, passed)
        if row in WHAT_A_MEMBER_SAYS:
            turn.dialogue.asked = ()
        row.handle(turn, found)
        for step in row.then:
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


def say_unheard(turn: Turn) -> None:
    """A member who recorded something is asked to write it, too: it may tell of a danger."""
    file = turn.incoming.attachment
    recorded = file is not None and file.media_type.startswith(("audio/", "video/"))
    if recorded and turn.private and turn.advisor is None and not turn.is_guest:
        turn.reply("other.not_heard")


# --- What rows do that no subject does alone


def _do(act: Step) -> Callable[[Turn, object], None]:
    """The step, whatever the row found."""
    return lambda turn, _: act(turn)


def _refuse(key: str) -> Callable[[Turn, object], None]:
    return lambda turn, _: turn.refuse(key)


def _by_right(right: Right, act: Callable[[Turn, T], None]) -> Callable[[Turn, T], None]:
    """Act for those who have the right; others are told that it is not theirs to do."""

    def check_and_act(turn: Turn, found: T) -> None:
        if turn.check_right(right):
            act(turn, found)

    return check_and_act


def _obey(turn: Turn, call: CommandCall) -> None:
    commands.obey(turn, call)
    command = COMMANDS[call.name]
    if not command.takes_file:
        say_file(turn)
    if not command.asks:
        dialogue.remind(turn)


def _take_answer_to_when(turn: Turn, found: answers.AnswerToWhen) -> None:
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


def _take_state(turn: Turn, found: answers.StateSaid) -> None:
    said = turn.incoming.text.strip()
    status.take_answer(turn, found.project, found.number, found.answer, said)


def _answer_meanwhile(turn: Turn, found: words.Awaited) -> None:
    turn.reply_about(found.project, found.key, ball=ball_line(turn, found.project))


_edit = _do(partial(copies.edit, is_command=is_command))
_delete = _do(partial(copies.delete, is_command=is_command))
_stop = _do(subscription.stop)
_ask_whether_new = partial(which_project.ask, key="which.new_or_not")
_ask_which = partial(which_project.ask, key="which.ask")

Rows = tuple[Row[Any], ...]

WHATEVER_IS_DONE: Rows = (
    Row("a seat taken in a room", events.find_taken_seat, membership.enter_room),
    Row(
        "a stranger in a room",
        events.find_stranger,
        _do(presence.turn_stranger_away),
        hears_others=True,
    ),
    Row(
        "a guest in a private chat",
        events.find_guest,
        _do(presence.turn_guest_away),
        hears_others=True,
    ),
    Row("an edited message", events.of_kind(EventKind.EDITED), _edit),
    Row("a deleted message", events.of_kind(EventKind.DELETED), _delete),
    Row("a sign that approves a summary", events.find_approval, choices.choose),
    Row("a reaction", events.of_kind(EventKind.REACTED), _do(copies.react)),
    Row(
        "content that is not taken",
        events.of_kind(EventKind.SENT_OTHER),
        _do(presence.refuse_content),
        hears_others=True,
    ),
    Row("somebody comes", events.of_kind(EventKind.JOINED), _do(presence.greet_newcomer)),
    Row("somebody leaves", events.of_kind(EventKind.LEFT), _do(presence.note_departure)),
    Row("a choice, tapped", events.find_tapped, choices.choose),
)
WHEREVER_IT_IS_SAID: Rows = (
    Row(
        "the e-mail address that was asked for",
        events.find_address,
        channels.take_address,
        answers=AskedForAddress,
    ),
    Row("Telegram’s “/start”", events.find_start, _do(presence.start)),
    Row("a code that links two chats", events.find_link_code, linking.redeem),
    Row("a command", events.find_command, _obey),
    Row("a misspelt command", events.find_misspelt, commands.suggest, then=(dialogue.remind,)),
    Row(
        "a choice, typed where several talk",
        answers.find_typed_in_shared,
        choices.choose_in_shared,
    ),
    Row("an empty message", events.find_nothing, _refuse("help.empty"), hears_others=True),
    Row("a note backstage", events.find_note, _by_right(Right.NOTE, notes.keep), hears_others=True),
    Row(
        "words in a project’s room",
        events.find_room_words,
        _by_right(Right.SAY, relay.from_room),
        hears_others=True,
    ),
    Row(
        "words in a team’s room",
        events.find_team_words,
        _refuse("help.team_words"),
        hears_others=True,
    ),
    Row(
        "an advisor’s private words",
        events.find_advisor,
        _refuse("help.advisor_words"),
        hears_others=True,
    ),
)
WHAT_A_MEMBER_ANSWERS: Rows = (
    Row("« stop »", words.find_stop, _stop),
    Row("« stop » among other words", words.find_stop_among_words, _stop, goes_on=True),
    Row("a choice, typed", answers.find_typed_choice, choices.choose, then=(say_file,)),
    Row(
        "a state, in answer to its question",
        answers.find_state_answered,
        _take_state,
        then=(say_file,),
    ),
    Row(
        "a day, in answer to « quand ? »",
        answers.find_day_answered,
        _take_answer_to_when,
        then=(say_file,),
    ),
    Row("a command in plain words", words.find_plain_command, commands.obey, then=(say_file,)),
    Row(
        "the description of a project",
        words.find_description,
        dialogue.hear,
        answers=IntakeDialogue,
        hears_others=True,
    ),
    Row(
        "words beside those that wait for their project",
        words.find_waiting_words,
        which_project.hear,
        answers=WhichProject,
        hears_others=True,
    ),
    Row(
        "the project of a command that waits",
        words.find_project_of_command,
        commands.choose_project,
        then=(say_file,),
        answers=CommandWaiting,
    ),
    Row("words of a dialogue that cannot be read", words.find_saved_words, recovery.go_on),
    Row("a request to follow a project", words.find_request_to_join, joining.ask),
    Row(
        "an answer to « quand ? »",
        answers.find_answer_to_when,
        _take_answer_to_when,
        then=(say_file,),
        answers=AskedWhen,
    ),
    Row("a danger that is over", answers.find_dealt_with, resolution.choose, then=(say_file,)),
    Row("a state", answers.find_state, _take_state, then=(say_file,)),
)
WHAT_A_MEMBER_SAYS: Rows = (
    Row(
        "words of somebody without a project under way",
        words.find_newcomer,
        first_message.answer,
        hears_others=True,
    ),
    Row(
        "words for a project that has ended",
        words.find_ended,
        _refuse("relay.ended"),
        hears_others=True,
    ),
    Row(
        "words that may begin another project",
        words.find_another,
        _ask_whether_new,
        hears_others=True,
    ),
    Row("words for one of several projects", words.find_several, _ask_which, hears_others=True),
    Row("a short question while the team decides", words.find_awaited, _answer_meanwhile),
    Row("words for the advisors", words.find_project, which_project.say, hears_others=True),
)
"""What was asked before cannot be answered by typing any more."""

TABLE = (*WHATEVER_IS_DONE, *WHEREVER_IT_IS_SAID, *WHAT_A_MEMBER_ANSWERS, *WHAT_A_MEMBER_SAYS)
"""Who takes an event, in the order in which it is tried."""
