"""The little words around a name that tell what it is doing there."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Folded words; `config/language/places.toml` says where each has to stand. `articles` has the
    one that each word is or hides; `epci_kinds` the kinds of what an intercommunality is called.
    """

    own_heads: frozenset[str]
    between: frozenset[str]
    mayoral: frozenset[str]
    other_heads: frozenset[str]
    away_heads: frozenset[str]
    wishes: frozenset[str]
    titles: frozenset[str]
    dedicated: frozenset[str]
    descriptive: frozenset[str]
    times: frozenset[str]
    verbs: frozenset[str]
    prepositions: frozenset[str]
    joining: frozenset[str]
    links: frozenset[str]
    saints: frozenset[str]
    at: frozenset[str]
    locating: frozenset[str]
    placing: frozenset[str]
    area_openers: frozenset[str]
    area_articles: frozenset[str]
    departement: frozenset[str]
    counted: frozenset[str]
    inhabitants: frozenset[str]
    counting: frozenset[str]
    code_names: frozenset[str]
    code_openers: frozenset[str]
    presiding: frozenset[str]
    epci_links: frozenset[str]
    epci_dropped: frozenset[str]
    ranks: tuple[frozenset[str], ...]
    last: frozenset[str]
    articles: Mapping[str, str]
    epci_kinds: Mapping[tuple[str, ...], frozenset[str]]
