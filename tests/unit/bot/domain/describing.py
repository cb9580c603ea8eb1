"""Drafts at the steps that tests start from."""

from bot.domain.intake.dialogue import begin, choose, hear
from bot.domain.intake.draft import Draft
from bot.domain.intake.effects import Act, Effect
from bot.domain.intake.listener import Listener
from tests.support.shipped import catalogue

MILL = "Nous avons une ancienne filature vide à Fontenay-le-Comte."
FONTENAY, LUCON = "85092", "85128"
DANGER = "Le mur s’effondre maintenant, des enfants jouent dessous !"


def listener() -> Listener:
    """That of the shipped words and places."""
    return catalogue().listener


def begun(words: str, draft: Draft | None = None) -> tuple[Draft, tuple[Effect, ...]]:
    """A description, and what is asked first."""
    return begin(draft or Draft(), words, listener().reader.understand(words), listener())


def heard(draft: Draft, words: str) -> tuple[Draft, tuple[Effect, ...]]:
    """Words at the draft’s step."""
    return hear(draft, words, listener())


def placed(draft: Draft, code: str) -> Draft:
    """The draft, with that place chosen if one was asked."""
    return choose(draft, f"code:{code}")[0] if draft.candidates else draft


def complete() -> Draft:
    """A draft at its summary."""
    draft, effects = begun(MILL, Draft(name="Martine Duval", function="maire"))
    assert (Act.SUMMARISE,) == effects
    return draft
