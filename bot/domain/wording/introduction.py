"""How people say who they are: « Martine Duval, maire », « je suis Jean Petit, le DGS »."""

import re
from dataclasses import dataclass

from bot.domain.wording.folding import folded_words
from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said

LONGEST_NAME = 60
LONGEST_FUNCTION = 100
_NAME_WORDS = 5
_SMALL_NAME_WORDS = 3

_SENTENCE_END = re.compile(r"(?<=\w{3})[.!]\s+|\n+")
_WITHHELD = re.compile(r"\[[^\[\]]*\]")
_SEPARATOR = re.compile(r"[,;:(/]|\s[-–—]\s")
_ELIDED = re.compile(r"[dl][’'](?=[^\W\d_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IntroductionWords:
    """What stands around a name, and what is none: see `config/language/introductions.toml`."""

    openings: Phrases
    offices: Phrases
    before_an_office: Phrases
    new_clauses: Phrases
    particles: frozenset[str]
    titles: frozenset[str]
    not_in_a_name: frozenset[str]
    orders: frozenset[str]
    first_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Introduction:
    """A name, a function, or both ("" for what was not said); `rest` is what was said besides."""

    name: str
    function: str
    rest: str = ""


def read_introduction(text: str, words: IntroductionWords) -> Introduction | None:
    """Who somebody says they are; None if the words are no introduction."""
    said = _WITHHELD.sub(" ", text).strip()
    start = 0
    for end in (*_SENTENCE_END.finditer(said), None):
        sentence = said[start : end.start() if end else None]
        start = end.end() if end else len(said)
        if "?" in sentence:
            return None
        body = words.openings.removed_from(sentence).strip(" .!,")
        if body:
            return _read_sentence(body, said[start:], words)
    return None


def _read_sentence(body: str, rest: str, words: IntroductionWords) -> Introduction | None:
    """Who the first sentence that says something names."""
    name, function = _name_and_function(body, words)
    if function and words.titles.issuperset(folded_words(name)):
        name = ""  # « Monsieur le maire »
    if name and not function and words.offices.at(Said.of(rest)):
        function, rest = _bare_function(rest, words), ""
    if not (name or function) or (name and not _is_name(name, words)):
        return None
    return Introduction(name, function[:LONGEST_FUNCTION], rest.strip())


def _name_and_function(body: str, words: IntroductionWords) -> tuple[str, str]:
    """The name and the function of « NAME, FUNCTION », in either order, or without the comma."""
    before, after = _parted(body, words)
    said = Said.of(before)
    office = words.offices.first(said)
    if office is None:
        return before.strip(), _bare_function(after, words)
    start = said.tokens[office.start].start
    if start == 0 and after:
        return after.strip(" .)"), _bare_function(before, words)
    return body[:start].strip(" -–—"), _bare_function(body[start:], words)


def _parted(body: str, words: IntroductionWords) -> tuple[str, str]:
    """The words before the first comma or the like, and those after it."""
    separator = _SEPARATOR.search(body)
    said = Said.of(body[: separator.start()] if separator else body)
    clause = words.new_clauses.first(said)
    if clause is not None:
        return said.before(clause.start).text, body[said.tokens[clause.start].start :]
    return said.text, body[separator.end() :] if separator else ""


def _bare_function(function: str, words: IntroductionWords) -> str:
    return words.before_an_office.removed_from(function.strip(" .,;:)")).strip()


def _is_name(name: str, words: IntroductionWords) -> bool:
    letters = re.sub(r"[-’'. ]", "", name)
    return (
        _is_written_as_a_name(name.split(), words.particles | words.titles)
        and len(name) <= LONGEST_NAME
        and len(name.split()) <= _NAME_WORDS
        and letters.isalpha()
        and (words.not_in_a_name | words.orders).isdisjoint(folded_words(name))
    )


def _is_written_as_a_name(parts: list[str], little: frozenset[str]) -> bool:
    """All in small letters, as on a phone, but a surname in capitals; or each word but the
    titles and particles with a capital: « monsieur Roux », « Jean d’Arc ».
    """
    small = [
        part
        for part in parts
        if _ELIDED.sub("", part, 1)[0].islower() and part.strip(".") not in little
    ]
    return not small or (
        len(parts) <= _SMALL_NAME_WORDS and all(p[0].islower() or p.isupper() for p in parts)
    )
