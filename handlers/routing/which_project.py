"""For which project a member's words are meant: the one they name, or a new one."""

from collections.abc import Sequence

from bot.domain.dialogues import WhichProject
from bot.domain.projects.project import Project
from bot.domain.utterance import Utterance
from bot.ports.network import Choice
from handlers.context.project_lookup import find_answered_reference, find_reference, project_choice
from handlers.context.turn import Turn
from handlers.context.utterance import utterance_of, waiting_words
from handlers.intake import dialogue, first_message
from handlers.recommendations import status
from handlers.safety.alert import alert_teams, speaks_of_danger, warn
from handlers.thread.relay import from_member

KIND = WhichProject.kind
NEW = "new"


def ask(turn: Turn, projects: Sequence[Project], key: str) -> None:
    """Ask for which of the projects the words are; they wait with those that waited before. Danger
    does not wait: the instructions are given, and every team that may be concerned is told.
    """
    words = turn.incoming.text
    if speaks_of_danger(turn, words):
        warn(turn, [theme.slug for theme in turn.understand(words).themes])
        alert_teams(turn, projects)
    put_question(turn, key, projects, (*waiting_words(turn), utterance_of(turn)))


def put_question(
    turn: Turn, key: str, projects: Sequence[Project], words: tuple[Utterance, ...]
) -> None:
    """Put the question; the words wait for its answer."""
    turn.dialogue.under_way = WhichProject(words)
    choices = [project_choice(KIND, project) for project in projects]
    turn.ask(key, *choices, Choice(f"{KIND}:{NEW}", turn.label("which.new")))


def hear(turn: Turn, _: WhichProject) -> None:
    """More words came instead of a choice: a reference says which project is meant; others wait
    with the first. With no project under way any more, they are those of somebody without one.
    """
    words, mine = turn.incoming.text, turn.open_projects
    said = (*waiting_words(turn), utterance_of(turn))
    ref = find_answered_reference(turn), find_reference(turn, words)
    project = next((p for p in mine if p.ref in ref), None)
    if not mine:
        turn.dialogue.end()
        first_message.answer(turn, said)
    elif project is None:
        ask(turn, mine, "which.ask")
    else:
        alone = turn.incoming.attachment is None and len(words.split()) == 1
        turn.dialogue.end()
        _deliver(turn, project, said[:-1] if alone else said)


def choose(turn: Turn, ref: str) -> None:
    """`which:REF` or `which:new` was tapped: the words that waited go there."""
    waiting, mine = turn.dialogue.under_way, turn.open_projects
    if not isinstance(waiting, WhichProject):
        turn.refuse("choices.stale")
        return
    project = next((p for p in mine if p.ref == ref), None)
    if project is None and ref != NEW and mine:
        turn.refuse("choices.stale")
        return
    turn.dialogue.end()
    if project is not None:
        _deliver(turn, project, waiting.words)
    elif ref == NEW:
        dialogue.describe(turn, waiting.words)
    else:
        first_message.answer(turn, waiting.words)


def say(turn: Turn, project: Project) -> None:
    """The words of the event go to the room of the project; whoever has several reads which."""
    pass_on(turn, project, utterance_of(turn), named=len(turn.open_projects) > 1)


def pass_on(
    turn: Turn, project: Project, words: Utterance, *, named: bool, warned: bool = False
) -> None:
    """The words go to the room of the project; what they say of recommendations that they name by
    number is recorded, too.
    """
    said = status.states_said(turn, words.text)
    whole = turn.uow.projects.whole(project.ref) if said else None
    known = [(n, answer) for n, answer in said if whole is not None and whole.recommendation(n)]
    from_member(turn, project, words, named=named, warned=warned, confirmed=bool(known))
    if whole is not None:
        status.mark_named(turn, whole, known)


def _deliver(turn: Turn, project: Project, said: Sequence[Utterance]) -> None:
    for words in said:
        pass_on(turn, project, words, named=words is said[-1], warned=True)
