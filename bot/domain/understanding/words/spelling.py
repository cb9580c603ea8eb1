"""How words sound in French, and how names are spelt without their articles."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from bot.domain.wording.folding import unaccented

_RESPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|sh|ch", "1"),
        (r"ph", "f"),
        (r"h", ""),
        (r"qu|ck|cc(?![eiy])|c(?![eiys])|q", "k"),
        (r"gu(?=[eiy])", "g2"),
        (r"g(?=[eiy])", "j"),
        (r"sc(?=[eiy])|c|[xz]", "s"),
        (r"eau|au", "o"),
        (r"[ae]i(?![nm])|[ae]y", "e"),
        (r"[ae]?[iy][nm](?![aeiouymn\n])", "5"),
        (r"ou|w", "u"),
        (r"[ae][nm](?![aeiouymn\n])", "4"),
        (r"y", "i"),
        (r"m(?=[pb])", "n"),
        (r"2", ""),
        (r"([a-z])\1", r"\1"),
        (r"(?<=\w\w)(?:es|e|s|t|d|p)(?=\n|$)", ""),
    )
)


def sound(folded: str) -> str:
    """How a folded word, or words one a line, sound in French: a key, not a transcription.

    Spellings that a listener confuses give the same key: « annonay » and « anonay »,
    « collobrieres » and « colobriere ».
    """
    for pattern, key in _RESPELLINGS:
        folded = pattern.sub(key, folded)
    return folded


ARTICLES = frozenset({"le", "la", "les", "l"})
_ARTICLE = re.compile(r"^(le|la|les|l) (?=.)")
_ARTICLES = re.compile(r"^(?:le|la|les|l) (?=.)", re.MULTILINE)


def article_and_core(spaced: str) -> tuple[str, str]:
    """The article a folded name begins with (or "") and the rest: « le pin » → (le, pin)."""
    match = _ARTICLE.match(spaced)
    return (match[1], spaced[match.end() :]) if match else ("", spaced)


def without_articles(column: str) -> str:
    """Folded names one a line, each without its article."""
    return _ARTICLES.sub("", column)


_NOT_WORD = re.compile(r"[^a-z0-9\n]+")


def spaced(text: str) -> str:
    """Folded words separated by one space; line ends are kept, so that a column can be given."""
    return _NOT_WORD.sub(" ", unaccented(text))


def beginning_with(names: Sequence[str], start: str) -> Sequence[str]:
    """Of sorted folded names, those that begin so."""
    return names[bisect_left(names, start) : bisect_left(names, f"{start}~")]


def core_name(name: str) -> str:
    """The name of a commune in folded words, without its article: « Le Pin » → pin."""
    _, core = article_and_core(spaced(name).strip())
    return core


def heard_name(name: str) -> str:
    """How the name of a commune sounds, without its article and its spaces."""
    return sound(core_name(name).replace(" ", ""))
