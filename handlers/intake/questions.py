"""The questions of the first conversation, and the answers offered with them."""

from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from bot.domain.dialogues import IntakeDialogue
from bot.domain.intake.draft import Draft
from bot.domain.intake.effects import Ask, AskTheme, AskWhetherPlace, AskWhichPlace
from bot.domain.territory import Territory
from bot.ports.network import Choice
from handlers.context.naming import place_names
from handlers.context.turn import Turn

_KIND = IntakeDialogue.kind

SEND = "send"
"""The answer that sends the project."""

PLACES_SHOWN = 8
"""Of more homonyms the most populated are listed; the others are told by their département."""

THEMES_SHOWN = 9
"""The first themes of the vocabulary are offered; the others can be said in words."""


def put_question(
    turn: Turn, draft: Draft, question: Ask | AskWhichPlace | AskWhetherPlace | AskTheme
) -> Draft:
    """Ask it; return the draft, its places in the order in which « la deuxième » counts them: the
    most populated first.
    """
    match question:
        case Ask(text, options, values):
            turn.ask(text, *(option(turn, key, draft) for key in options), **values)
        case AskWhichPlace(candidates):
            places = _places(turn, candidates)
            _ask_which_place(turn, places)
            return replace(draft, candidates=tuple(place.code for place in places))
        case AskWhetherPlace(candidates):
            _ask_whether_place(turn, candidates)
        case AskTheme():
            _ask_theme(turn)
    return draft


def option(turn: Turn, key: str, draft: Draft | None = None) -> Choice:
    """One of the answers that the conversation offers, by its key: that which sends a project is of
    what is shown of it now.
    """
    shown = f":{version_of(draft)}" if key == SEND and draft is not None else ""
    return Choice(f"{_KIND}:{key}{shown}", turn.label(f"intake.option_{key}"))


def version_of(draft: Draft) -> str:
    """What tells the summaries of different things apart."""
    shown = draft.words, draft.territories, draft.themes, draft.name, draft.function, draft.title
    return f"{crc32(repr(shown).encode('utf-8', 'replace')):08x}"


def _ask_which_place(turn: Turn, places: Sequence[Territory]) -> None:
    shown = places[:PLACES_SHOWN]
    choices = [
        Choice(f"{_KIND}:code:{place.code}", place_names(turn.catalogue, [place.code]))
        for place in shown
    ]
    question = "intake.ask_which_place" if shown == places else "intake.ask_departement"
    turn.ask(
        question,
        *choices,
        option(turn, "elsewhere"),
        name=places[0].name,
        count=len(places),
        shown=len(shown),
        hidden=len(places) - len(shown),
    )


def _ask_whether_place(turn: Turn, candidates: Sequence[str]) -> None:
    """Homonyms are asked about once the name is known."""
    name = _places(turn, candidates)[0].name
    alone = place_names(turn.catalogue, candidates) if len(candidates) == 1 else name
    turn.ask(
        "intake.ask_whether_place", option(turn, "meant"), option(turn, "not_meant"), place=alone
    )


def _places(turn: Turn, codes: Sequence[str]) -> list[Territory]:
    known = turn.catalogue.territories.find(codes)
    return sorted(known, key=lambda place: (-(place.population or 0), place.code))


def _ask_theme(turn: Turn) -> None:
    themes = turn.catalogue.themes
    labels = {slug: themes.label(slug) for slug in themes.slugs}
    choices = [
        Choice(f"{_KIND}:theme:{slug}", label[:1].upper() + label[1:])
        for slug, label in labels.items()
    ]
    turn.ask("intake.ask_theme", *choices[:THEMES_SHOWN], option(turn, "themeless"))
