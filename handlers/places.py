"""Where a portal's team and a project's advisors sit, and how territories are named."""

from collections.abc import Sequence

from bot.domain.portal import Portal
from bot.ports.network import Place
from config import french
from config.catalogue import Catalogue


def team_place(portal: Portal) -> Place:
    """Where the portal's team talks."""
    return Place(portal.rooms, f"team:{portal.slug}")


def room_place(portal: Portal, ref: str) -> Place:
    """Where the advisors of a project sit."""
    return Place(portal.rooms, f"room:{ref}")


def place_names(catalogue: Catalogue, codes: Sequence[str]) -> str:
    """The territories in words, « Fourmies (Nord) et Anor (Nord) »; empty for none."""
    known = [catalogue.territories.get(code) for code in codes]
    return french.listing(
        [
            f"{place.name} ({catalogue.territories.departement_name(place.departement)})"
            for place in known
            if place is not None
        ]
    )
