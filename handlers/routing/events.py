"""What the table asks of an event before it is words of a member: who did what, and where.

All of it only reads: each question returns what it found, or why its row does not take the event.
"""

from collections.abc import Callable

from bot.domain.dialogues import AskedForAddress
from bot.domain.people import Role
from bot.domain.wording.command_syntax import CommandCall, Suggestion, parse
from bot.ports.network import EventKind
from handlers.contact import channels, linking
from handlers.context.turn import Turn
from handlers.routing.commands import COMMANDS
from handlers.routing.row import No
from handlers.thread.backstage import answers_backstage

APPROVING = frozenset("👍👌✅✔")
"""Signs that say yes, without their tone."""


def find_taken_seat(turn: Turn) -> CommandCall | No:
    """The command by which one of the portal's register sits in a room that they see."""
    advisor, call = turn.advisor, parse(turn.incoming.text, tuple(COMMANDS))
    if turn.who.room is None or turn.belongs or advisor is None:
        return No("nobody of the register is in a room where they do not sit")
    if turn.who.portal not in advisor.portals or turn.incoming.kind is not EventKind.SAID:
        return No("the room is another portal's, or nothing is said")
    return (
        call if isinstance(call, CommandCall) and call.name == "salle" else No("no seat is asked")
    )


def find_stranger(turn: Turn) -> str | No:
    """Who is nobody here, in a room or with a team."""
    if turn.private:
        return No("this is a private chat")
    return turn.incoming.sender if turn.role is Role.STRANGER else No("the person belongs here")


def find_guest(turn: Turn) -> str | No:
    """Who is in the private chat of another."""
    return turn.incoming.sender if turn.is_guest else No("whoever acts does so in their own place")


def of_kind(kind: EventKind) -> Callable[[Turn], EventKind | No]:
    """The question whether something of that kind was done."""

    def find(turn: Turn) -> EventKind | No:
        done = turn.incoming.kind
        return done if done is kind else No(f"what was done is of kind “{done}”")

    return find


def find_approval(turn: Turn) -> str | No:
    """The key of « oui », for a sign of approval on a summary."""
    if turn.incoming.kind is not EventKind.REACTED or turn.incoming.text[:1] not in APPROVING:
        return No("no sign of approval was given")
    answered = turn.answered
    if not turn.private or answered is None or answered.kind != "summary" or not answered.choices:
        return No("the sign is on no summary")
    return answered.choices[0].key


def find_tapped(turn: Turn) -> str | No:
    """The key of the choice that was tapped."""
    return turn.incoming.choice if turn.incoming.choice is not None else No("nothing was tapped")


def find_address(turn: Turn) -> str | No:
    """Words that are the e-mail address asked for, or meant as one."""
    if not isinstance(turn.dialogue.under_way, AskedForAddress):
        return No("no address was asked for")
    words = turn.incoming.text
    if turn.incoming.kind is not EventKind.SAID:
        return No("the words answer nothing: they are not said now")
    return words if channels.is_like_address(words) else No("the words are no address")


def find_start(turn: Turn) -> str | No:
    """Telegram's word for a chat that is opened, whatever its link put behind it but a code."""
    words = turn.incoming.text.strip()
    opens = words.partition(" ")[0] == "/start" and linking.read_offered_code(words) is None
    return words if turn.private and opens else No("the words are not “/start”")


def find_link_code(turn: Turn) -> str | No:
    """A code that joins this address to a person."""
    if not turn.private:
        return No("this is no private chat")
    code = linking.read_offered_code(turn.incoming.text.strip())
    return code if code is not None else No("the words are no code")


def find_command(turn: Turn) -> CommandCall | No:
    """A command, given by the form of a page or typed."""
    call = turn.incoming.command or parse(turn.incoming.text, tuple(COMMANDS))
    if isinstance(call, CommandCall) and call.name in COMMANDS:
        return call
    return No("the words are no command")


def find_misspelt(turn: Turn) -> Suggestion | No:
    """What looks like a command, and is none."""
    read = parse(turn.incoming.text, tuple(COMMANDS))
    if turn.incoming.command is not None:
        return Suggestion(None)
    return read if isinstance(read, Suggestion) else No("the words do not look like a command")


def find_nothing(turn: Turn) -> str | No:
    """Neither words nor a file."""
    given = turn.incoming.text.strip() or turn.incoming.attachment is not None
    return No("something is said, or sent") if given else ""


def find_note(turn: Turn) -> str | No:
    """Words for the advisors of the room alone: said where they are alone, or in answer to such."""
    if turn.who.room is None or not (turn.incoming.backstage or answers_backstage(turn)):
        return No("nothing is said backstage of a room")
    return turn.incoming.text.strip()


def find_room_words(turn: Turn) -> str | No:
    """Words in the room of the project of that reference."""
    return turn.who.room if turn.who.room is not None else No("this is no project's room")


def find_team_words(turn: Turn) -> str | No:
    """Words where the team of that portal talks."""
    return turn.team_of if turn.team_of is not None else No("this is no team's room")


def find_advisor(turn: Turn) -> Role | No:
    """Somebody of the register, in their private chat."""
    return turn.role if turn.advisor is not None else No("whoever writes is not in the register")
