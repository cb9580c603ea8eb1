"""A draft goes on: what is said joins it, and the first thing that is missing is asked."""

from dataclasses import replace

from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import Ask, AskTheme, AskWhichPlace, Effect, Summarise, Warn
from bot.domain.understanding import Reader, TerritoryReading, TerritoryStatus, Understanding
from bot.domain.urgency import Urgency
from bot.domain.wording.folding import folded_words

Progress = tuple[Draft, tuple[Effect, ...]]

LONGEST_ANSWER = 8
"""An answer of more words says more than it was asked: it joins the description, too."""

FEWEST_WORDS = 4
"""Fewer words that are no name (« oui », « pourquoi ? ») tell nothing about the project."""

_URGENCIES = list(Urgency)


def noted(draft: Draft, words: str, understood: Understanding) -> Progress:
    """The words join the description, with what they tell of what was missing; and the safety
    instructions, if they are the first to speak of danger.
    """
    place = understood.territory
    if place.status is TerritoryStatus.UNIQUE and not (draft.territories or draft.candidates):
        draft = placed_at(draft, place)
    urgency = max(draft.urgency, understood.urgency, key=_URGENCIES.index)
    danger = urgency is Urgency.IMMEDIATE and draft.urgency is not Urgency.IMMEDIATE
    draft = replace(
        draft,
        words=(*draft.words, words),
        area=place.area or draft.area,
        themes=draft.themes or tuple(theme.slug for theme in understood.themes),
        urgency=urgency,
    )
    return draft, (Warn(),) if danger else ()


def kept_if_long(draft: Draft, words: str, reader: Reader) -> Progress:
    """The same for an answer that says more than it was asked, or speaks of danger."""
    understood = reader.understand(words)
    if understood.urgency is Urgency.IMMEDIATE or len(folded_words(words)) > LONGEST_ANSWER:
        return noted(draft, words, understood)
    return draft, ()


def placed_at(draft: Draft, reading: TerritoryReading) -> Draft:
    """The draft with the place that was read, or with the choice that is left."""
    if reading.status is TerritoryStatus.UNIQUE:
        return replace(draft, territories=reading.codes, candidates=(), placeless=False)
    return replace(draft, candidates=reading.codes or draft.candidates)


def limited_to(draft: Draft, codes: tuple[str, ...]) -> Draft:
    """The draft with the places that are left: one is taken, several are to choose from."""
    if len(codes) == 1:
        return replace(draft, territories=codes, candidates=())
    return replace(draft, candidates=codes)


def then(kept: Progress, said: tuple[Effect, ...]) -> Progress:
    """The warning if there is one, what is said, then the next question."""
    draft, effects = onward(kept[0])
    return draft, (*kept[1], *said, *effects)


def onward(draft: Draft) -> Progress:
    """Ask for the first thing that is missing, or show the summary."""
    if not draft.words:
        return _at_step(draft, IntakeStep.DESCRIBE), (Ask("intake.ask_description"),)
    if draft.candidates:
        return _at_step(draft, IntakeStep.WHICH_PLACE), (AskWhichPlace(draft.candidates),)
    if not draft.territories and not draft.placeless:
        return _at_step(draft, IntakeStep.PLACE), (Ask("intake.ask_place"),)
    if not draft.themes and not draft.themeless:
        return _at_step(draft, IntakeStep.THEME), (AskTheme(),)
    if not draft.name:
        question = "intake.ask_name" if draft.function else "intake.ask_who"
        return _at_step(draft, IntakeStep.WHO), (Ask(question),)
    return _at_step(draft, IntakeStep.CONFIRM), (Summarise(),)


def _at_step(draft: Draft, step: IntakeStep) -> Draft:
    return replace(draft, step=step, tries=draft.tries if step is draft.step else 0)
