"""The sentences that ship are French as it is written to people who do not know each other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from bot.domain.folding import folded_words
from config.strict_toml import flattened, read_toml
from config.texts import load_texts

FOLDER = Path(config.__file__).parent
FAMILIAR = {"tu", "te", "toi", "ton", "tes", "ta", "tiens", "t"}
FIELD = re.compile(r"\{[^{}]*\}")
ADDRESS = re.compile(r"https?://\S+")


def sentences() -> Iterator[tuple[str, str]]:
    for path in sorted((FOLDER / "texts").glob("*.toml")):
        yield from flattened(read_toml(path), f"{path.stem}:").items()
    for path in sorted((FOLDER / "portals").glob("*.toml")):
        table = read_toml(path)
        for key in ("name", "presentation", "reads"):
            yield f"{path.stem}:{key}", table[key]


def typography_faults(text: str) -> list[str]:
    """The places where French typography is not kept."""
    words = ADDRESS.sub("", FIELD.sub("x", text))
    rules = {
        "no no-break space before a mark": r"[^\u00a0!?][!?;»]|(?<![\u00a0\d]):(?!\d)",
        "no no-break space after a guillemet": r"«[^\u00a0]",
        "a straight apostrophe": r"'",
        "a straight quotation mark": r'"',
        "three dots": r"\.\.\.",
        "two spaces": r"  ",
    }
    return [f"{rule}: …{m[0]}" for rule, found in rules.items() for m in re.finditer(found, words)]


def test_every_text_can_be_loaded() -> None:
    assert len(load_texts().keys) > 100


@pytest.mark.parametrize(("key", "text"), list(sentences()))
def test_a_sentence_keeps_french_typography(key: str, text: str) -> None:
    assert [] == typography_faults(text)


@pytest.mark.parametrize(("key", "text"), list(sentences()))
def test_a_sentence_says_vous(key: str, text: str) -> None:
    assert set() == FAMILIAR & set(folded_words(FIELD.sub("", text)))


@pytest.mark.parametrize(
    "text", ["Bonjour !", "Quoi?", "Ceci :", "Ceci:", "« a\u00a0»", "«\u00a0a »", "l'eau", "Et..."]
)
def test_the_checker_sees_each_fault(text: str) -> None:
    assert [] != typography_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour\u00a0!",
        "à 14:30",
        "«\u00a0a\u00a0», «\u00a0{words}\u00a0»",
        "https://a.fr/?b",
        "Lieu\u00a0: x",
    ],
)
def test_the_checker_accepts_what_is_right(text: str) -> None:
    assert [] == typography_faults(text)
