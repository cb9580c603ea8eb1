"""The first conversation: from an élu's own words to a project ready to be submitted.

A pure state machine. `begin`, `hear` and `choose` return the next draft and the effects to carry
out, in order. No word is ever lost: whatever is said and is no answer joins the description.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.domain.understanding import Reader, TerritoryStatus, Understanding
from bot.domain.urgency import Urgency

TRIES_FOR_A_PLACE = 2
"""After that many places not found, going on without one is offered."""


class Step(StrEnum):
    """What the assistant waits for."""

    DESCRIBE = "describe"
    PLACE = "place"
    WHICH_PLACE = "which_place"
    THEME = "theme"
    WHO = "who"
    MORE = "more"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a project so far.

    `candidates` are the codes between which the person must choose; `files` describe what was sent
    along.
    """

    step: Step = Step.DESCRIBE
    words: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    name: str = ""
    function: str = ""
    tries: int = 0
    placeless: bool = False
    themeless: bool = False
    files: tuple[Mapping[str, Any], ...] = ()

    def to_data(self) -> dict[str, Any]:
        """The draft as JSON-ready values."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Draft":
        """The draft that `to_data` gave."""
        lists = {"words", "territories", "candidates", "themes", "files"}
        values: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in data.items()}
        return cls(**values | {"step": Step(data["step"]), "urgency": Urgency(data["urgency"])})

    @property
    def description(self) -> str:
        """All that was said about the project, in the order it was said."""
        return "\n\n".join(self.words)


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person something."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the person something; `options` are the keys of the answers offered."""

    text: str
    options: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskWhichPlace:
    """Ask which of these places is meant; the answer offered for each is `code:` and its code."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskTheme:
    """Ask what the project is about; answers are `theme:` and a slug, or `themeless`."""


@dataclass(frozen=True, slots=True)
class Summarise:
    """Show what was understood and ask whether it may be sent."""


@dataclass(frozen=True, slots=True)
class Warn:
    """Give the safety instructions, before anything else."""


@dataclass(frozen=True, slots=True)
class Submit:
    """The person confirmed: the project is submitted."""


@dataclass(frozen=True, slots=True)
class Abandon:
    """The person gave up; nothing is kept."""


Effect = Say | Ask | AskWhichPlace | AskTheme | Summarise | Warn | Submit | Abandon
Progress = tuple[Draft, tuple[Effect, ...]]

CORRECTIONS = ("send", "place", "theme", "more", "cancel")
"""The answers offered with the summary."""


def begin(words: str, understood: Understanding, name: str, function: str) -> Progress:
    """Open a draft from the first words. `name` and `function` are what is known of the person."""
    draft = Draft(name=name, function=function)
    return _described(draft, words, understood)


def hear(draft: Draft, words: str, reader: Reader) -> Progress:
    """The person wrote words that are none of the options."""
    words = words.strip()
    match draft.step:
        case Step.DESCRIBE:
            return _described(draft, words, reader.understand(words))
        case Step.PLACE:
            return _placed(draft, words, reader)
        case Step.WHICH_PLACE:
            return _settled(draft, words, reader)
        case Step.THEME:
            return _themed(draft, words, reader)
        case Step.WHO:
            name, _, function = (part.strip() for part in words.partition(","))
            return _onward(replace(draft, name=name, function=function))
        case Step.MORE | Step.CONFIRM:
            return _added(draft, words, reader)


def choose(draft: Draft, key: str) -> Progress:
    """The person took an option. One that is no longer open asks the present question again."""
    kind, _, value = key.partition(":")
    if draft.step is Step.CONFIRM:
        return _corrected(draft, kind)
    if draft.step is Step.WHICH_PLACE and kind == "code" and value in draft.candidates:
        return _onward(replace(draft, territories=(value,), candidates=()))
    if draft.step is Step.PLACE and kind == "placeless":
        return _onward(replace(draft, placeless=True))
    if draft.step is Step.THEME and kind == "theme":
        return _onward(replace(draft, themes=(value, *draft.themes)))
    if draft.step is Step.THEME and kind == "themeless":
        return _onward(replace(draft, themeless=True))
    return _onward(draft)


def _described(draft: Draft, words: str, understood: Understanding) -> Progress:
    reading = understood.territory
    settled = reading.status is TerritoryStatus.UNIQUE
    draft = replace(
        draft,
        words=(*draft.words, words),
        territories=reading.codes if settled else (),
        candidates=() if settled else reading.codes,
        themes=tuple(theme.slug for theme in understood.themes),
        urgency=understood.urgency,
    )
    warning: tuple[Effect, ...] = (Warn(),) if draft.urgency is Urgency.IMMEDIATE else ()
    draft, effects = _onward(draft)
    return draft, warning + effects


def _placed(draft: Draft, words: str, reader: Reader) -> Progress:
    reading = reader.place(words)
    if reading.status is TerritoryStatus.UNIQUE:
        return _onward(replace(draft, territories=reading.codes, candidates=()))
    if reading.status is TerritoryStatus.AMBIGUOUS:
        return _onward(replace(draft, candidates=reading.codes))
    draft = replace(draft, tries=draft.tries + 1)
    offered = ("placeless",) if draft.tries >= TRIES_FOR_A_PLACE else ()
    return draft, (Ask("intake.place_unknown", offered, {"words": words}),)


def _settled(draft: Draft, words: str, reader: Reader) -> Progress:
    left = reader.settle(words, draft.candidates)
    if len(left) == 1:
        return _onward(replace(draft, territories=left, candidates=()))
    if left and len(left) < len(draft.candidates):
        return _onward(replace(draft, candidates=left))
    return _placed(draft, words, reader)


def _themed(draft: Draft, words: str, reader: Reader) -> Progress:
    reading = reader.theme_named(words)
    if reading is not None:
        return _onward(replace(draft, themes=(reading.slug,)))
    return _onward(replace(draft, words=(*draft.words, words), themeless=True))


def _added(draft: Draft, words: str, reader: Reader) -> Progress:
    draft = replace(draft, words=(*draft.words, words))
    warning: tuple[Effect, ...] = ()
    calm = draft.urgency is not Urgency.IMMEDIATE
    if calm and reader.understand(words).urgency is Urgency.IMMEDIATE:
        draft, warning = replace(draft, urgency=Urgency.IMMEDIATE), (Warn(),)
    draft, effects = _onward(draft)
    return draft, (*warning, Say("intake.added"), *effects)


def _corrected(draft: Draft, kind: str) -> Progress:
    match kind:
        case "send":
            return draft, (Submit(),)
        case "cancel":
            return draft, (Abandon(),)
        case "place":
            return _onward(replace(draft, territories=(), candidates=(), placeless=False))
        case "theme":
            return _onward(replace(draft, themes=(), themeless=False))
        case "more":
            return replace(draft, step=Step.MORE), (Ask("intake.ask_more"),)
        case _:
            return _onward(draft)


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
        return replace(draft, step=Step.WHO), (Ask("intake.ask_who"),)
    return replace(draft, step=Step.CONFIRM), (Summarise(),)
