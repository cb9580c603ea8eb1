"""For which project a member's words are meant: theirs, the one they name, or a new one."""

from collections.abc import Sequence

from bot.domain.projects.project import Project
from bot.domain.understanding import Intent, TerritoryStatus
from bot.ports.network import Choice
from handlers.context.dialogues import WHICH
from handlers.context.project_lookup import answered, named, project_choice
from handlers.context.turn import Turn
from handlers.context.utterance import Utterance, waiting
from handlers.intake import dialogue, first_message
from handlers.recommendations import status
from handlers.routing import while_waiting
from handlers.safety.alert import alert_teams, speaks_of_danger, warn
from handlers.thread.relay import from_member

FLOW = WHICH
NEW = "new"

DESCRIPTION_LENGTH = 20
"""Fewer words do not describe a new project: they are for the one under way."""


def said(turn: Turn) -> None:
    """A member wrote in their private chat: it goes to the room of the project that is meant, once
    that is known.
    """
    mine = _open_projects(turn)
    ref = answered(turn) or named(turn, turn.incoming.text)
    if ref is None and _describes_another(turn, mine):
        _ask(turn, "which.new_or_not", mine)
    elif ref is None and len(mine) > 1:
        _ask(turn, "which.ask", mine)
    else:
        project = next((p for p in mine if ref in {None, p.ref}), None)
        if project is None:
            turn.refuse("relay.ended")
        elif not while_waiting.answered(turn, project):
            pass_on(turn, project, Utterance.of(turn), named=len(mine) > 1)


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


def heard(turn: Turn) -> None:
    """More words came instead of a choice: a reference says which project is meant; others wait
    with the first. With no project under way any more, they are those of somebody without one.
    """
    words, mine = turn.incoming.text, _open_projects(turn)
    if not mine:
        first_message.said(turn, _taken(turn, Utterance.of(turn)))
        return
    project = next((p for p in mine if p.ref in {answered(turn), named(turn, words)}), None)
    if project is not None:
        alone = turn.incoming.attachment is None and len(words.split()) == 1
        _deliver(turn, project, _taken(turn) if alone else _taken(turn, Utterance.of(turn)))
    else:
        _ask(turn, "which.ask", mine)


def chosen(turn: Turn, ref: str) -> None:
    """`which:REF` or `which:new` was tapped: the words that waited go there."""
    if turn.dialogue.flow != FLOW:
        turn.refuse("choices.stale")
        return
    mine = _open_projects(turn)
    project = next((p for p in mine if p.ref == ref), None)
    if project is not None:
        _deliver(turn, project, _taken(turn))
    elif ref == NEW:
        dialogue.describe(turn, _taken(turn))
    elif not mine:
        first_message.said(turn, _taken(turn))
    else:
        turn.refuse("choices.stale")


def _ask(turn: Turn, key: str, projects: Sequence[Project]) -> None:
    if speaks_of_danger(turn, turn.incoming.text):
        warn(turn, [theme.slug for theme in turn.understand(turn.incoming.text).themes])
        alert_teams(turn, projects)
    kept = [*waiting(turn), Utterance.of(turn)]
    turn.dialogue.flow = FLOW
    turn.dialogue.data = {"words": [words.to_data() for words in kept]}
    choices = [project_choice(FLOW, project) for project in projects]
    turn.ask(key, *choices, Choice(f"{FLOW}:{NEW}", turn.label("which.new")))


def _taken(turn: Turn, *more: Utterance) -> list[Utterance]:
    """The words that waited, and more; the dialogue is over."""
    taken = [*waiting(turn), *more]
    turn.dialogue.flow, turn.dialogue.data, turn.dialogue.asked = None, {}, ()
    return taken


def _deliver(turn: Turn, project: Project, said: Sequence[Utterance]) -> None:
    for words in said:
        pass_on(turn, project, words, named=words is said[-1], warned=True)


def _open_projects(turn: Turn) -> list[Project]:
    return [project for project in turn.projects if project.open]


def _describes_another(turn: Turn, mine: Sequence[Project]) -> bool:
    """Whether long words that name a place describe a project of another commune, or on another
    theme, than those under way. An answer to an advisor never does.
    """
    if len(turn.incoming.text.split()) < DESCRIPTION_LENGTH:
        return False
    if any(project.members_owe_since is not None for project in mine):
        return False
    understood = turn.understand(turn.incoming.text)
    place = understood.territory
    if understood.intent is not Intent.PROJECT or place.status is not TerritoryStatus.UNIQUE:
        return False
    places = {code for project in mine for code in project.territories}
    themes = {theme for project in mine for theme in project.themes}
    other_theme = understood.theme is not None and themes.isdisjoint(
        theme.slug for theme in understood.themes
    )
    return places.isdisjoint(place.codes) or other_theme
