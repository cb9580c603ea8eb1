"""The steps of the first conversation."""

import re
from dataclasses import replace

from bot.domain.folding import folded_words
from bot.domain.intake.consent import agrees, gives_up, objection
from bot.domain.intake.draft import Draft, Step
from bot.domain.intake.effects import (
    Abandon,
    Ask,
    AskTheme,
    AskWhichPlace,
    Effect,
    Say,
    Submit,
    Summarise,
    Warn,
)
from bot.domain.introduction import read_introduction
from bot.domain.understanding import Reader, TerritoryReading, TerritoryStatus, Understanding
from bot.domain.understanding.reading import NOWHERE
from bot.domain.urgency import Urgency

Progress = tuple[Draft, tuple[Effect, ...]]

TRIES_FOR_A_PLACE = 2
"""After that many places not found, going on without one is offered."""

LONGEST_ANSWER = 8
"""An answer of more words says more than it was asked: it joins the description, too."""

FEWEST_WORDS = 4
"""Fewer words that are no name (« oui », « pourquoi ? ») tell nothing about the project."""

CORRECTIONS = ("send", "place", "theme", "who", "more", "cancel")
"""The answers offered with the summary."""

_URGENCIES = list(Urgency)
_IT_IS = re.compile(r"\bc[’']est\b", re.IGNORECASE)


def begin(draft: Draft, words: str, understood: Understanding) -> Progress:
    """Words that describe the project; `understood` is the reading of all that was said of it."""
    reading = understood.territory
    settled = reading.status is TerritoryStatus.UNIQUE
    if not draft.territories:
        draft = replace(
            draft,
            territories=reading.codes if settled else (),
            candidates=() if settled else reading.codes,
        )
    if not draft.words and understood.urgency is Urgency.LOW:
        draft = replace(draft, urgency=Urgency.LOW)
    return _then(_noted(draft, words, understood), ())


def hear(draft: Draft, words: str, reader: Reader) -> Progress:
    """The person wrote words that are none of the options."""
    words = words.strip()
    match draft.step:
        case Step.DESCRIBE:
            said = "\n\n".join([*draft.words, words])
            return begin(draft, words, reader.understand(said))
        case Step.PLACE:
            return _placed(draft, words, reader)
        case Step.WHICH_PLACE:
            return _settled(draft, words, reader)
        case Step.THEME:
            return _themed(draft, words, reader)
        case Step.WHO:
            return _introduced(draft, words, reader)
        case Step.MORE:
            return _added(draft, words, reader)
        case Step.CONFIRM:
            return _answered(draft, words, reader)


def choose(draft: Draft, key: str) -> Progress:
    """The person took an option. One that is no longer open asks the present question again."""
    kind, _, value = key.partition(":")
    if kind == "cancel":
        return draft, (Abandon(),)
    if draft.step in {Step.CONFIRM, Step.MORE}:
        return _corrected(draft, kind)
    match draft.step, kind:
        case Step.WHICH_PLACE, "code" if value in draft.candidates:
            draft = replace(draft, territories=(value,), candidates=())
        case Step.PLACE | Step.WHICH_PLACE, "placeless":
            draft = replace(draft, placeless=True, candidates=())
        case Step.THEME, "theme" if value:
            draft = replace(draft, themes=(value,))
        case Step.THEME, "themeless":
            draft = replace(draft, themeless=True)
    return _onward(draft)


def _placed(draft: Draft, words: str, reader: Reader) -> Progress:
    noted = _kept_if_long(draft, words, reader)
    long = noted[0].words != draft.words
    reading = _place_in(words, reader)
    if reading.status is TerritoryStatus.ABSENT and not long:
        draft = replace(draft, tries=draft.tries + 1)
        offered = ("placeless",) if draft.tries >= TRIES_FOR_A_PLACE else ()
        return draft, (Ask("intake.place_unknown", offered, {"words": words}),)
    return _then((_at(noted[0], reading), noted[1]), ())


def _settled(draft: Draft, words: str, reader: Reader) -> Progress:
    left = reader.settle(words, draft.candidates)
    if not left or len(left) == len(draft.candidates):
        elsewhere = _place_in(words, reader)
        if elsewhere.status is TerritoryStatus.ABSENT or _names(elsewhere, words, share=1 / 2):
            return _placed(draft, words, reader)
        # « Jean Dupont, adjoint au maire » holds the name of a commune, and is a person.
        return _then(_kept_if_long(draft, words, reader), ())
    draft, warning = _kept_if_long(draft, words, reader)
    if len(left) == 1:
        draft = replace(draft, territories=left, candidates=())
    else:
        draft = replace(draft, candidates=left)
    return _then((draft, warning), ())


def _themed(draft: Draft, words: str, reader: Reader) -> Progress:
    reading = reader.theme_named(words)
    if reading is None:
        noted = _noted(draft, words, reader.understand(words))
        return _then((replace(noted[0], themeless=True), noted[1]), ())
    draft, warning = _kept_if_long(draft, words, reader)
    return _then((replace(draft, themes=(reading.slug,)), warning), ())


