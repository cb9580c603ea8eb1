"""Words that correct the summary: « le lieu est Apremont », « non, c'est plutôt un pont »."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from bot.domain.intake.listener import CorrectionWords, Listener
from bot.domain.intake.place_names import (
    is_doubtful,
    is_proper,
    is_somebody,
    is_sure,
    names,
    place_in,
)
from bot.domain.understanding.reading import Evidence, TerritoryReading, TerritoryStatus
from bot.domain.wording.folding import folded_words
from bot.domain.wording.introduction import Introduction, read_introduction
from bot.domain.wording.phrases import Match
from bot.domain.wording.tokens import Said

LONGEST_TITLE = 80
_LONGEST = 30
"""More words than that tell a story rather than correct."""

_MOST_LETTERS = 300
_LONGEST_VALUE = 8
_OFFICE_WORDS = 3
_FIELDS = ("place", "theme", "title", "who")
_AROUND = ' .!,:«»"\u00a0'


@dataclass(frozen=True, slots=True)
class Correction:
    """What the words change. `meant` is a place whose name they nearly say: it has to be asked.
    `wrong` is what they call wrong without saying what is right; `unknown` a place that is not
    found. `stated` when they say that they correct; `more` when they say something besides.
    """

    place: TerritoryReading | None = None
    meant: TerritoryReading | None = None
    theme: str | None = None
    title: str = ""
    who: Introduction | None = None
    wrong: str = ""
    unknown: str = ""
    stated: bool = False
    more: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is corrected."""
        changed = self.place or self.theme or self.title or self.who
        return not (changed or self.meant or self.wrong or self.unknown)


def read_correction(text: str, listener: Listener) -> Correction | None:
    """What the words correct; None if they correct nothing, or ask."""
    if "?" in text or len(text) > _MOST_LETTERS or len(folded_words(text)) > _LONGEST:
        return None
    words = listener.corrections
    said = words.greetings.removed_from(text)
    wrong = _field_called_wrong(said, words)
    if wrong:
        return Correction(wrong=wrong, stated=True)
    corrected = words.objections.removed_from(said)
    found = Correction()
    for piece in _pieces(Said.of(corrected), words):
        part = _read_piece(piece, listener, objected=corrected != said)
        found = _together(found, part) if part else replace(found, more=True)
    if found.meant and (found.place or found.who or found.more):
        found = replace(found, meant=None, more=True)  # « c'est Marcet, le maire » is somebody
    return None if found.is_empty else found


def _together(found: Correction, part: Correction) -> Correction:
    """Both together; of two things said about the same, the last."""
    said = ((field.name, getattr(part, field.name)) for field in fields(part))
    return replace(found, **{name: value for name, value in said if value})


def _pieces(said: Said, words: CorrectionWords) -> Iterator[str]:
    """What is said, cut where another correction may begin."""
    start = 0
    joints = {match.start: match for match in words.next.everywhere(said)}
    for at in range(1, len(said)):
        if at in joints or not set(";.\n").isdisjoint(said.gap(at)):
            yield said.between(start, at).strip(" .!,:")
            start = joints[at].slots.get("and", (at, at))[1] if at in joints else at
    if start < len(said):
        yield said.after(start).strip(" .!,:")


def _read_piece(text: str, listener: Listener, *, objected: bool) -> Correction | None:
    words, said = listener.corrections, Said.of(text)
    wrong = _field_called_wrong(text, words)
    if wrong:
        return Correction(wrong=wrong, stated=True)
    stated = words.stated.whole(said)
    if stated is not None:
        return _of_field(_field(stated), _value(stated, said), listener)
    who = _who(said, listener)
    if who is not None:
        return Correction(who=who, stated=True)
    contrast = words.not_but.whole(said) or words.rather_than.whole(said)
    value = words.it_is.removed_from(_value(contrast, said) if contrast else text)
    firm = objected or contrast is not None
    found = _valued(value, text, listener, 1 / 3 if firm else 2 / 3)
    if found is None or found.place is None:
        return found and replace(found, stated=firm)
    said_so = firm or words.it_is.at(said) is not None
    return _of_a_place(found, found.place, text, listener, firm, said_so=said_so)


def _field(match: Match) -> str:
    return next(field for field in _FIELDS if field in match.slots)


def _value(match: Match, said: Said) -> str:
    """What is said to be right, with all that follows it in the piece; "" if nothing is."""
    if "value" not in match.slots:
        return ""
    first, end = match.slots["value"]
    return said.after(first) if end == len(said) else said.between(first, end)


