"""Words that answer what was asked last: a choice by its number or label, a state, a date."""

from dataclasses import replace
from datetime import datetime

from bot.domain.people import Side
from bot.domain.projects.project import Project
from bot.domain.wording.answers import match_choice
from handlers.context.dialogues import HOLDING_WORDS, LATER
from handlers.context.project_lookup import answered, named, own
from handlers.context.turn import Turn
from handlers.context.utterance import Utterance
from handlers.recommendations import postponing, status
from handlers.routing import which_project
from handlers.safety import resolution
from handlers.safety.alert import speaks_of_danger


def choice(turn: Turn, words: str) -> str | None:
    """The key of the choice that the words name, among those put last at this place.

    An advisor's words that came in between may be what is answered: « 2 » or « c'est fait » are
    then words like others. A dialogue that holds words takes no answers but its own.
    """
    asked, flow = turn.dialogue.asked, turn.dialogue.flow
    key = match_choice(words, asked, turn.catalogue.language.answers) if words and asked else None
    if key is None or (flow in HOLDING_WORDS and key.partition(":")[0] != flow):
        return None
    return None if _spoken_since(turn, key) else key


def state_or_day(turn: Turn, words: str) -> bool:
    """Whether the words answered the follow-up or the recommendation asked about last, or the
    question that « plus tard » opened, and were recorded as such. Asked about several projects,
    words that name none answer for none.
    """
    if not words or speaks_of_danger(turn, words):
        return False
    if turn.dialogue.flow == LATER:
        return _day(turn, words)
    endangered = resolution.confirmed(turn, words)
    if endangered is not None:
        resolution.chosen(turn, f"{endangered.ref}:{resolution.SECURED}")
        return True
    if status.states_said(turn, words):
        return False
    return _asked_last(turn, words)


def _asked_last(turn: Turn, words: str) -> bool:
    """Whether the words answered the question about a recommendation, or a project, put last."""
    asked = [c.key for c in turn.dialogue.asked if c.key.startswith(("mark:", "pulse:"))]
    key = min(asked, default=None)  # that of a recommendation before that of the whole project
    several = len({_about(c.key) for c in turn.dialogue.asked}) > 1
    if key is None or several or _spoken_since(turn, key):
        return False
    kind, ref, rest = key.split(":", 2)
    project = own(turn, ref)
    if project is None:
        return False
    if kind == "pulse":
        return postponing.put_off(turn, project, words)
    return status.in_words(turn, project, int(rest.partition(":")[0]), words)


def _day(turn: Turn, words: str) -> bool:
    """Whether the words answered « quand ? », by a date, by a state instead, or by words in which
    no date could be read: those are passed on, and the question is put once more.
    """
    project = postponing.pending(turn)
    if project is None or postponing.heard(turn, project, words):
        return project is not None
    number, told = turn.dialogue.data["number"], turn.dialogue.data["unread"]
    if told or named(turn, words) or answered(turn) or status.states_said(turn, words):
        postponing.give_up(turn)
        return False
    if number and status.in_words(turn, project, number, words):
        return True
    alone = replace(Utterance.of(turn), text=words, attachment=None)
    which_project.pass_on(turn, project, alone, named=True)
    postponing.say_unread(turn, project, words)
    return True


def _about(key: str) -> str:
    """The project that a choice is about, and its recommendation if it marks one."""
    kind, _, rest = key.partition(":")
    return rest.rpartition(":")[0] if kind == "mark" else rest.partition(":")[0]


def _spoken_since(turn: Turn, key: str) -> bool:
    """Whether an advisor asked something after the question to which the choice belongs."""
    kind, _, rest = key.partition(":")
    if kind not in {"mark", "pulse", LATER}:
        return False
    ref, _, rest = rest.partition(":")
    project = own(turn, ref)
    if project is None or project.members_owe_since is None:
        return False
    if kind == LATER:
        # « Plus tard » was an act of a member: what is owed since then was asked after it.
        return True
    number = int(rest.partition(":")[0]) if kind == "mark" else 0
    return (project.last_advisor_word_at or project.submitted_at) > _asked_at(project, number)


def _asked_at(project: Project, number: int) -> datetime:
    recommendation = project.recommendation(number)
    published = [recommendation.published_at] if recommendation is not None else []
    sent = [followup.at for followup in project.followups if followup.to is Side.MEMBERS]
    return max([project.submitted_at, *published, *sent])
