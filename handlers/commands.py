"""The table of commands. Help, menus and typo correction derive from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from bot.domain.recommendation import RecommendationStatus
from handlers import help as helping
from handlers import intake, marking, moderation, notes, recommending, stopping, story
from handlers.turn import Turn


class Where(Flag):
    """The places in which a command can be given."""

    PRIVATE = auto()
    ROOM = auto()
    TEAM = auto()
    ANYWHERE = PRIVATE | ROOM | TEAM


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does, and where. Its help is the text `commands.<name>`."""

    handle: Callable[[Turn, str], None]
    where: Where


def _new(turn: Turn, rest: str) -> None:
    intake.first_words(turn, rest) if rest.strip() else intake.afresh(turn)


COMMANDS: Mapping[str, Command] = {
    "aide": Command(lambda turn, _: helping.helped(turn, available(turn)), Where.ANYWHERE),
    "nouveau": Command(_new, Where.PRIVATE),
    "projets": Command(story.projects, Where.PRIVATE),
    "reco": Command(recommending.recommend, Where.ROOM),
    "recos": Command(recommending.listing, Where.ANYWHERE),
    "fait": Command(marking.command(RecommendationStatus.DONE), Where.PRIVATE | Where.ROOM),
    "encours": Command(
        marking.command(RecommendationStatus.IN_PROGRESS), Where.PRIVATE | Where.ROOM
    ),
    "bloque": Command(marking.command(RecommendationStatus.BLOCKED), Where.PRIVATE | Where.ROOM),
    "plustard": Command(marking.command(None), Where.PRIVATE),
    "historique": Command(story.history, Where.ANYWHERE),
    "note": Command(notes.note, Where.ROOM),
    "stop": Command(stopping.stop, Where.PRIVATE),
    "reprendre": Command(stopping.resume, Where.PRIVATE),
    "accepter": Command(moderation.accept, Where.TEAM | Where.ROOM),
    "refuser": Command(moderation.refuse, Where.TEAM | Where.ROOM),
}


_WHERE_TEXTS = {Where.PRIVATE: "private", Where.ROOM: "room", Where.TEAM: "team"}


def place_kind(turn: Turn) -> Where:
    """In what kind of place the event happened."""
    if turn.who.room is not None:
        return Where.ROOM
    return Where.TEAM if turn.team_of is not None else Where.PRIVATE


def available(turn: Turn) -> list[str]:
    """The commands that can be given where the event happened."""
    here = place_kind(turn)
    return [name for name, command in COMMANDS.items() if here in command.where]


def obey(turn: Turn, name: str, rest: str) -> None:
    """Carry out a command, or say where it can be given."""
    command = COMMANDS[name]
    if place_kind(turn) in command.where:
        command.handle(turn, rest)
        return
    where = next(text for kind, text in _WHERE_TEXTS.items() if kind in command.where)
    elsewhere = turn.label(f"commands_elsewhere.{where}")
    turn.refuse("commands_elsewhere.elsewhere", name=name, where=elsewhere)
