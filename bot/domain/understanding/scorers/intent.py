"""What the writer wants of the assistant: one named rule for each intent, tried in order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.understanding.reading import Intent
from bot.domain.understanding.vocabulary.vocabulary import LIKELY, SURE
from bot.domain.understanding.words.inflection import LITTLE
from bot.domain.wording.tokens import Token

_CURT = 3  # words: « une aide », where a theme can be read too
_BARE = 3  # words: « stop merci »; but « un arrêté est pris » asks nobody to stop
_SHORT = 6  # words: beyond, « stop » or « aide » is a word like another
_BRIEF = 9  # words: « supprimez mes données » asks about the service, whatever theme is named
_QUESTION = 12  # words: beyond, it is more than a question about the service


@dataclass(frozen=True, slots=True)
class Signs:
    """What was read of a message: points of each situation, its words, theme and place."""

    points: Mapping[str, float]
    tokens: Sequence[Token]
    themed: bool
    placed: bool

    @property
    def words(self) -> int:
        """How many words there are."""
        return len(self.tokens)

    def __getitem__(self, situation: str) -> float:
        return self.points.get(situation, 0.0)


def read_intent(signs: Signs) -> Intent:
    """The first intent whose rule holds; `off_topic` when none does."""
    return next((intent for intent, rule in RULES if rule(signs)), Intent.OFF_TOPIC)


def _hostile(signs: Signs) -> bool:
    return max(signs["injection"], signs["insult"]) >= SURE


def _unsubscribe(signs: Signs) -> bool:
    return signs["unsubscribe"] >= (LIKELY if signs.words <= _BARE else SURE)


def _out_of_scope(signs: Signs) -> bool:
    outsider = signs["out_of_scope"]
    real = signs.placed or (signs.themed and signs["off_topic"] < SURE)
    return real and outsider >= SURE and outsider > signs["collectivite"]


def _off_topic(signs: Signs) -> bool:
    return signs["off_topic"] >= SURE and signs["collectivite"] < SURE


def _followup(signs: Signs) -> bool:
    return signs["followup"] >= SURE > signs["new_project"]


def _help(signs: Signs) -> bool:
    asked = signs["help"] >= LIKELY and signs.words <= _QUESTION
    bare = signs.words <= _CURT or not signs.themed
    bare = bare or (signs["help"] >= SURE and signs.words <= _BRIEF)
    return asked and bare and not signs.placed and signs["collectivite"] < SURE


def _project(signs: Signs) -> bool:
    return signs.themed or signs.placed or signs["collectivite"] >= LIKELY


def _greeting(signs: Signs) -> bool:
    telling = sum(token.word not in LITTLE for token in signs.tokens)
    return signs["greeting"] > 0 and telling <= _SHORT


def _perhaps_followup(signs: Signs) -> bool:
    return signs["followup"] >= LIKELY


RULES: tuple[tuple[Intent, Callable[[Signs], bool]], ...] = (
    (Intent.HOSTILE, _hostile),
    (Intent.UNSUBSCRIBE, _unsubscribe),
    (Intent.OUT_OF_SCOPE, _out_of_scope),
    (Intent.OFF_TOPIC, _off_topic),
    (Intent.FOLLOWUP, _followup),
    (Intent.HELP, _help),
    (Intent.PROJECT, _project),
    (Intent.GREETING, _greeting),
    (Intent.FOLLOWUP, _perhaps_followup),
)