def _introduced(draft: Draft, words: str, reader: Reader) -> Progress:
    understood = reader.understand(words)
    danger = understood.urgency is Urgency.IMMEDIATE
    said = None if danger else read_introduction(words)
    if said is None and len(folded_words(words)) < FEWEST_WORDS and not danger:
        return _onward(draft)
    if said is None:
        return _then(_noted(draft, words, understood), (Say("intake.added"),))
    draft = replace(draft, name=said.name or draft.name, function=said.function or draft.function)
    if said.rest:
        return _then(_noted(draft, said.rest, reader.understand(said.rest)), ())
    return _onward(draft)


def _added(draft: Draft, words: str, reader: Reader) -> Progress:
    return _then(_noted(draft, words, reader.understand(words)), (Say("intake.added"),))


def _answered(draft: Draft, words: str, reader: Reader) -> Progress:
    """Words about the summary: yes, no, a correction, or more about the project."""
    if agrees(words):
        return draft, (Submit(),)
    if gives_up(words):
        return draft, (Abandon(),)
    instead = objection(words)
    if instead is None or len(folded_words(instead)) > LONGEST_ANSWER:
        return _added(draft, words, reader)
    asked = Ask("intake.ask_correction", CORRECTIONS)
    if not instead:
        return draft, (asked,)
    place, theme = _place_in(instead, reader), reader.theme_named(instead)
    if theme is not None and not _names(place, instead, share=2 / 3):
        return _onward(replace(draft, themes=(theme.slug,)))
    if place.status is not TerritoryStatus.ABSENT:
        return _onward(_at(replace(draft, territories=()), place))
    draft, warning = _noted(draft, words, reader.understand(words))
    return draft, (*warning, Say("intake.added"), asked)


def _corrected(draft: Draft, kind: str) -> Progress:
    match kind:
        case "send":
            return draft, (Submit(),)
        case "place":
            draft = replace(draft, territories=(), candidates=(), placeless=False, tries=0)
        case "theme":
            draft = replace(draft, themes=(), themeless=False)
        case "who":
            draft = replace(draft, name="", function="")
        case "more":
            return replace(draft, step=Step.MORE), (Ask("intake.ask_more"),)
    return _onward(draft)


def _noted(draft: Draft, words: str, understood: Understanding) -> Progress:
    """The words join the description, with what they tell of what was missing; and the safety
    instructions, if they are the first to speak of danger.
    """
    place = understood.territory
    if place.status is TerritoryStatus.UNIQUE and not (draft.territories or draft.candidates):
        draft = _at(draft, place)
    urgency = max(draft.urgency, understood.urgency, key=_URGENCIES.index)
    danger = urgency is Urgency.IMMEDIATE and draft.urgency is not Urgency.IMMEDIATE
    draft = replace(
        draft,
        words=(*draft.words, words),
        themes=draft.themes or tuple(theme.slug for theme in understood.themes),
        urgency=urgency,
    )
    return draft, (Warn(),) if danger else ()


def _kept_if_long(draft: Draft, words: str, reader: Reader) -> Progress:
    """The same for an answer that says more than it was asked, or speaks of danger."""
    understood = reader.understand(words)
    if understood.urgency is Urgency.IMMEDIATE or len(folded_words(words)) > LONGEST_ANSWER:
        return _noted(draft, words, understood)
    return draft, ()


def _place_in(words: str, reader: Reader) -> TerritoryReading:
    """The place that an answer names, in a sentence or alone."""
    reading = reader.understand(words).territory
    if reading.status is not TerritoryStatus.ABSENT:
        return reading
    words = _IT_IS.split(words)[-1].strip() or words
    alone = reader.place(words)
    # « On ne sait pas » holds the name of a commune, and is not the name of one.
    return alone if _names(alone, words, share=1 / 3) else NOWHERE


def _names(reading: TerritoryReading, words: str, share: float) -> bool:
    """Whether the place makes up such a share of the words."""
    read = sum(len(evidence.words.replace(" ", "")) for evidence in reading.evidence)
    return read >= share * len(words.replace(" ", ""))


def _at(draft: Draft, reading: TerritoryReading) -> Draft:
    if reading.status is TerritoryStatus.UNIQUE:
        return replace(draft, territories=reading.codes, candidates=(), placeless=False)
    return replace(draft, candidates=reading.codes or draft.candidates)


def _then(noted: Progress, said: tuple[Effect, ...]) -> Progress:
    """The warning if there is one, what is said, then the next question."""
    draft, effects = _onward(noted[0])
    return draft, (*noted[1], *said, *effects)


def _onward(draft: Draft) -> Progress:
    """Ask for the first thing that is missing, or show the summary."""
    if not draft.words:
        return replace(draft, step=Step.DESCRIBE), (Ask("intake.ask_description"),)
    if draft.candidates:
        return replace(draft, step=Step.WHICH_PLACE), (AskWhichPlace(draft.candidates),)
    if not draft.territories and not draft.placeless:
        return replace(draft, step=Step.PLACE), (Ask("intake.ask_place"),)
    if not draft.themes and not draft.themeless:
        return replace(draft, step=Step.THEME), (AskTheme(),)
    if not draft.name:
        question = "intake.ask_name" if draft.function else "intake.ask_who"
        return replace(draft, step=Step.WHO), (Ask(question),)
    return replace(draft, step=Step.CONFIRM), (Summarise(),)
