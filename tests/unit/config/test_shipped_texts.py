"""What people read is written as French is written to people who do not know each other.

Each test reads everything that ships and lists all that breaks its rule.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import config
from bot.domain.wording.folding import folded_words
from config.strict_toml import flatten, read_toml
from config.themes import load_themes
from tests.support import typography

FOLDER = Path(config.__file__).parent
LONGEST_SENTENCE = 30

_FIELD = re.compile(r"\{[^{}]*\}")
_ASIDE = re.compile(r"\([^)]*\)|\{[^}]*\}")
_END = re.compile(r"[.!?:\n](?:\s|$)")
_TYPEWRITER = re.compile(r".{0,15}(?:['\"]|\.\.\.|  ).{0,15}")
_IN_A_PAGE = re.compile(r".{0,15}(?:\w'\w|\.\.\.).{0,15}")
_PARTED = re.compile(r".{0,15}n° .{0,15}")
_FAMILIAR = {"tu", "te", "toi", "ton", "tes", "ta", "tiens", "t"}
_JARGON = re.compile(
    r".{0,15}(?:workflow|ticket|token|statut|process|bot|clôtur|backstage).{0,15}", re.IGNORECASE
)

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_LOGIC = re.compile(r"\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r'"([^"{}<>]*)"')

Rule = Callable[[str], list[str]]
"""Gives the pieces of a text that break it."""


def unset_spaces(text: str) -> list[str]:
    """No-break spaces stand where French wants them."""
    return typography.faults(text)


def typed_as_on_a_typewriter(text: str) -> list[str]:
    """Apostrophes and quotes are curly, an ellipsis is one sign, spaces are single."""
    return _TYPEWRITER.findall(text)


def typed_in_a_page(text: str) -> list[str]:
    """The same in a page, whose layout may leave spaces and whose code may quote."""
    return _IN_A_PAGE.findall(text)


def parted_numbers(text: str) -> list[str]:
    """A number is never parted from its sign."""
    return _PARTED.findall(text)


def familiar(text: str) -> list[str]:
    """People are addressed with « vous »."""
    return sorted(_FAMILIAR & set(folded_words(_FIELD.sub("", text))))


def long_sentences(text: str) -> list[str]:
    """What stands in brackets or is filled in counts as one word."""
    sentences = _END.split(_ASIDE.sub("x", text))
    return [s for s in sentences if len(folded_words(s)) > LONGEST_SENTENCE]


def jargon(text: str) -> list[str]:
    """Words of the trade are said to nobody."""
    return _JARGON.findall(text)


def texts() -> Iterator[tuple[str, str]]:
    """What the assistant says."""
    for path in sorted((FOLDER / "texts").glob("*.toml")):
        for key, text in flatten(read_toml(path), f"{path.stem}:").items():
            yield key, str(text)


def sentences() -> Iterator[tuple[str, str]]:
    """What the assistant says, portals about themselves, and the themes' names."""
    yield from texts()
    for path in sorted((FOLDER / "portals").glob("*.toml")):
        table = read_toml(path)
        for key in ("name", "presentation", "reads"):
            yield f"{path.stem}:{key}", table[key]
    for slug, label in load_themes().labels.items():
        yield f"theme:{slug}", label


def pages() -> Iterator[tuple[str, str]]:
    """The words of each page: its text, and the sentences that stand in its logic."""
    for path in sorted((FOLDER / "pages").glob("*.html")):
        source = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        quoted = [words for words in _QUOTED.findall(source) if " " in words and "=" not in words]
        text = _TAG.sub(" x ", _VALUE.sub("x", _LOGIC.sub("", source)))
        yield path.name, "\n".join([text, *(w for w in quoted if re.search("[à-ÿ’]", w))])


TEXTS, SENTENCES, PAGES = dict(texts()), dict(sentences()), dict(pages())
EVERYTHING = {**SENTENCES, **PAGES}


def broken(rule: Rule, said: Mapping[str, str]) -> list[str]:
    """Every place that breaks the rule, by the key of its text."""
    return [f"{key}: {piece}" for key, text in said.items() for piece in rule(text)]


def test_what_ships_is_read_whole() -> None:
    assert len(TEXTS) > 100
    portals = len(list((FOLDER / "portals").glob("*.toml")))
    assert len(TEXTS) + 3 * portals + len(load_themes().slugs) == len(SENTENCES)
    assert [] == [name for name, words in PAGES.items() if not folded_words(words)]
    assert len(PAGES) > 15


def test_no_break_spaces_stand_where_french_wants_them() -> None:
    assert [] == broken(unset_spaces, EVERYTHING)


def test_nothing_is_typed_as_on_a_typewriter() -> None:
    assert [] == broken(typed_as_on_a_typewriter, SENTENCES)
    assert [] == broken(typed_in_a_page, PAGES)


def test_a_number_is_never_parted_from_its_sign() -> None:
    assert [] == broken(parted_numbers, EVERYTHING)


def test_people_are_addressed_with_vous() -> None:
    assert [] == broken(familiar, EVERYTHING)


def test_sentences_are_short() -> None:
    assert [] == broken(long_sentences, TEXTS)


def test_no_jargon_is_said() -> None:
    assert [] == broken(jargon, TEXTS)


@pytest.mark.parametrize(
    ("rule", "text", "piece"),
    [
        (unset_spaces, "Où en êtes-vous ? Merci", "Où en êtes-vous ? Merci"),
        (typed_as_on_a_typewriter, "C'est fait", "C'est fait"),
        (typed_as_on_a_typewriter, 'Le "moulin"', 'Le "moulin"'),
        (typed_as_on_a_typewriter, "Bientôt...", "Bientôt..."),
        (typed_as_on_a_typewriter, "Deux  espaces", "Deux  espaces"),
        (typed_in_a_page, "  <b>C'est</b> 'x' \"y\"", "  <b>C'est</b> 'x' \"y\""),
        (typed_in_a_page, "Bientôt...", "Bientôt..."),
        (parted_numbers, "la recommandation n° 3", "recommandation n° 3"),
        (familiar, "Dis-le à {tes} amis, toi", "toi"),
        (long_sentences, "mot " * 31, "mot " * 31),
        (jargon, "Votre Statut", "Votre Statut"),
        (jargon, "robots clôturés", "robots clôturés"),
    ],
)
def test_each_rule_finds_what_breaks_it(rule: Rule, text: str, piece: str) -> None:
    assert [f"key: {piece}"] == broken(rule, {"other": "Bonjour.", "key": text})
