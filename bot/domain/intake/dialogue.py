"""The steps of the first conversation."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.intake.apply_correction import apply, reopen
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import Act, Ask, AskWhetherPlace, Effect, Say
from bot.domain.intake.filling_in import (
    FEWEST_WORDS,
    LONGEST_ANSWER,
    Progress,
    add,
    add_if_long,
    ask_next,
    go_on,
    note,
    with_candidates,
    with_place,
)
from bot.domain.intake.listener import Listener
from bot.domain.intake.place_answers import hear_place, hear_which_place
from bot.domain.intake.place_names import area_named, names
from bot.domain.intake.read_correction import read_correction
from bot.domain.intake.written_names import commune_named, unknown_commune
from bot.domain.understanding.reading import (
    NOWHERE,
    TerritoryReading,
    TerritoryStatus,
    Understanding,
)
from bot.domain.urgency import Urgency
from bot.domain.wording.folding import folded_words
from bot.domain.wording.introduction import Introduction, read_introduction

_NAMING = 4
"""No more words than that only named a place: « c'est Apremond »."""

CORRECTIONS = ("send", "place", "theme", "who", "more", "cancel")
"""The answers offered with the summary."""


def begin(draft: Draft, words: str, understood: Understanding, listener: Listener) -> Progress:
    """Words that describe the project; `understood` is the reading of all that was said of it."""
    reading = understood.territory
    unique = reading.status is TerritoryStatus.UNIQUE
    if not draft.territories:
        draft = replace(
            draft,
            territories=reading.codes if unique else (),
            candidates=() if unique else reading.codes,
        )
    if not draft.words and understood.urgency is Urgency.LOW:
        draft = replace(draft, urgency=Urgency.LOW)
    draft, effects = go_on(note(draft, words, understood))
    named = unknown_commune(words, listener.places) if draft.step is IntakeStep.PLACE else None
    if named is None:
        return draft, effects
    return _name_back(draft, effects[:-1], named, words, listener)


def _name_back(
    draft: Draft, warning: tuple[Effect, ...], named: str, words: str, listener: Listener
) -> Progress:
    """A commune was named that was not read: it is another's name, or nobody knows it."""
    known = listener.reader.place(named)
    if known.codes:
        left = listener.reader.narrow(words, known.codes)
        return go_on((with_candidates(draft, left), warning))
    asked = Ask("intake.commune_unknown", (), {"words": named})
    return replace(draft, tries=1), (*warning, asked)


def again(draft: Draft) -> tuple[Effect, ...]:
    """The question that waits for an answer, put again; none before a project is described."""
    if draft.step is IntakeStep.DESCRIBE:
        return ()
    if draft.step is IntakeStep.MORE:
        return (Ask("intake.ask_more"),)
    if draft.step is IntakeStep.MEANT:
        return (AskWhetherPlace(draft.meant),)
    return ask_next(draft)[1]


def hear(draft: Draft, words: str, listener: Listener) -> Progress:
    """The person wrote words that are none of the options."""
    words = words.strip()
    if listener.consent.gives_up(words):
        return draft, (Act.ABANDON,)
    return _AT_STEP[draft.step](draft, words, listener)


def choose(draft: Draft, key: str) -> Progress:
    """The person took an option. One that is no longer open asks the present question again."""
    kind, _, value = key.partition(":")
    if kind == "cancel":
        return draft, (Act.ABANDON,)
    if draft.step in {IntakeStep.CONFIRM, IntakeStep.MORE}:
        return reopen(draft, kind)
    match draft.step, kind:
        case IntakeStep.MEANT, "meant":
            short = len(draft.words[-1].split()) <= _NAMING
            said = draft.words[:-1] if short else draft.words
            place = replace(draft, words=said, territories=(), placeless=False)
            return go_on((with_candidates(place, draft.meant), ()))
        case IntakeStep.MEANT, "not_meant":
            return go_on((draft, ()), Say("intake.place_kept"))
        case IntakeStep.WHICH_PLACE, "code" if value in draft.candidates:
            draft = replace(draft, territories=(value,), candidates=())
        case IntakeStep.WHICH_PLACE, "elsewhere":
            draft = replace(draft, territories=(), candidates=())
        case IntakeStep.PLACE | IntakeStep.WHICH_PLACE, "placeless":
            draft = replace(draft, placeless=True, candidates=())
        case IntakeStep.THEME, "theme" if value:
            draft = replace(draft, themes=(value,))
        case IntakeStep.THEME, "themeless":
            draft = replace(draft, themeless=True)
    return ask_next(draft)


def _hear_description(draft: Draft, words: str, listener: Listener) -> Progress:
    all_words = "\n\n".join([*draft.words, words])
    return begin(draft, words, listener.reader.understand(all_words), listener)


