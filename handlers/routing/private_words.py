"""What the table asks of the words that a member, or somebody new, says in their private chat.

All of it only reads: each question returns what it found, or why its row does not take the words.
"""

from dataclasses import dataclass

from bot.domain.dialogues import (
    CommandWaiting,
    IntakeDialogue,
    Unreadable,
    WhichProject,
)
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.reference import find_references
from bot.domain.understanding.reading import Intent, TerritoryStatus
from bot.domain.urgency import Urgency
from bot.domain.utterance import Utterance
from bot.domain.wording.command_syntax import CommandCall
from handlers.context.project_lookup import find_named, find_reference, sees
from handlers.context.turn import Turn
from handlers.context.utterance import utterance_of
from handlers.projects import joining, pause
from handlers.routing.row import No
from handlers.safety.alert import speaks_of_danger

STOP_LENGTH = 12
"""Longer words that ask to stop may say something else besides: they are handled as words, too."""

REFERENCE_LENGTH = 3
"""More words than that are no answer to « pour quel projet ? », even with a reference in them."""

DESCRIPTION_LENGTH = 20
"""Fewer words of another place or theme do not describe a new project by themselves."""

SUBJECT_LENGTH = 9
"""Fewer words of another theme say too little to be asked about."""

SHORT_LENGTH = 8
"""More words than that may say something of the project besides what they ask the assistant."""


def find_stop(turn: Turn) -> str | No:
    """Words that ask for silence, and say little else."""
    words = find_stop_among_words(turn)
    if isinstance(words, No) or len(words.split()) <= STOP_LENGTH:
        return words
    return No("the words say more than to stop")


def find_stop_among_words(turn: Turn) -> str | No:
    """Words that ask for silence, whatever else they say."""
    words = _words(turn)
    understood = turn.understand(words) if words else None
    if understood is None or understood.intent is not Intent.UNSUBSCRIBE:
        return No("the words do not ask to stop")
    if not turn.projects and understood.theme is not None:
        return No("the words are about a project, and the person has none to stop")
    return words


def find_plain_command(turn: Turn) -> CommandCall | No:
    """A command said without its sign: « pause jusqu'en mars »."""
    if turn.dialogue.holds_words:
        return No("the dialogue under way takes the words")
    call = pause.find_spoken_command(turn, _words(turn))
    return call if call is not None else No("the words are no command said plainly")


def find_description(turn: Turn) -> IntakeDialogue | No:
    """The description of a project that is under way."""
    under_way = turn.dialogue.under_way
    return under_way if isinstance(under_way, IntakeDialogue) else No("no project is described")


def find_waiting_words(turn: Turn) -> WhichProject | No:
    """Words that wait until their project is named."""
    under_way = turn.dialogue.under_way
    return under_way if isinstance(under_way, WhichProject) else No("no words wait here")


def find_project_of_command(turn: Turn) -> str | No:
    """The reference that a command waits for."""
    if not isinstance(turn.dialogue.under_way, CommandWaiting):
        return No("no command waits for its project")
    words = _words(turn)
    ref = find_reference(turn, words) if len(words.split()) <= REFERENCE_LENGTH else None
    return ref if ref is not None else No("the words are no reference")


def find_saved_words(turn: Turn) -> Unreadable | No:
    """A dialogue that cannot be read, of which words or files could be saved."""
    lost = turn.dialogue.under_way
    if not isinstance(lost, Unreadable):
        return No("the dialogue can be read, if there is one")
    return lost if lost.texts or lost.files else No("nothing of the dialogue could be saved")


def find_request_to_join(turn: Turn) -> str | No:
    """The reference of a project with which the person has nothing to do, in few words."""
    words = _words(turn)
    prefixes = {portal.prefix for portal in turn.catalogue.portals.values()}
    named = [r for r in find_references(words) if r.partition("-")[0] in prefixes]
    if len(named) != 1 or sees(turn, named[0]):
        return No("the words name no project of others")
    if speaks_of_danger(turn, words) or not joining.asks_to_join(turn, words):
        return No("the words do not ask to follow it")
    return named[0]


