"""The answers to « pour quelle commune ? » and « laquelle ? »."""

from dataclasses import replace

from bot.domain.intake.apply_correction import apply
from bot.domain.intake.draft import Draft
from bot.domain.intake.effects import Ask, Say
from bot.domain.intake.filling_in import (
    FEWEST_WORDS,
    Progress,
    add,
    add_if_long,
    ask_next,
    go_on,
    with_candidates,
    with_place,
)
from bot.domain.intake.listener import Listener
from bot.domain.intake.place_names import area_named, names, place_in
from bot.domain.intake.read_correction import read_correction
from bot.domain.intake.written_names import is_a_name
from bot.domain.understanding.reading import TerritoryStatus
from bot.domain.wording.folding import folded_words
from bot.domain.wording.tokens import Said

TRIES_FOR_A_PLACE = 2
"""After that many places not found, going on without one is offered."""


def hear_place(draft: Draft, words: str, listener: Listener) -> Progress:
    """The answer to « pour quelle commune ? »."""
    progress = add_if_long(draft, words, listener)
    long = progress[0].words != draft.words
    reading = place_in(words, listener, draft.area)
    if reading.status is TerritoryStatus.ABSENT and not long:
        return _hear_no_place(draft, words, listener)
    if listener.places.near.said_in(words) and not long:
        progress = add(draft, words, listener)
    return go_on((with_place(progress[0], reading), progress[1]))


def _hear_no_place(draft: Draft, words: str, listener: Listener) -> Progress:
    """The answer names no place: it says something else, or a name that nobody knows."""
    correction = read_correction(words, listener)
    if correction is not None and not (correction.place or correction.meant or correction.unknown):
        return apply(draft, words, correction, listener)
    area = area_named(words, listener)
    themed = listener.reader.theme_named(words) is not None
    if _tells(words, listener) and (themed or not area):
        return go_on(add(draft, words, listener), Say("intake.added"))
    draft = replace(draft, tries=draft.tries + 1, area=area or draft.area)
    offered = ("placeless",) if draft.tries >= TRIES_FOR_A_PLACE else ()
    if area:
        return draft, (Ask("intake.place_in_area", offered, {"area": area}),)
    if _answers_nothing(words, listener):
        return draft, (Ask("intake.place_needed", offered),)
    return draft, (Ask("intake.place_unknown", offered, {"words": words}),)


def _answers_nothing(words: str, listener: Listener) -> bool:
    """Whether the words ask, refuse, agree, or say that one does not know."""
    consent = listener.consent
    said = (consent.asks, consent.declines, consent.doubt.said_in, consent.agrees)
    return any(says(words) for says in said)


def _tells(words: str, listener: Listener) -> bool:
    """Whether words that answer no question about the place say something of the project."""
    if _answers_nothing(words, listener) or is_a_name(words, listener.places):
        return False
    themed = listener.reader.theme_named(words) is not None
    return themed or len(folded_words(words)) >= FEWEST_WORDS


def hear_which_place(draft: Draft, words: str, listener: Listener) -> Progress:
    """The answer to « laquelle ? » : one of them, another place, or neither."""
    correction = read_correction(words, listener)
    other = correction.place if correction is not None and correction.stated else None
    if other is not None and set(other.codes).isdisjoint(draft.candidates):
        return go_on((with_place(draft, other), ()))
    left = listener.reader.narrow(words, draft.candidates)
    if left == draft.candidates:
        if correction is not None and (correction.title or correction.theme or correction.who):
            return apply(draft, words, replace(correction, place=None), listener)
        return _hear_none_of_them(draft, words, listener)
    draft, warning = add_if_long(draft, words, listener)
    return go_on((with_candidates(draft, left), warning))


def _hear_none_of_them(draft: Draft, words: str, listener: Listener) -> Progress:
    elsewhere = listener.places.none_of_them.at(Said.of(words)) is not None
    if elsewhere or listener.consent.objection(words) == "":
        return ask_next(replace(draft, territories=(), candidates=()))
    other = place_in(words, listener)
    if other.status is not TerritoryStatus.ABSENT and names(other, words, share=1 / 2):
        return hear_place(draft, words, listener)
    progress = add_if_long(draft, words, listener)
    if progress[0].words != draft.words or other.status is not TerritoryStatus.ABSENT:
        # « Jean Dupont, adjoint au maire » holds the name of a commune, and is a person.
        return go_on(progress)
    area = area_named(words, listener)
    if not area and _tells(words, listener):
        return go_on(add(draft, words, listener), Say("intake.added"))
    if area:
        return go_on((draft, ()), Say("intake.place_not_in", {"area": area}))
    return go_on((draft, ()), Say("intake.place_none_of", {"words": words}))
