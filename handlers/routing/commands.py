"""The table of commands: all that is known of each stands on its row.

Help, menus, the forms of pages and the correction of typing errors derive from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.domain.conversations import ConversationKind
from bot.domain.dialogues import CommandWaiting
from bot.domain.permissions import Right
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.command_syntax import CommandCall, Suggestion, parse
from bot.ports.web import FormCommand
from config.texts import Raw, Texts
from handlers.contact import channels, linking
from handlers.context.project_lookup import sees
from handlers.context.turn import Turn
from handlers.followups import digests
from handlers.intake import dialogue
from handlers.projects import closing, history, membership, moderation, pause, subscription
from handlers.recommendations import publishing, status
from handlers.thread import notes

_TEAM, _PRIVATE, _ROOM = ConversationKind.TEAM, ConversationKind.PRIVATE, ConversationKind.ROOM
_ANYWHERE = frozenset(ConversationKind)
_MINE, _ROOMS, _THREAD = frozenset({_PRIVATE}), frozenset({_ROOM}), frozenset({_PRIVATE, _ROOM})
_TEAM_OR_ROOM, _BOARD = frozenset({_TEAM, _ROOM}), frozenset({_TEAM})
_NOWHERE: frozenset[ConversationKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does, in which conversations, and with what right (None: everybody's). Its
    help is the text `commands.<name>`.

    `takes_file`: a file sent along belongs to it; beside any other it is said by itself. `asks`: it
    puts a question; after any other, that of a project being described is put again. `pages`: the
    conversations whose page has a form for it; `wordless`: the form needs no words.
    """

    handle: Callable[[Turn, CommandCall], None]
    where: frozenset[ConversationKind]
    right: Right | None = None
    takes_file: bool = False
    asks: bool = False
    pages: frozenset[ConversationKind] = _NOWHERE
    wordless: bool = False


COMMANDS: Mapping[str, Command] = {
    "aide": Command(lambda turn, _: show_help(turn), _ANYWHERE),
    "nouveau": Command(dialogue.begin_anew, _MINE, Right.SUBMIT, takes_file=True, asks=True),
    "projets": Command(lambda turn, _: history.projects(turn), _MINE, Right.READ),
    "reco": Command(publishing.recommend, _ROOMS, Right.RECOMMEND, takes_file=True, pages=_ROOMS),
    "recos": Command(publishing.listing, _ANYWHERE, Right.READ),
    "fait": Command(status.command(RecommendationStatus.DONE), _THREAD, Right.MARK),
    "encours": Command(status.command(RecommendationStatus.IN_PROGRESS), _THREAD, Right.MARK),
    "bloque": Command(status.command(RecommendationStatus.BLOCKED), _THREAD, Right.MARK),
    "plustard": Command(status.postpone, _MINE, Right.MARK),
    "historique": Command(history.history, _ANYWHERE, Right.READ),
    "note": Command(
        notes.command,
        _ROOMS,
        Right.NOTE,
        takes_file=True,
        pages=_ROOMS,
    ),
    "stop": Command(lambda turn, _: subscription.stop(turn), _MINE),
    "pause": Command(pause.pause, _ANYWHERE, Right.PAUSE),
    "reprendre": Command(subscription.resume, _ANYWHERE),
    "clore": Command(closing.close, _ANYWHERE, Right.CLOSE),
    "passer": Command(membership.hand_over, _MINE, Right.HAND_OVER),
    "quitter": Command(membership.quit_project, _THREAD, Right.LEAVE),
    "salle": Command(membership.enter_room, _ANYWHERE, Right.ENTER),
    "bilan": Command(digests.subscribe, _ANYWHERE, Right.NOTE),
    "prevenir": Command(lambda turn, _: channels.ask_again(turn), _MINE, Right.MARK),
    "relier": Command(linking.link, _MINE),
    "accepter": Command(
        moderation.accept, _TEAM_OR_ROOM, Right.MODERATE, pages=_BOARD, wordless=True
    ),
    "refuser": Command(moderation.refuse, _TEAM_OR_ROOM, Right.MODERATE, pages=_BOARD),
}


def obey(turn: Turn, call: CommandCall) -> None:
    """Carry out a command, or say where it can be given, or that it is not theirs to give."""
    command = COMMANDS[call.name]
    if _kind_of_place(turn) not in command.where:
        kind = next(kind for kind in (_TEAM, _PRIVATE, _ROOM) if kind in command.where)
        where = turn.label(f"commands_elsewhere.{kind}")
        turn.refuse("commands_elsewhere.elsewhere", name=call.name, where=where)
    elif command.right is None or turn.check_right(command.right):
        command.handle(turn, call)


def suggest(turn: Turn, misspelt: Suggestion) -> None:
    """Name the command that was probably meant, if it can be given here."""
    if misspelt.name is not None and misspelt.name in available(turn):
        turn.refuse("help.suggestion", name=misspelt.name)
    else:
        turn.refuse("help.unknown_command")


def show_help(turn: Turn) -> None:
    """List the commands that can be given here, each with what it does."""
    lines = [f"/{name} – {turn.text(f'commands.{name}')}" for name in available(turn)]
    head = "help.room" if turn.who.room else "help.team" if turn.team_of else "help.private"
    turn.reply(head, commands=Raw("\n".join(lines)))


def available(turn: Turn) -> list[str]:
    """The commands that the person can give in this conversation."""
    here = _kind_of_place(turn)
    return [
        name
        for name, command in COMMANDS.items()
        if here in command.where and (command.right is None or turn.has_right(command.right))
    ]


def private_menu(texts: Texts) -> list[tuple[str, str]]:
    """The commands of a private chat, each with what it does."""
    return [
        (name, texts.label(f"commands.{name}"))
        for name, command in COMMANDS.items()
        if _PRIVATE in command.where
    ]


def page_forms() -> tuple[FormCommand, ...]:
    """The commands for which pages have a form."""
    return tuple(
        FormCommand(name, command.pages, command.right, command.wordless)
        for name, command in COMMANDS.items()
        if command.pages
    )


def is_command(words: str) -> bool:
    """Whether the words are written as a command, well spelt or not."""
    return parse(words, tuple(COMMANDS)) is not None


def choose_project(turn: Turn, ref: str) -> None:
    """The project of that reference was chosen: the command that waited for it goes on."""
    waiting = turn.dialogue.under_way
    if isinstance(waiting, CommandWaiting) and sees(turn, ref):
        turn.dialogue.under_way = None
        obey(turn, replace(waiting.call, reference=ref))
    else:
        turn.refuse("choices.stale")


def _kind_of_place(turn: Turn) -> ConversationKind:
    if turn.private:
        return _PRIVATE
    return _ROOM if turn.who.room is not None else _TEAM
