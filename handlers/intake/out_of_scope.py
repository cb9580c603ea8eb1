"""A private person, an association or a company has a real subject: who can help them."""

from handlers.context.turn import Turn

_BY_THEME = {"logement": "intake.elsewhere_housing", "batiment_energie": "intake.elsewhere_works"}


def turn_down(turn: Turn, words: str) -> None:
    """Say kindly that the service is for collectivités, and who can help with this."""
    theme = turn.understand(words).theme
    if turn.catalogue.language.out_of_scope.neighbours.said_in(words):
        elsewhere = "intake.elsewhere_neighbour"
    else:
        elsewhere = _BY_THEME.get(theme or "", "intake.elsewhere_other")
    turn.reply("intake.out_of_scope", elsewhere=turn.label(elsewhere))
