"""A draft is filled in: what is said joins it, and the first thing that is missing is asked."""

from dataclasses import replace

from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import Act, Ask, AskTheme, AskWhichPlace, Effect
from bot.domain.intake.listener import Listener
from bot.domain.understanding.reading import TerritoryReading, TerritoryStatus, Understanding
from bot.domain.urgency import Urgency
from bot.domain.wording.folding import folded_words

Progress = tuple[Draft, tuple[Effect, ...]]
"""The next draft, and what is to be done."""

LONGEST_ANSWER = 8
"""An answer of more words says more than it was asked: it joins the description, too."""

FEWEST_WORDS = 4
"""Fewer words that are no name (« oui », « pourquoi ? ») tell nothing about the project."""

_URGENCIES = list(Urgency)


def note(draft: Draft, words: str, understood: Understanding) -> Progress:
    """The words join the description, with what they tell of what was missing; the safety
    instructions are given if they are the first to speak of danger.
    """
    place = understood.territory
    if place.status is TerritoryStatus.UNIQUE and not (draft.territories or draft.candidates):
        draft = with_place(draft, place)
    urgency = max(draft.urgency, understood.urgency, key=_URGENCIES.index)
    danger = urgency is Urgency.IMMEDIATE and draft.urgency is not Urgency.IMMEDIATE
    draft = replace(
        draft,
        words=(*draft.words, words),
        area=place.area or draft.area,
        themes=draft.themes or tuple(theme.slug for theme in understood.themes),
        urgency=urgency,
    )
    return draft, (Act.WARN,) if danger else ()


def add(draft: Draft, words: str, listener: Listener) -> Progress:
    """The words join the description, as far as they alone are understood."""
    return note(draft, words, listener.reader.understand(words))


def add_if_long(draft: Draft, words: str, listener: Listener) -> Progress:
    """The same, if an answer says more than it was asked, or speaks of danger."""
    understood = listener.reader.understand(words)
    if understood.urgency is Urgency.IMMEDIATE or len(folded_words(words)) > LONGEST_ANSWER:
        return note(draft, words, understood)
    return draft, ()


def with_place(draft: Draft, reading: TerritoryReading) -> Draft:
    """The draft with the place that was read, or with the choice that is left."""
    if reading.status is TerritoryStatus.UNIQUE:
        return replace(draft, territories=reading.codes, candidates=(), placeless=False)
    return replace(draft, candidates=reading.codes or draft.candidates)


def with_candidates(draft: Draft, codes: tuple[str, ...]) -> Draft:
    """The draft with the places that are left: one is taken, several are to choose from."""
    if len(codes) == 1:
        return replace(draft, territories=codes, candidates=())
    return replace(draft, candidates=codes)


def go_on(progress: Progress, *said: Effect) -> Progress:
    """The warning if there is one, what is said, then the next question."""
    draft, warning = progress
    draft, effects = ask_next(draft)
    return draft, (*warning, *said, *effects)


def ask_next(draft: Draft) -> Progress:
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
    return _at_step(draft, IntakeStep.CONFIRM), (Act.SUMMARISE,)


def _at_step(draft: Draft, step: IntakeStep) -> Draft:
    return replace(draft, step=step, tries=draft.tries if step is draft.step else 0)
