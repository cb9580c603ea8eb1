"""The table of commands. Help, menus and typo correction derive from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from bot.domain.permissions import Right, may
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.command_syntax import WrittenCommand as Written
from bot.domain.wording.command_syntax import parse
from bot.domain.wording.markup import plain
from config.texts import Texts
from handlers.contact import channels, linking
from handlers.context.dialogues import COMMAND
from handlers.context.project_lookup import named, sees
from handlers.context.rights import allowed
from handlers.context.turn import Turn
from handlers.followups import digests
from handlers.intake import dialogue
from handlers.projects import closing, history, membership, moderation, pause, subscription
from handlers.recommendations import publishing, status
from handlers.routing import help as helping
from handlers.thread import notes


class Where(Flag):
    """The places in which a command can be given."""

    TEAM = auto()
    PRIVATE = auto()
    ROOM = auto()
    ANYWHERE = PRIVATE | ROOM | TEAM


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does, where, and with what right (None: everybody's). Its help is the text
    `commands.<name>`.
    """

    handle: Callable[[Turn, str], None]
    where: Where
    act: Right | None = None


_THREAD = Where.PRIVATE | Where.ROOM

COMMANDS: Mapping[str, Command] = {
    "aide": Command(lambda turn, _: helping.helped(turn, available(turn)), Where.ANYWHERE),
    "nouveau": Command(dialogue.afresh, Where.PRIVATE, Right.SUBMIT),
    "projets": Command(lambda turn, _: history.projects(turn), Where.PRIVATE, Right.READ),
    "reco": Command(publishing.recommend, Where.ROOM, Right.RECOMMEND),
    "recos": Command(publishing.listing, Where.ANYWHERE, Right.READ),
    "fait": Command(status.command(RecommendationStatus.DONE), _THREAD, Right.MARK),
    "encours": Command(status.command(RecommendationStatus.IN_PROGRESS), _THREAD, Right.MARK),
    "bloque": Command(status.command(RecommendationStatus.BLOCKED), _THREAD, Right.MARK),
    "plustard": Command(status.postpone, Where.PRIVATE, Right.MARK),
    "historique": Command(history.history, Where.ANYWHERE, Right.READ),
    "note": Command(notes.note, Where.ROOM, Right.NOTE),
    "stop": Command(lambda turn, _: subscription.stop(turn), Where.PRIVATE),
    "pause": Command(pause.pause, Where.ANYWHERE, Right.PAUSE),
    "reprendre": Command(subscription.resume, Where.ANYWHERE),
    "clore": Command(closing.close, Where.ANYWHERE, Right.CLOSE),
    "passer": Command(membership.hand_over, Where.PRIVATE, Right.HAND_OVER),
    "quitter": Command(membership.quit_project, _THREAD, Right.LEAVE),
    "bilan": Command(digests.subscribe, Where.ANYWHERE, Right.NOTE),
    "prevenir": Command(lambda turn, _: channels.asked_for(turn), Where.PRIVATE, Right.MARK),
    "relier": Command(linking.link, Where.PRIVATE),
    "accepter": Command(moderation.accept, Where.TEAM | Where.ROOM, Right.MODERATE),
    "refuser": Command(moderation.refuse, Where.TEAM | Where.ROOM, Right.MODERATE),
}

_WHERE_TEXTS = {Where.TEAM: "team", Where.PRIVATE: "private", Where.ROOM: "room"}


def place_kind(turn: Turn) -> Where:
    """In what kind of place the event happened."""
    if turn.private:
        return Where.PRIVATE
    return Where.ROOM if turn.who.room is not None else Where.TEAM


def available(turn: Turn) -> list[str]:
    """The commands that the person can give where the event happened."""
    here = place_kind(turn)
    return [
        name
        for name, command in COMMANDS.items()
        if here in command.where and (command.act is None or may(turn.role, command.act))
    ]


def private_menu(texts: Texts) -> list[tuple[str, str]]:
    """The commands of a private chat, each with what it does."""
    return [
        (name, plain(texts(f"commands.{name}")))
        for name, command in COMMANDS.items()
        if Where.PRIVATE in command.where
    ]


def is_command(words: str) -> bool:
    """Whether the words are written as a command, well spelt or not."""
    return parse(words, tuple(COMMANDS)) is not None


def obey(turn: Turn, name: str, rest: str) -> None:
    """Carry out a command, or say where it can be given, or that it is not theirs to give."""
    command = COMMANDS[name]
    if place_kind(turn) not in command.where:
        where = next(text for kind, text in _WHERE_TEXTS.items() if kind in command.where)
        elsewhere = turn.label(f"commands_elsewhere.{where}")
        turn.refuse("commands_elsewhere.elsewhere", name=name, where=elsewhere)
    elif command.act is None or allowed(turn, command.act):
        command.handle(turn, rest)


def chosen(turn: Turn, ref: str) -> None:
    """`command:REF` was tapped: the command that waited for its project goes on."""
    written = None
    if turn.dialogue.flow == COMMAND and sees(turn, ref):
        written = parse(turn.dialogue.data["said"], tuple(COMMANDS))
        turn.dialogue.flow, turn.dialogue.data = None, {}
    if isinstance(written, Written):
        obey(turn, written.name, f"{ref} {written.rest}".strip())
    else:
        turn.refuse("choices.stale")


def heard(turn: Turn, words: str) -> bool:
    """Words while a command waits for its project: whether they were a reference, with which it
    went on. Others end the wait.
    """
    ref = named(turn, words) if len(words.split()) <= 3 else None
    if ref is not None:
        chosen(turn, ref)
        return True
    turn.dialogue.flow, turn.dialogue.data = None, {}
    return False
