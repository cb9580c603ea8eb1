"""The steps of the first conversation."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.intake.apply_correction import apply, reopened
from bot.domain.intake.consent import agrees, asks, declines, gives_up, objection
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import (
    Abandon,
    Ask,
    AskWhetherPlace,
    Effect,
    Say,
    Submit,
)
from bot.domain.intake.filling_in import (
    FEWEST_WORDS,
    LONGEST_ANSWER,
    Progress,
    kept_if_long,
    limited_to,
    noted,
    onward,
    placed_at,
    then,
)
from bot.domain.intake.place_answers import placed, settled
from bot.domain.intake.place_names import (
    area_named,
    commune_named,
    names,
    near,
    unknown_commune,
)
from bot.domain.intake.read_correction import read_correction
from bot.domain.understanding import Reader, TerritoryReading, TerritoryStatus, Understanding
from bot.domain.understanding.reading import NOWHERE
from bot.domain.urgency import Urgency
from bot.domain.wording.folding import folded_words
from bot.domain.wording.introduction import read_introduction

_NAMING = 4
"""No more words than that only named a place: « c'est Apremond »."""

CORRECTIONS = ("send", "place", "theme", "who", "more", "cancel")
"""The answers offered with the summary."""


def begin(draft: Draft, words: str, understood: Understanding, reader: Reader) -> Progress:
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
    draft, effects = then(noted(draft, words, understood), ())
    named = unknown_commune(words) if draft.step is IntakeStep.PLACE else None
    return (draft, effects) if named is None else _named_back(draft, effects, named, words, reader)


def _named_back(
    draft: Draft, effects: tuple[Effect, ...], named: str, words: str, reader: Reader
) -> Progress:
    """A commune was named that was not read: it is another's name, or nobody knows it."""
    known = reader.place(named)
    if known.codes:
        return then((limited_to(draft, reader.settle(words, known.codes)), effects[:-1]), ())
    asked = Ask("intake.commune_unknown", (), {"words": named})
    return replace(draft, tries=1), (*effects[:-1], asked)


def again(draft: Draft) -> tuple[Effect, ...]:
    """The question that waits for an answer, put again; none before a project is described."""
    if draft.step is IntakeStep.DESCRIBE:
        return ()
    if draft.step is IntakeStep.MORE:
        return (Ask("intake.ask_more"),)
    if draft.step is IntakeStep.MEANT:
        return (AskWhetherPlace(draft.meant),)
    return onward(draft)[1]


def hear(draft: Draft, words: str, reader: Reader) -> Progress:
    """The person wrote words that are none of the options."""
    words = words.strip()
    if gives_up(words):
        return draft, (Abandon(),)
    return _HEARD[draft.step](draft, words, reader)


def choose(draft: Draft, key: str) -> Progress:
    """The person took an option. One that is no longer open asks the present question again."""
    kind, _, value = key.partition(":")
    if kind == "cancel":
        return draft, (Abandon(),)
    if draft.step in {IntakeStep.CONFIRM, IntakeStep.MORE}:
        return reopened(draft, kind)
    match draft.step, kind:
        case IntakeStep.MEANT, "meant":
            short = len(draft.words[-1].split()) <= _NAMING
            said = draft.words[:-1] if short else draft.words
            place = replace(draft, words=said, territories=(), placeless=False)
            return then((limited_to(place, draft.meant), ()), ())
        case IntakeStep.MEANT, "not_meant":
            return then((draft, ()), (Say("intake.place_kept"),))
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
    return onward(draft)


def _described(draft: Draft, words: str, reader: Reader) -> Progress:
    return begin(draft, words, reader.understand("\n\n".join([*draft.words, words])), reader)


def _themed(draft: Draft, words: str, reader: Reader) -> Progress:
    reading = reader.theme_named(words)
    correction = read_correction(words, reader) if reading is None else None
    if correction is not None and correction.stated:
        return apply(draft, words, correction, reader)
    if reading is None:
        kept = noted(draft, words, reader.understand(words))
        return then((replace(kept[0], themeless=True), kept[1]), ())
    draft, warning = kept_if_long(draft, words, reader)
    return then((replace(draft, themes=(reading.slug,)), warning), ())


