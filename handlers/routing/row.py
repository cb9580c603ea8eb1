"""A row of the table that says who takes an event."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.dialogues import Dialogue
from handlers.context.turn import Turn

T = TypeVar("T")

Step = Callable[[Turn], None]
"""Something that is done around the table, whichever row takes the event."""


@dataclass(frozen=True, slots=True)
class No:
    """A row does not take the event; `why` is a short sentence for operators."""

    why: str


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One sort of event, by its name in plain English.

    `matches` only reads: it returns what it found, with which `handle` acts, or why the row does
    not take the event. `then` are the steps that follow. `answers`: the dialogue whose question
    such words answer; words that a later row takes end it. `goes_on`: the rows below see the event,
    too. `hears_others`: it takes words that are passed on of somebody else, which never answer nor
    order anything.
    """

    name: str
    matches: Callable[[Turn], T | No]
    handle: Callable[[Turn, T], None]
    then: tuple[Step, ...] = ()
    answers: type[Dialogue] | None = None
    goes_on: bool = False
    hears_others: bool = False
