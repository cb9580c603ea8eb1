"""The answers to « pour quelle commune ? » and « lequel ? »."""

from dataclasses import replace

from bot.domain.intake.apply_correction import apply
from bot.domain.intake.consent import agrees, asks, declines, objection, unsure
from bot.domain.intake.draft import Draft
from bot.domain.intake.effects import Ask, Say
from bot.domain.intake.filling_in import (
    FEWEST_WORDS,
    Progress,
    kept_if_long,
    limited_to,
    noted,
    onward,
    placed_at,
    then,
)
from bot.domain.intake.place_names import area_named, elsewhere, is_a_name, names, near, place_in
from bot.domain.intake.read_correction import read_correction
from bot.domain.understanding import Reader, TerritoryStatus
from bot.domain.wording.folding import folded_words

TRIES_FOR_A_PLACE = 2
"""After that many places not found, going on without one is offered."""


def placed(draft: Draft, words: str, reader: Reader) -> Progress:
    kept = kept_if_long(draft, words, reader)
    long = kept[0].words != draft.words
    reading = place_in(words, reader, draft.area)
    if reading.status is TerritoryStatus.ABSENT and not long:
        return _no_place(draft, words, reader)
    if near(words) and not long:
        kept = noted(draft, words, reader.understand(words))
    return then((placed_at(kept[0], reading), kept[1]), ())


def _no_place(draft: Draft, words: str, reader: Reader) -> Progress:
    """The answer names no place: it says something else, or a name that nobody knows."""
    correction = read_correction(words, reader)
    if correction is not None and not (correction.place or correction.meant or correction.unknown):
        return apply(draft, words, correction, reader)
    area = area_named(words, reader)
    if _tells(words, reader) and not (area and reader.theme_named(words) is None):
        return then(noted(draft, words, reader.understand(words)), (Say("intake.added"),))
    draft = replace(draft, tries=draft.tries + 1, area=area or draft.area)
    offered = ("placeless",) if draft.tries >= TRIES_FOR_A_PLACE else ()
    if area:
        return draft, (Ask("intake.place_in_area", offered, {"area": area}),)
    if asks(words) or declines(words) or unsure(words) or agrees(words):
        return draft, (Ask("intake.place_needed", offered),)
    return draft, (Ask("intake.place_unknown", offered, {"words": words}),)


def _tells(words: str, reader: Reader) -> bool:
    """Whether words that answer no question about the place say something of the project."""
    if asks(words) or declines(words) or unsure(words) or agrees(words) or is_a_name(words):
        return False
    return len(folded_words(words)) >= FEWEST_WORDS or reader.theme_named(words) is not None


def settled(draft: Draft, words: str, reader: Reader) -> Progress:
    """The answer to « lequel ? » : one of them, another place, or neither."""
    correction = read_correction(words, reader)
    other = correction.place if correction is not None and correction.stated else None
    if other is not None and set(other.codes).isdisjoint(draft.candidates):
        return then((placed_at(draft, other), ()), ())
    left = reader.settle(words, draft.candidates)
    if left == draft.candidates:
        if correction is not None and (correction.title or correction.theme or correction.who):
            return apply(draft, words, replace(correction, place=None), reader)
        return _unsettled(draft, words, reader)
    draft, warning = kept_if_long(draft, words, reader)
    return then((limited_to(draft, left), warning), ())


def _unsettled(draft: Draft, words: str, reader: Reader) -> Progress:
    if elsewhere(words) or objection(words) == "":
        return onward(replace(draft, territories=(), candidates=()))
    other = place_in(words, reader)
    if other.status is not TerritoryStatus.ABSENT and names(other, words, share=1 / 2):
        return placed(draft, words, reader)
    kept = kept_if_long(draft, words, reader)
    if kept[0].words != draft.words or other.status is not TerritoryStatus.ABSENT:
        # « Jean Dupont, adjoint au maire » holds the name of a commune, and is a person.
        return then(kept, ())
    area = area_named(words, reader)
    if not area and _tells(words, reader):
        return then(noted(draft, words, reader.understand(words)), (Say("intake.added"),))
    why = (
        Say("intake.place_not_in", {"area": area})
        if area
        else Say("intake.place_none_of", {"words": words})
    )
    return then((draft, ()), (why,))
