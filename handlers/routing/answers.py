"""What the table asks of the words of a member that answer something: a choice, a day, a state.

All of it only reads: each question returns what it found, or why its row does not take the words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.dialogues import AskedWhen
from bot.domain.people import Side
from bot.domain.projects.project import Project
from bot.domain.wording.answers import RecommendationAnswer, match_choice
from bot.ports.network import Choice
from handlers.context.project_lookup import find_named, find_own
from handlers.context.turn import Turn
from handlers.recommendations import postponing, status
from handlers.routing.row import No
from handlers.safety import resolution
from handlers.safety.alert import speaks_of_danger


def find_typed_choice(turn: Turn) -> str | No:
    """The key of the choice that the words name: among those of the message that they answer, else
    among those put last here.

    An advisor's words that came in between may be what is answered: « 2 » or « c'est fait » are
    then words like others. A dialogue that holds words takes no answers but its own.
    """
    key, under_way = _find_choice(turn), turn.dialogue.under_way
    if isinstance(key, No):
        return key
    if _names_question(turn):
        return key
    if under_way is not None and under_way.holds_words and not key.startswith(under_way.kind + ":"):
        return No("the dialogue under way takes its own answers alone")
    return No("an advisor asked something since") if _asked_since(turn, key) else key


def find_typed_in_shared(turn: Turn) -> str | No:
    """Likewise where several people talk. In a project's room plain words are for the members: only
    those count that answer the question as a reply, or are said backstage.
    """
    if turn.private:
        return No("this is a private chat")
    room = turn.who.room is not None
    if room and not (_names_question(turn) or turn.incoming.backstage):
        return No("words in a project's room are for its members")
    return _find_choice(turn)


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
    if asked.unread or find_named(turn) is not None or status.states_said(turn, words):
        return No("the words are no date, and are about something else")
    answer = status.read_answer(turn, words) if asked.number else None
    return AnswerToWhen(asked, project, status=answer)


def find_day_answered(turn: Turn) -> AnswerToWhen | No:
    """A day, in answer to an earlier « quand ? »."""
    offered = turn.answered.choices if turn.answered is not None else ()
    key = next((c.key for c in offered if c.key.startswith(f"{AskedWhen.kind}:")), None)
    if key is None:
        return No("the words answer no « quand ? »")
    _, ref, number, _ = key.split(":")
    project = find_own(turn, ref)
    day = postponing.find_day(turn, project, _words(turn)) if project is not None else None
    if project is None or day is None or _no_answer(turn, _words(turn)) is not None:
        return No("the words name no day")
    return AnswerToWhen(AskedWhen(ref, int(number), unread=False), project, day=day)


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


def find_state_answered(turn: Turn) -> StateSaid | No:
    """Where the recommendation, or the project, stands about which the message answered asks."""
    if not _names_question(turn):
        return No("the words answer no message that offers choices")
    return _no_answer(turn, _words(turn)) or _find_state(turn)


def find_state(turn: Turn) -> StateSaid | No:
    """Where the recommendation, or the project, asked about last stands."""
    words = _words(turn)
    no_answer = _no_answer(turn, words)
    if no_answer is not None:
        return no_answer
    if status.states_said(turn, words):
        return No("recommendations are named by their numbers: the advisors read that, too")
    key = _asks_for_state(turn)
    if key is not None and _asked_since(turn, key):
        return No("an advisor asked something since")
    return _find_state(turn)


def _find_state(turn: Turn) -> StateSaid | No:
    """Asked about several things, words that name none answer for none."""
    words, key = _words(turn), _asks_for_state(turn)
    if key is None or len({_subject(choice) for choice in _choices_meant(turn)}) > 1:
        return No("no state was asked about, or several")
    kind, ref, rest = key.split(":", 2)
    project, answer = find_own(turn, ref), status.read_answer(turn, words)
    if project is None or answer is None:
        return No("the words say no state")
    if kind == "mark":
        return StateSaid(project, int(rest.partition(":")[0]), answer)
    later = answer.status is None and postponing.find_day(turn, project, words) is not None
    return StateSaid(project, 0, answer) if later else No("the words put the project off to no day")


def _asks_for_state(turn: Turn) -> str | None:
    """A choice that says a state: of a recommendation, before that of the whole project."""
    asked = [c.key for c in _choices_meant(turn) if c.key.startswith(("mark:", "pulse:"))]
    return min(asked, default=None)


def _words(turn: Turn) -> str:
    return turn.incoming.text.strip()


def _find_choice(turn: Turn) -> str | No:
    words, asked = _words(turn), _choices_meant(turn)
    if not words or not asked:
        return No("no choice is waiting for an answer")
    labels = {choice.key: choice.label for choice in asked}
    key = match_choice(words, labels, turn.catalogue.language.answers)
    return key if key is not None else No("the words are none of the choices put last")


def _names_question(turn: Turn) -> bool:
    """Whether the words answer, as a reply, a message that offers choices."""
    return turn.answered is not None and bool(turn.answered.choices)


def _choices_meant(turn: Turn) -> tuple[Choice, ...]:
    """The choices of the message that the words answer, else those put last here. Who answers
    somebody's words takes none.
    """
    answered = turn.answered
    if answered is None or (not answered.choices and answered.kind != "relay"):
        return turn.dialogue.asked
    return answered.choices


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