def find_newcomer(turn: Turn) -> list[Utterance] | No:
    """What somebody without a project under way says."""
    return No("a project is under way") if turn.open_projects else [utterance_of(turn)]


def find_ended(turn: Turn) -> str | No:
    """The reference of a project that has ended, named or answered."""
    ref = find_named(turn)
    if ref is None or any(project.ref == ref for project in turn.open_projects):
        return No("the words name no project that has ended")
    return ref


def find_another(turn: Turn) -> list[Project] | No:
    """Words that announce another project, or describe one: of another theme, or, at length, of
    another commune than those under way. A place named in passing is none, nor is an answer to an
    advisor.
    """
    words, mine = turn.incoming.text, turn.open_projects
    if find_named(turn) is not None:
        return No("the words name their project")
    if turn.catalogue.language.steering.another.said_in(words):
        return mine
    if len(words.split()) < SUBJECT_LENGTH:
        return No("the words are too few to describe a project")
    if any(project.members_owe_since is not None for project in mine):
        return No("an advisor waits for an answer")
    if turn.understand(words).intent is not Intent.PROJECT:
        return No("the words describe no project")
    return mine if _is_elsewhere(turn, words, mine) else No("the words fit a project under way")


def _is_elsewhere(turn: Turn, words: str, mine: list[Project]) -> bool:
    """Whether the words speak of no place, or of no theme, of these projects."""
    understood = turn.understand(words)
    place = understood.territory
    placed = place.status is TerritoryStatus.UNIQUE
    places = {code for project in mine for code in project.territories}
    themes = {theme for project in mine for theme in project.themes}
    other_place = placed and places.isdisjoint(place.codes)
    other_theme = understood.theme is not None and themes.isdisjoint(
        theme.slug for theme in understood.themes
    )
    long = placed and len(words.split()) >= DESCRIPTION_LENGTH
    # Short words may name another theme in passing (« à la gare »): they ask, or tell a trouble.
    # Danger never waits for an answer.
    urgency = understood.urgency
    tells = urgency is not Urgency.IMMEDIATE and ("?" in words or urgency is Urgency.HIGH)
    return (other_theme and (long or tells)) or (long and other_place)


def find_several(turn: Turn) -> list[Project] | No:
    """The projects for which the words may be."""
    mine = turn.open_projects
    if len(mine) == 1:
        return No("one project alone is under way")
    return mine if find_named(turn) is None else No("the words name their project")


@dataclass(frozen=True, slots=True)
class Awaited:
    """A project that waits for its team, and the text that answers the member meanwhile."""

    project: Project
    key: str


_AWAITED = {
    Intent.FOLLOWUP: "awaited.followup",
    Intent.HELP: "awaited.help",
    Intent.GREETING: "awaited.greeting",
}


def find_awaited(turn: Turn) -> Awaited | No:
    """Short words that ask for news or help, or greet, while the team has not decided. Once the
    project has a room they are for its advisors.
    """
    thread = _meant(turn)
    if thread.status is not ProjectStatus.SUBMITTED:
        return No("the team has decided")
    words = _words(turn)
    if turn.incoming.attachment is not None or len(words.split()) > SHORT_LENGTH:
        return No("the words may say more of the project")
    key = _awaited_key(turn, words)
    project = turn.uow.projects.whole(thread.ref) if key is not None else None
    if project is None or key is None:
        return No("the words ask nothing of the assistant")
    return Awaited(project, key)


def _awaited_key(turn: Turn, words: str) -> str | None:
    if turn.catalogue.language.steering.gives_up(words):
        return "awaited.give_up"
    understood = turn.understand(words)
    told = understood.intent is Intent.FOLLOWUP and not words.endswith("?")
    return None if understood.themes or told else _AWAITED.get(understood.intent)


def find_project(turn: Turn) -> Project | No:
    """The project for which the words are."""
    return _meant(turn)


def _words(turn: Turn) -> str:
    return turn.incoming.text.strip()


def _meant(turn: Turn) -> Project:
    """The open project that is named, or the only one."""
    mine = turn.open_projects
    ref = find_named(turn) if len(mine) > 1 else None
    return next(project for project in mine if ref in {None, project.ref})