def _of_a_place(
    found: Correction,
    place: TerritoryReading,
    said: str,
    listener: Listener,
    firm: bool,
    *,
    said_so: bool,
) -> Correction | None:
    """The correction, if its place is one: asked, where the words only come near its name."""
    if not is_sure(place, said, listener, firm, said_so):
        return None
    if is_doubtful(place, said, listener.reader):
        if is_somebody(place, said, listener) or (found.more and not firm):
            return None
        if not firm:
            return Correction(meant=place, stated=said_so)
    if not said_so:
        # A name alone is a place only if it is read as one at first sight: « Petit » is a person.
        sure = listener.reader.understand(said).territory.status is not TerritoryStatus.ABSENT
        return found if sure else None
    return replace(found, stated=True)


def _field_called_wrong(text: str, words: CorrectionWords) -> str:
    """The field that is called wrong, or ""; a title cannot be."""
    match = words.wrong.whole(Said.of(text))
    return "" if match is None or "title" in match.slots else _field(match)


def _of_field(field: str, value: str, listener: Listener) -> Correction | None:
    """What is said of a field that is named."""
    if not value:
        return Correction(wrong=field if field != "title" else "", stated=True)
    if field == "title":
        return Correction(title=value.strip(' .!,:;«»"\u00a0')[:LONGEST_TITLE], stated=True)
    contrast = listener.corrections.not_but.whole(Said.of(value))
    value = _bare(_value(contrast, Said.of(value)) if contrast else value, listener.corrections)
    if field == "who":
        who = read_introduction(value, listener.introductions)
        return None if who is None else Correction(who=who, stated=True)
    if field == "place":
        return _of_named_place(value, listener)
    theme = listener.reader.theme_named(value)
    if theme is None:
        return Correction(wrong="theme", stated=True, more=True)
    return Correction(theme=theme.slug, stated=True)


def _of_named_place(value: str, listener: Listener) -> Correction | None:
    """What is said to be the place; a name that nobody knows is asked again."""
    place = place_in(value, listener)
    found = place.status is not TerritoryStatus.ABSENT
    doubtful = found and is_doubtful(place, value, listener.reader)
    if doubtful and is_somebody(place, value, listener):
        return None
    if found and names(place, value, share=1 / 3):
        return Correction(place=place, stated=True)
    short = len(folded_words(value)) <= _LONGEST_VALUE
    return Correction(unknown=value, stated=True) if short else None


def _valued(said: str, written: str, listener: Listener, share: float) -> Correction | None:
    """The place or the theme that words are, for such a share of them."""
    words = listener.corrections
    value = _bare(said, words)
    long = len(folded_words(value)) > _LONGEST_VALUE
    if long or listener.consent.says_nothing(value) or words.more.said_in(said):
        return None
    theme = listener.reader.theme_named(value)
    by_theme = _covered(theme.evidence, value, words) if theme else 0.0
    if words.one.at(Said.of(said)) is None:
        place = place_in(value, listener)
        named = place.status is not TerritoryStatus.ABSENT and is_proper(place, written)
        if named and names(place, value, max(share, 1 / 2)):
            return Correction(place=place, more=_says_beside(said, listener))
    if theme is not None and by_theme >= share:
        more = by_theme < 1 / 2 or _says_beside(said, listener)
        return Correction(theme=theme.slug, more=more)
    return None


def _who(said: Said, listener: Listener) -> Introduction | None:
    """Who the person says they are; « je suis inquiète » says nothing of it."""
    words = listener.corrections
    denied = words.not_this.first(said, 1)
    said = said.before(denied.start) if denied else said
    who = read_introduction(said.text, listener.introductions)
    if who is None or who.rest:
        return None
    named = len([word for word in who.name.split() if word[:1].isupper()]) > 1
    if words.i_am.at(said) and not words.i_am_not.at(said):
        return who if who.function or named else None
    if who.function and not who.name:
        bare = words.it_is.removed_from(said.text)
        return who if len(bare.split()) + (bare != said.text) <= _OFFICE_WORDS else None
    return who if words.who.at(said) or (named and who.function) else None


def _says_beside(text: str, listener: Listener) -> bool:
    """Whether more than courtesy follows the value."""
    said = Said.of(text)
    beside = listener.corrections.beside.first(said, 1)
    return beside is not None and not listener.consent.says_nothing(said.after(beside.start))


def _bare(value: str, words: CorrectionWords) -> str:
    """The value without what leads to it and what is said after it."""
    said = Said.of(value.strip(_AROUND))
    beside = words.beside.first(said, 1)
    value = said.before(beside.start).text if beside else said.text
    return (words.leading.removed_from(value) or value).strip(_AROUND)


def _covered(evidence: Sequence[Evidence], value: str, words: CorrectionWords) -> float:
    """The share of the letters of a value that the evidence holds, articles aside."""
    said = Said.of(value)
    articles = {at for m in words.one.every(said) for at in range(m.start, m.end)}
    letters = sum(len(t.word) for at, t in enumerate(said.tokens) if at not in articles) or 1
    spans = {at for e in evidence for at in range(e.start, e.end)}
    return sum(value[at].isalnum() for at in spans if at < len(value)) / letters
