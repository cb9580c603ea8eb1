"""How territories and projects are named."""

import textwrap
from collections.abc import Sequence

from bot.domain.projects.project import Project
from config import french
from config.catalogue import Catalogue

SHORT_TITLE = 40
"""Characters of a title on a button."""

LONGEST_PLACE = 26
"""Characters of its place among them."""

_BEFORE_THE_PLACE = " – "


def place_names(catalogue: Catalogue, codes: Sequence[str]) -> str:
    """The territories in words, « Fourmies (Nord) et Anor (Nord) »; empty for none."""
    places = catalogue.territories
    return french.listing(
        [f"{p.name} ({places.departement_name(p.departement)})" for p in places.find(codes)]
    )


def short_title(project: Project) -> str:
    """The title on a button. A long one keeps its place, without the département: it is by their
    places that one's projects are told apart.
    """
    title, place = project.title, project.territory_name
    if len(title) <= SHORT_TITLE or not place:
        return _cut(title, SHORT_TITLE)
    subject = title.rpartition(_BEFORE_THE_PLACE)[0] or title
    place = _cut(place, LONGEST_PLACE)
    return f"{_cut(subject, SHORT_TITLE - len(place) - len(_BEFORE_THE_PLACE))} – {place}"


def _cut(words: str, length: int) -> str:
    return textwrap.shorten(words, length, placeholder="…")
