"""A member is asked whether a danger is dealt with, and says so, by one tap or in any words.

What is recorded is what they said: nothing here says that something is safe.
"""

from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.domain.wording.danger_resolved import says_dealt_with, says_yes
from bot.ports.network import Choice
from config.texts import Texts
from handlers.context.project_lookup import find_own
from handlers.context.turn import Turn

FLOW = "danger"
SECURED, NOT_YET = "secured", "not_yet"


def answers(texts: Texts, project: Project) -> tuple[Choice, ...]:
    """The one-tap answers to « l’accès est-il fermé ou protégé ? »."""
    return tuple(
        Choice(f"{FLOW}:{project.ref}:{state}", texts.label(f"danger.{state}"))
        for state in (SECURED, NOT_YET)
    )


def choose(turn: Turn, key: str) -> None:
    """`danger:REF:state` was tapped by a member."""
    ref, _, state = key.partition(":")
    project = find_own(turn, ref)
    if project is None or state not in {SECURED, NOT_YET}:
        turn.refuse("choices.stale")
        return
    said = turn.label(f"danger.{state}")
    project.note_act(Side.MEMBERS, turn.now)
    kind = "notice" if state == SECURED else "safety"
    entry, thanks = turn.entry(EntryKind.SAID, said), f"danger.thanks_{state}"
    turn.announce(project, entry, "danger.told", thanks, kind=kind, state=said)
    if state == SECURED:
        secure(turn, project)


def is_dealt_with(turn: Turn, project: Project, words: str) -> bool:
    """Whether a member's words say that the danger on the project is dealt with."""
    language = turn.catalogue.language.danger_resolved
    return project.danger_since is not None and says_dealt_with(words, language)


def secure(turn: Turn, project: Project) -> None:
    """A member said that the danger is dealt with: it is asked about no more."""
    project.secure(turn.now)
    turn.uow.projects.record(project, turn.entry(EntryKind.SECURED))


def find_confirmed(turn: Turn, words: str) -> Project | None:
    """The project whose danger the words, an answer to the question put last, say is dealt with."""
    refs = {c.key.split(":")[1] for c in turn.dialogue.asked if c.key.startswith(f"{FLOW}:")}
    project = find_own(turn, refs.pop()) if len(refs) == 1 else None
    if project is None or project.danger_since is None:
        return None
    return project if says_yes(words, turn.catalogue.language.danger_resolved) else None
