"""The language's words, read once; and a Hypothesis that never fails for being slow."""

import pytest
from hypothesis import settings

from bot.domain.dates.words import DateWords
from bot.domain.wording.answers import AnswerWords
from config.language import Language
from tests.support.shipped import catalogue

settings.register_profile("steady", deadline=None, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def language() -> Language:
    """What the domain knows of French."""
    return catalogue().language


@pytest.fixture(scope="session")
def answer_words(language: Language) -> AnswerWords:
    """How people answer."""
    return language.answers


@pytest.fixture(scope="session")
def date_words(language: Language) -> DateWords:
    """How people name future days."""
    return language.dates
