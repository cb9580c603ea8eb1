"""What the first conversation hears with: the reader of messages, and phrases of French."""

from dataclasses import dataclass

from bot.domain.understanding.reader import Reader
from bot.domain.wording.consent import ConsentWords
from bot.domain.wording.introduction import IntroductionWords
from bot.domain.wording.phrases import Phrases


@dataclass(frozen=True, slots=True)
class CorrectionWords:
    """How people correct what was understood: see `config/language/corrections.toml`."""

    greetings: Phrases
    objections: Phrases
    it_is: Phrases
    stated: Phrases
    wrong: Phrases
    not_but: Phrases
    rather_than: Phrases
    who: Phrases
    i_am: Phrases
    i_am_not: Phrases
    not_this: Phrases
    next: Phrases
    beside: Phrases
    leading: Phrases
    one: Phrases
    more: Phrases


@dataclass(frozen=True, slots=True)
class PlaceAnswerWords:
    """How people name a place when they are asked: see `config/language/place_answers.toml`."""

    it_is: Phrases
    near: Phrases
    at: Phrases
    after_not: Phrases
    none_of_them: Phrases
    departement: Phrases
    offices: frozenset[str]
    official: Phrases
    shouted: Phrases
    to: Phrases
    given: Phrases
    links: frozenset[str]
    commune_of: Phrases


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """How the service is asked about: see `config/language/service_questions.toml`."""

    price: Phrases
    asked: Phrases
    readers: Phrases
    my_data: Phrases
    erase: Phrases
    kept: Phrases
    confidential: Phrases
    about_the_project: Phrases


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears the answers of whoever describes a project. Immutable; safe to share."""

    reader: Reader
    consent: ConsentWords
    introductions: IntroductionWords
    corrections: CorrectionWords
    places: PlaceAnswerWords
    service: ServiceWords
