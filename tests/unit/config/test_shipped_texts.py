"""The sentences that ship are French as it is written to people who do not know each other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from bot.domain.wording.folding import folded_words
from bot.domain.wording.typography import faults
from config.catalogue import theme_vocabulary
from config.strict_toml import flatten, read_toml
from config.texts import load_texts

FOLDER = Path(config.__file__).parent
FAMILIAR = {"tu", "te", "toi", "ton", "tes", "ta", "tiens", "t"}
FIELD = re.compile(r"\{[^{}]*\}")
TYPEWRITER = re.compile(r"['\"]|\.\.\.|  ")


def sentences() -> Iterator[tuple[str, str]]:
    for path in sorted((FOLDER / "texts").glob("*.toml")):
        yield from flatten(read_toml(path), f"{path.stem}:").items()
    for path in sorted((FOLDER / "portals").glob("*.toml")):
        table = read_toml(path)
        for key in ("name", "presentation", "reads"):
            yield f"{path.stem}:{key}", table[key]
    for slug, label in theme_vocabulary().labels.items():
        yield f"theme:{slug}", label


def test_every_text_can_be_loaded() -> None:
    assert len(load_texts().keys) > 100


@pytest.mark.parametrize(("key", "text"), list(sentences()))
def test_a_sentence_keeps_french_typography(key: str, text: str) -> None:
    assert [] == faults(text)


@pytest.mark.parametrize(("key", "text"), list(sentences()))
def test_a_sentence_has_curly_apostrophes_and_no_typewriter_habit(key: str, text: str) -> None:
    assert [] == TYPEWRITER.findall(text)


@pytest.mark.parametrize(("key", "text"), list(sentences()))
def test_a_sentence_says_vous(key: str, text: str) -> None:
    assert set() == FAMILIAR & set(folded_words(FIELD.sub("", text)))
