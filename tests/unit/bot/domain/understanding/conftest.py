"""One reader for all these tests: it is immutable, and takes half a second to make."""

import pytest

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding import Reader, ThemeVocabulary, WrittenVocabulary
from config.language import load_language
from config.territory import load_territories
from config.themes import load_themes
from config.themes_written import read_written, written_files


@pytest.fixture(scope="session")
def territories() -> TerritoryIndex:
    return load_territories()


@pytest.fixture(scope="session")
def vocabulary() -> ThemeVocabulary:
    return load_themes()


@pytest.fixture(scope="session")
def reader(territories: TerritoryIndex, vocabulary: ThemeVocabulary) -> Reader:
    return Reader(territories, vocabulary, load_language().reading)


@pytest.fixture(scope="session")
def written() -> WrittenVocabulary:
    return read_written(written_files())