def _introduced(draft: Draft, words: str, reader: Reader) -> Progress:
    understood = reader.understand(words)
    danger = understood.urgency is Urgency.IMMEDIATE
    said = None if danger else read_introduction(words)
    short = len(folded_words(words)) <= LONGEST_ANSWER
    place = _office_elsewhere(draft, words, reader) if said or (short and not danger) else None
    corrected = (Say("intake.corrected"),) if place else ()
    draft = placed_at(draft, place) if place else draft
    if place and said is None:
        alone = names(place, words, share=1 / 2)
        return then((draft, ()) if alone else noted(draft, words, understood), corrected)
    if said is None and not danger:
        correction = read_correction(words, reader)
        if correction is not None and correction.stated:
            return apply(draft, words, correction, reader)
        if len(folded_words(words)) < FEWEST_WORDS or (
            short and (asks(words) or declines(words) or agrees(words))
        ):
            return _no_name(draft, words)
    if said is None:
        return then(noted(draft, words, understood), (Say("intake.added"),))
    if len(words.split()) == 1 and area_named(words, reader):
        return _no_name(draft, words)  # « Vendée » answers a question put before
    draft = replace(draft, name=said.name or draft.name, function=said.function or draft.function)
    if said.rest:
        return then(noted(draft, said.rest, reader.understand(said.rest)), corrected)
    return then((draft, ()), corrected)


def _office_elsewhere(draft: Draft, words: str, reader: Reader) -> TerritoryReading | None:
    """The one place that « commune de X » names for who writes, if it is not the draft's."""
    named = None if near(words) else commune_named(words)
    place = reader.place(named) if named else NOWHERE
    sure = place.status is TerritoryStatus.UNIQUE and reader.is_exact(place)
    return place if sure and set(place.codes).isdisjoint(draft.territories) else None


def _no_name(draft: Draft, words: str) -> Progress:
    """The words say no name: why it is asked, or how to say it, otherwise each time."""
    if draft.tries:
        question = "intake.who_again"
    elif asks(words):
        question = "intake.who_why"
    elif agrees(words):
        question = "intake.who_first"
    elif declines(words):
        question = "intake.who_needed"
    else:
        question = "intake.who_unclear"
    options = ("cancel",) if draft.tries or question == "intake.who_needed" else ()
    return replace(draft, tries=draft.tries + 1), (Ask(question, options),)


def _whether_meant(draft: Draft, words: str, reader: Reader) -> Progress:
    """Yes or no to « voulez-vous dire… ? »; other words are heard as if it had not been asked."""
    if agrees(words):
        return choose(draft, "meant")
    if objection(words) == "":
        return choose(draft, "not_meant")
    draft, _ = onward(draft)
    return hear(draft, words, reader)


def _added(draft: Draft, words: str, reader: Reader) -> Progress:
    return then(noted(draft, words, reader.understand(words)), (Say("intake.added"),))


def _answered(draft: Draft, words: str, reader: Reader) -> Progress:
    """Words about the summary: yes, no, a correction, or more about the project."""
    if agrees(words):
        return draft, (Submit(),)
    instead = objection(words)
    asked = Ask("intake.ask_correction", CORRECTIONS)
    if instead == "":
        return draft, (asked,)
    correction = read_correction(words, reader)
    if correction is not None:
        return apply(draft, words, correction, reader)
    if instead is None or len(folded_words(instead)) > LONGEST_ANSWER:
        return _added(draft, words, reader)
    draft, warning = noted(draft, words, reader.understand(words))
    return draft, (*warning, Say("intake.added"), asked)


_HEARD: Mapping[IntakeStep, Callable[[Draft, str, Reader], Progress]] = {
    IntakeStep.DESCRIBE: _described,
    IntakeStep.PLACE: placed,
    IntakeStep.WHICH_PLACE: settled,
    IntakeStep.THEME: _themed,
    IntakeStep.WHO: _introduced,
    IntakeStep.MORE: _added,
    IntakeStep.CONFIRM: _answered,
    IntakeStep.MEANT: _whether_meant,
}
"""What takes the words at each step."""
