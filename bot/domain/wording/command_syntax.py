"""Commands in a conversation: a slash or an exclamation mark, a name, the rest of the line."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.domain.wording.folding import fold, only_near

_WRITTEN = re.compile(
    r"(?P<mark>[/!]) ?(?P<name>[^\W\d_][\w-]*)(?:@\S+)?(?=\s|$)(?P<rest>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class CommandCall:
    """A command as it is given, typed or by the form of a page.

    `words` are those written after its name. Typed, they also say which project is meant, and a
    date; a form says these apart: `reference` is that of the project, `day` the date that was
    picked, `details` what else was filled in, by the names that people read.
    """

    name: str
    words: str = ""
    reference: str | None = None
    day: date | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An unknown command; `name` is the one probably meant, if any: to offer, not to obey."""

    name: str | None


def parse(text: str, names: Collection[str]) -> CommandCall | Suggestion | None:
    """The command that a message is; None for plain words. Accents and capitals are ignored.

    A misspelt name is only suggested, since some commands cannot be undone. « /plus tard » is
    `plustard`; « /reco@botname » is `reco`. An exclamation that resembles no command is plain
    words.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    typed, rest = match["name"], match["rest"].strip()
    known = {_compact(name): name for name in names}
    if _compact(typed) in known:
        return CommandCall(known[_compact(typed)], rest)
    second, _, others = rest.partition(" ")
    if second and _compact(typed + second) in known:
        return CommandCall(known[_compact(typed + second)], others.strip())
    near = only_near(_compact(typed), known.items(), 1 if len(_compact(typed)) <= 5 else 2)
    if near is None and match["mark"] == "!":
        return None
    return Suggestion(near)


def _compact(name: str) -> str:
    return fold(name).replace(" ", "")


def with_sign(text: str, names: Collection[str], sign: str) -> str:
    """The text in which commands of these names are written with that sign: « /aide », « !aide ».

    Only where the name stands alone: an address or a path is left as it is.
    """
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(rf"(?<![\w/:.])/({known})(?![\w/])", rf"{sign}\1", text) if known else text
