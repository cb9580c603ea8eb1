"""Whether somebody speaks for a collectivité, or of their own neighbours."""

from dataclasses import dataclass

from bot.domain.wording.phrases import Phrases


@dataclass(frozen=True, slots=True)
class OutOfScopeWords:
    """Who is served, and who is not: see `config/language/out_of_scope.toml`."""

    collectivite: Phrases
    neighbours: Phrases
