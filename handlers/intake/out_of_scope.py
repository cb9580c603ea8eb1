"""A private person, an association or a company has a real subject: who can help them."""

import re

from bot.domain.wording.folding import fold
from handlers.context.turn import Turn

_COLLECTIVITE = re.compile(
    r"\b(?:maires?|mairie|municipal\w*|commune|intercommunal\w*|communaute|metropole|syndicat|epci"
    r"|collectivite|elue?s?|adjointe?s?|conseil(?:ler|lere)? (?:municipal\w*|communautaire)"
    r"|secretaire de mairie|departement(?:al\w*)?|dgs|agente? (?:de|du) (?:la )?(?:mairie|ville))\b"
)
_NEIGHBOUR = re.compile(r"\b(?:voisine?s?|voisinage|mitoyen\w*|proprietaire d a cote)\b")
_BY_THEME = {"logement": "intake.elsewhere_housing", "batiment_energie": "intake.elsewhere_works"}


def turn_down(turn: Turn, words: str) -> None:
    """Say kindly that the service is for collectivités, and who can help with this."""
    theme = turn.understand(words).theme
    if concerns_neighbours(words):
        elsewhere = "intake.elsewhere_neighbour"
    else:
        elsewhere = _BY_THEME.get(theme or "", "intake.elsewhere_other")
    turn.reply("intake.out_of_scope", elsewhere=turn.label(elsewhere))


def concerns_neighbours(words: str) -> bool:
    """Whether the words are about the writer's neighbours."""
    return _NEIGHBOUR.search(fold(words)) is not None


def speaks_for_a_collectivite(words: str) -> bool:
    """Whether the words name a collectivité, or an office held in one."""
    return _COLLECTIVITE.search(fold(words)) is not None
