"""filrouge understand: prints what the assistant understands of a text, as JSON."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

import typer

from bot.commands.faults import CommandError
from bot.commands.table import write_lines
from bot.domain.understanding.reading import Intent, Understanding
from config.catalogue import Catalogue, load_catalogue
from config.settings import load

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def understand(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What somebody wrote.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"id": …, "text": …} from standard input.')
    ] = False,
) -> None:
    """Print what is understood of TEXT, or with --jsonl of each line of standard input.

    The output has one JSON line for each text.
    """
    if jsonl == (text is not None):
        raise CommandError("give either a text or --jsonl")
    settings = load()
    catalogue = load_catalogue(settings.portals_dir, off=settings.portals_off)
    asked = _questions(sys.stdin.buffer) if text is None else [(None, text)]
    write_lines(
        json.dumps({"id": id} | _answer(catalogue, words), ensure_ascii=False)
        for id, words in asked
    )


def _answer(catalogue: Catalogue, words: str) -> dict[str, object]:
    understood = catalogue.reader.understand(words)
    return understanding_as_dict(understood, lambda theme: catalogue.portal_of(theme).slug)


def understanding_as_dict(
    understanding: Understanding, portal_of: Callable[[str], str | None]
) -> dict[str, object]:
    """Keys `intent`, `territory`, `themes`, `theme`, `portal`, `urgency`.

    `portal_of` gives the portal of a theme; the portal is null without a theme, and for a
    person or body that portals do not serve.
    """
    place = understanding.territory
    territory: dict[str, object] = {
        "kind": place.kind.value,
        "codes": list(place.codes),
        "status": place.status.value,
    }
    if place.area is not None:
        territory["area"] = place.area
    served = understanding.intent is not Intent.OUT_OF_SCOPE
    theme = understanding.theme
    return {
        "intent": understanding.intent.value,
        "territory": territory,
        "themes": [reading.slug for reading in understanding.themes],
        "theme": theme,
        "portal": portal_of(theme) if theme is not None and served else None,
        "urgency": understanding.urgency.value,
    }


def _questions(lines: Iterable[bytes]) -> Iterator[tuple[Any, str]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            id, words = question["id"], question["text"]
        except (ValueError, TypeError, KeyError):
            raise CommandError(f'line {number}: not a JSON object with "id" and "text"') from None
        if not isinstance(words, str):
            raise CommandError(f'line {number}: "text" is not a string')
        yield id, words
