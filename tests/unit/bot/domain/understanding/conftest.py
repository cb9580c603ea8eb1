"""The reader that ships, and what it is made of."""

import pytest

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.vocabulary.vocabulary import ThemeVocabulary, WrittenVocabulary
from config.themes_written import read_written, written_files
from tests.support.shipped import catalogue


@pytest.fixture(scope="session")
def territories() -> TerritoryIndex:
    return catalogue().territories


@pytest.fixture(scope="session")
def vocabulary() -> ThemeVocabulary:
    return catalogue().themes


@pytest.fixture(scope="session")
def reader() -> Reader:
    return catalogue().reader


@pytest.fixture(scope="session")
def written() -> WrittenVocabulary:
    return read_written(written_files())
