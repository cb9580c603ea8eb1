"""Words after a refusal meet it: its reason, whom to speak to, how to describe another project."""

from collections.abc import Sequence

from bot.domain.dialogues import AfterRefusal, IntakeDialogue
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.understanding.reading import Intent, TerritoryStatus
from bot.domain.utterance import Utterance, text_of
from bot.domain.wording.markup import quote
from bot.ports.network import Choice
from config.texts import Raw
from handlers.context.turn import Turn
from handlers.context.utterance import waiting_words

_ASKING = frozenset({Intent.FOLLOWUP, Intent.HELP})
"""What asks the assistant alone."""


def find_last(turn: Turn) -> Project | None:
    """The project of the person that ended last, if it was refused."""
    project = turn.projects[0] if turn.projects else None
    return project if project is not None and project.status is ProjectStatus.REFUSED else None


def describes_another(turn: Turn, refused: Project, words: str) -> bool:
    """Whether the words describe a project of another place."""
    understood = turn.understand(words)
    place = understood.territory
    return (
        understood.intent is Intent.PROJECT
        and place.status is not TerritoryStatus.ABSENT
        and set(place.codes).isdisjoint(refused.territories)
    )


def offer_another(turn: Turn) -> Choice:
    """The way to describe another project."""
    return Choice(f"{IntakeDialogue.kind}:another", turn.label("refusal.another"))


def tell(turn: Turn, refused: Project, said: Sequence[Utterance]) -> None:
    """Say why once, and who can be asked; words that describe a project wait for another one. What
    they say is kept in the story, and the person is told that it goes no further.
    """
    kept = (*waiting_words(turn), *(words for words in said if _worth_keeping(turn, words)))
    reminded = isinstance(turn.dialogue.under_way, AfterRefusal)
    turn.dialogue.under_way = AfterRefusal(kept)
    intent = turn.understand(text_of(said)).intent
    if intent is Intent.GREETING:
        turn.reply_about(refused, "refusal.greeting", offer_another(turn))
        return
    recorded = intent not in _ASKING and _record(turn, refused, said)
    if not reminded or not recorded:
        _remind(turn, refused)
    if recorded:
        turn.reply_about(refused, "refusal.kept", *([offer_another(turn)] if reminded else []))


def _remind(turn: Turn, refused: Project) -> None:
    turn.reply_about(
        refused,
        "refusal.reminder" if refused.departement else "refusal.reminder_placeless",
        offer_another(turn),
        reason=Raw(quote(refused.refusal)),
        portal=turn.catalogue.portals[refused.portal].name,
        departement=turn.catalogue.territories.departement_name(refused.departement),
    )


def _record(turn: Turn, refused: Project, said: Sequence[Utterance]) -> bool:
    """Whether there were words, which the story now has."""
    text = text_of(said)
    if text:
        turn.uow.projects.record(refused, turn.entry(EntryKind.SAID, text))
    return bool(text)


def _worth_keeping(turn: Turn, words: Utterance) -> bool:
    described = bool(words.text) and turn.understand(words.text).intent is Intent.PROJECT
    return described or words.attachment is not None
