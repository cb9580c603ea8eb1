"""Yes, no, giving up and questions, said in one's own words."""

from dataclasses import dataclass

from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said

_LONGEST_YES = 6
"""Words: a longer message that begins with yes says more than that."""


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """The phrases of consent: `config/language/consent.toml` says where each has to stand."""

    yes: Phrases
    but: Phrases
    no: Phrases
    giving_up: Phrases
    declining: Phrases
    doubt: Phrases
    courtesy: Phrases
    questions: Phrases

    def agrees(self, words: str) -> bool:
        """Whether the words say yes and nothing else: « oui, c'est bien ça », « ok envoyez »."""
        said = Said.of(words)
        short = len(said) <= _LONGEST_YES and "?" not in words
        return short and self.yes.at(said) is not None and self.but.first(said) is None

    def gives_up(self, words: str) -> bool:
        """Whether the words drop everything: « annuler »."""
        return self.giving_up.whole(Said.of(words)) is not None

    def asks(self, words: str) -> bool:
        """Whether the words are a question."""
        return "?" in words or self.questions.at(Said.of(words)) is not None

    def declines(self, words: str) -> bool:
        """Whether the words refuse to answer: « non », « je préfère rester anonyme »."""
        return self.objection(words) is not None or self.declining.said_in(words)

    def objection(self, words: str) -> str | None:
        """What follows « non », « ce n'est pas ça » (perhaps ""); None if they begin otherwise."""
        said = Said.of(words)
        no = self.no.at(said)
        if no is None:
            return None
        instead = said.after(no.end).strip()
        return "" if self.says_nothing(instead) else instead

    def says_nothing(self, words: str) -> bool:
        """Whether the words are courtesy, or none: « merci », « attendez »."""
        said = Said.of(words)
        return not said.tokens or self.courtesy.whole(said) is not None
