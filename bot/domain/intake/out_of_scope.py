"""Whether somebody speaks for a collectivité, or of their own neighbours."""

from dataclasses import dataclass

from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said


@dataclass(frozen=True, slots=True)
class OutOfScopeWords:
    """Who is served, and who is not: see `config/language/out_of_scope.toml`."""

    collectivite: Phrases
    neighbours: Phrases

    def concerns_neighbours(self, words: str) -> bool:
        """Whether the words are about the writer's neighbours."""
        return self.neighbours.first(Said.of(words)) is not None

    def speaks_for_a_collectivite(self, words: str) -> bool:
        """Whether the words name a collectivité, or an office held in one."""
        return self.collectivite.first(Said.of(words)) is not None
