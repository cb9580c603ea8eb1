"""What the table asks of the words that a member, or somebody new, says in their private chat.

All of it only reads: each question returns what it found, or why its row does not take the words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.dialogues import (
    AskedWhen,
    CommandWaiting,
    IntakeDialogue,
    Unreadable,
    WhichProject,
)
from bot.domain.people import Side
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.understanding.reading import Intent, TerritoryStatus
from bot.domain.urgency import Urgency
from bot.domain.utterance import Utterance
from bot.domain.wording.answers import RecommendationAnswer, match_choice
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import Choice
from handlers.context.project_lookup import find_answered_reference, find_own, find_reference
from handlers.context.turn import Turn
from handlers.context.utterance import utterance_of
from handlers.projects import pause
from handlers.recommendations import postponing, status
from handlers.routing.row import No
from handlers.safety import resolution
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


def find_typed_choice(turn: Turn) -> str | No:
    """The key of the choice that the words name, among those put last here.

    An advisor's words that came in between may be what is answered: « 2 » or « c'est fait » are
    then words like others. A dialogue that holds words takes no answers but its own.
    """
    words, asked, under_way = _words(turn), turn.dialogue.asked, turn.dialogue.under_way
    if not words or not asked:
        return No("no choice is waiting for an answer")
    labels = {choice.key: choice.label for choice in asked}
    key = match_choice(words, labels, turn.catalogue.language.answers)
    if key is None:
        return No("the words are none of the choices put last")
    if under_way is not None and under_way.holds_words and not key.startswith(under_way.kind + ":"):
        return No("the dialogue under way takes its own answers alone")
    return No("an advisor asked something since") if _asked_since(turn, key) else key


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


@dataclass(frozen=True, slots=True)
class AnswerToWhen:
    """What was said after « quand ? »: a day, or where things stand, or neither."""

    asked: AskedWhen
    project: Project
    day: date | None = None
    status: RecommendationAnswer | None = None


def find_answer_to_when(turn: Turn) -> AnswerToWhen | No:
    """A day, or a state instead. Words without either are passed on, and the question is put once
    more; only once, and not when they are about something else.
    """
    asked, words = turn.dialogue.under_way, _words(turn)
    if not isinstance(asked, AskedWhen):
        return No("« quand ? » was not asked")
    project = postponing.project_awaiting_day(turn, asked)
    if project is None:
        return No("« quand ? » waits for an answer no more")
    no_answer = _no_answer(turn, words)
    if no_answer is not None:
        return no_answer
    day = postponing.find_day(turn, project, words)
    if day is not None:
        return AnswerToWhen(asked, project, day=day)
    if asked.unread or _about(turn) is not None or status.states_said(turn, words):
        return No("the words are no date, and are about something else")
    answer = status.read_answer(turn, words) if asked.number else None
    return AnswerToWhen(asked, project, status=answer)


def find_dealt_with(turn: Turn) -> str | No:
    """The answer that the danger asked about last is over, as if it had been tapped."""
    words = _words(turn)
    project = resolution.find_confirmed(turn, words)
    if project is None:
        return No("no danger asked about is said to be over")
    return _no_answer(turn, words) or f"{project.ref}:{resolution.SECURED}"


@dataclass(frozen=True, slots=True)
class StateSaid:
    """What the words say of a recommendation; number 0: of the whole project."""

    project: Project
    number: int
    answer: RecommendationAnswer


def find_state(turn: Turn) -> StateSaid | No:
    """Where the recommendation, or the project, asked about last stands. Asked about several, words
    that name none answer for none.
    """
    words = _words(turn)
    no_answer = _no_answer(turn, words)
    if no_answer is not None:
        return no_answer
    if status.states_said(turn, words):
        return No("recommendations are named by their numbers: the advisors read that, too")
    asked = [c.key for c in turn.dialogue.asked if c.key.startswith(("mark:", "pulse:"))]
    key = min(asked, default=None)  # that of a recommendation before that of the whole project
    if key is None or len({_subject(choice) for choice in turn.dialogue.asked}) > 1:
        return No("no state was asked about, or several")
    if _asked_since(turn, key):
        return No("an advisor asked something since")
    kind, ref, rest = key.split(":", 2)
    project, answer = find_own(turn, ref), status.read_answer(turn, words)
    if project is None or answer is None:
        return No("the words say no state")
    if kind == "mark":
        return StateSaid(project, int(rest.partition(":")[0]), answer)
    later = answer.status is None and postponing.find_day(turn, project, words) is not None
    return StateSaid(project, 0, answer) if later else No("the words put the project off to no day")


def find_newcomer(turn: Turn) -> list[Utterance] | No:
    """What somebody without a project under way says."""
    return No("a project is under way") if turn.open_projects else [utterance_of(turn)]


def find_ended(turn: Turn) -> str | No:
    """The reference of a project that has ended, named or answered."""
    ref = _about(turn)
    if ref is None or any(project.ref == ref for project in turn.open_projects):
        return No("the words name no project that has ended")
    return ref


def find_another(turn: Turn) -> list[Project] | No:
    """Words that announce another project, or describe one: of another theme, or, at length, of
    another commune than those under way. A place named in passing is none, nor is an answer to an
    advisor.
    """
    words, mine = turn.incoming.text, turn.open_projects
    if _about(turn) is not None:
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
    return mine if _about(turn) is None else No("the words name their project")


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


def _about(turn: Turn) -> str | None:
    """The project that the words name, or that of the message they answer."""
    return find_answered_reference(turn) or find_reference(turn, turn.incoming.text)


def _meant(turn: Turn) -> Project:
    """The open project that is named, or the only one."""
    mine = turn.open_projects
    ref = _about(turn) if len(mine) > 1 else None
    return next(project for project in mine if ref in {None, project.ref})


def _no_answer(turn: Turn, words: str) -> No | None:
    """Why the words answer nothing, whatever was asked."""
    if not words:
        return No("a file came without words")
    return No("the words report a danger") if speaks_of_danger(turn, words) else None


def _subject(choice: Choice) -> str:
    """The project that a choice is about, and its recommendation if it marks one."""
    kind, _, rest = choice.key.partition(":")
    return rest.rpartition(":")[0] if kind == "mark" else rest.partition(":")[0]


def _asked_since(turn: Turn, key: str) -> bool:
    """Whether an advisor asked something after the question to which the choice belongs."""
    kind, _, rest = key.partition(":")
    if kind not in {"mark", "pulse", AskedWhen.kind}:
        return False
    ref, _, rest = rest.partition(":")
    project = find_own(turn, ref)
    if project is None or project.members_owe_since is None:
        return False
    if kind == AskedWhen.kind:
        # « Plus tard » was an act of a member: what is owed since then was asked after it.
        return True
    number = int(rest.partition(":")[0]) if kind == "mark" else 0
    return (project.last_advisor_word_at or project.submitted_at) > _asked_at(project, number)


def _asked_at(project: Project, number: int) -> datetime:
    recommendation = project.recommendation(number)
    published = [recommendation.published_at] if recommendation is not None else []
    sent = [followup.at for followup in project.followups if followup.to is Side.MEMBERS]
    return max([project.submitted_at, *published, *sent])