def _hear_theme(draft: Draft, words: str, listener: Listener) -> Progress:
    theme = listener.reader.theme_named(words)
    if theme is not None:
        draft, warning = add_if_long(draft, words, listener)
        return go_on((replace(draft, themes=(theme.slug,)), warning))
    correction = read_correction(words, listener)
    if correction is not None and correction.stated:
        return apply(draft, words, correction, listener)
    draft, warning = add(draft, words, listener)
    return go_on((replace(draft, themeless=True), warning))


def _hear_who(draft: Draft, words: str, listener: Listener) -> Progress:
    danger = listener.reader.understand(words).urgency is Urgency.IMMEDIATE
    said = None if danger else read_introduction(words, listener.introductions)
    short = len(folded_words(words)) <= LONGEST_ANSWER
    place = _office_elsewhere(draft, words, listener) if said or (short and not danger) else None
    corrected = (Say("intake.corrected"),) if place else ()
    draft = with_place(draft, place) if place else draft
    if said is not None:
        if len(words.split()) == 1 and area_named(words, listener):
            return _ask_name_again(draft, words, listener)  # « Vendée » answers what was put before
        return _introduce(draft, said, listener, corrected)
    if place is not None:
        alone = names(place, words, share=1 / 2)
        return go_on((draft, ()) if alone else add(draft, words, listener), *corrected)
    if not danger:
        correction = read_correction(words, listener)
        if correction is not None and correction.stated:
            return apply(draft, words, correction, listener)
        if len(folded_words(words)) < FEWEST_WORDS or (short and _answers_nothing(words, listener)):
            return _ask_name_again(draft, words, listener)
    return _add(draft, words, listener)


def _introduce(
    draft: Draft, who: Introduction, listener: Listener, said: tuple[Say, ...]
) -> Progress:
    """The draft is that of whoever they say they are."""
    draft = replace(draft, name=who.name or draft.name, function=who.function or draft.function)
    return go_on(add(draft, who.rest, listener) if who.rest else (draft, ()), *said)


def _answers_nothing(words: str, listener: Listener) -> bool:
    consent = listener.consent
    return consent.asks(words) or consent.declines(words) or consent.agrees(words)


def _office_elsewhere(draft: Draft, words: str, listener: Listener) -> TerritoryReading | None:
    """The one place that « commune de X » names for who writes, if it is not the draft's."""
    near = listener.places.near.said_in(words)
    named = None if near else commune_named(words, listener.places)
    place = listener.reader.place(named) if named else NOWHERE
    sure = place.status is TerritoryStatus.UNIQUE and listener.reader.is_exact(place)
    return place if sure and set(place.codes).isdisjoint(draft.territories) else None


def _ask_name_again(draft: Draft, words: str, listener: Listener) -> Progress:
    """The words say no name: why it is asked, or how to say it, otherwise each time."""
    consent = listener.consent
    if draft.tries:
        question = "intake.who_again"
    elif consent.asks(words):
        question = "intake.who_why"
    elif consent.agrees(words):
        question = "intake.who_first"
    elif consent.declines(words):
        question = "intake.who_needed"
    else:
        question = "intake.who_unclear"
    options = ("cancel",) if draft.tries or question == "intake.who_needed" else ()
    return replace(draft, tries=draft.tries + 1), (Ask(question, options),)


def _hear_whether_meant(draft: Draft, words: str, listener: Listener) -> Progress:
    """Yes or no to « voulez-vous dire… ? »; other words are heard as if it had not been asked."""
    if listener.consent.agrees(words):
        return choose(draft, "meant")
    if listener.consent.objection(words) == "":
        return choose(draft, "not_meant")
    draft, _ = ask_next(draft)
    return hear(draft, words, listener)


def _add(draft: Draft, words: str, listener: Listener) -> Progress:
    return go_on(add(draft, words, listener), Say("intake.added"))


def _hear_of_summary(draft: Draft, words: str, listener: Listener) -> Progress:
    """Words about the summary: yes, no, a correction, or more about the project."""
    if listener.consent.agrees(words):
        return draft, (Act.SUBMIT,)
    instead = listener.consent.objection(words)
    asked = Ask("intake.ask_correction", CORRECTIONS)
    if instead == "":
        return draft, (asked,)
    correction = read_correction(words, listener)
    if correction is not None:
        return apply(draft, words, correction, listener)
    if instead is None or len(folded_words(instead)) > LONGEST_ANSWER:
        return _add(draft, words, listener)
    draft, warning = add(draft, words, listener)
    return draft, (*warning, Say("intake.added"), asked)


_AT_STEP: Mapping[IntakeStep, Callable[[Draft, str, Listener], Progress]] = {
    IntakeStep.DESCRIBE: _hear_description,
    IntakeStep.PLACE: hear_place,
    IntakeStep.WHICH_PLACE: hear_which_place,
    IntakeStep.THEME: _hear_theme,
    IntakeStep.WHO: _hear_who,
    IntakeStep.MORE: _add,
    IntakeStep.CONFIRM: _hear_of_summary,
    IntakeStep.MEANT: _hear_whether_meant,
}
"""What takes the words at each step."""
