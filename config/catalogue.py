"""Everything that is read once from `config/` and never changes while the program runs."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bot.domain.intake.listener import Listener
from bot.domain.portal import Portal
from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.vocabulary.vocabulary import ThemeVocabulary
from config.errors import ConfigError
from config.language import Language, load_language
from config.portals import load_portals, portal_of, theme_faults
from config.roster import Known
from config.territory import load_territories
from config.texts import Texts, load_texts
from config.themes import load_themes


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The portals, the words, the places. Immutable; safe to share between threads.

    `ways` are the networks, besides the pages, on which people can be told.
    """

    portals: dict[str, Portal]
    texts: Texts
    themes: ThemeVocabulary
    territories: TerritoryIndex
    reader: Reader
    listener: Listener
    language: Language
    ways: frozenset[str] = frozenset()

    def portal_of(self, theme: str | None) -> Portal:
        """The portal that answers for a theme; the fallback for none."""
        return portal_of(self.portals, theme)

    @property
    def known(self) -> Known:
        """What a register may name."""
        return Known(self.portals, self.themes.slugs, self.territories.departements)


def load_catalogue(
    portals_dir: Path | None = None, rooms: str = "", off: Collection[str] = ()
) -> Catalogue:
    """The catalogue, with the operator's own portals, without new projects for those that are
    `off`, and with `rooms` for the network of all their rooms unless it is empty. Raises
    ConfigError with every fault.
    """
    portals, themes = load_portals(portals_dir, rooms, off), load_themes()
    faults = theme_faults(portals, themes.slugs)
    if faults:
        raise ConfigError(faults)
    texts, territories, language = load_texts(), load_territories(), load_language()
    reader = Reader(territories, themes, language.reading)
    listener = language.listener(reader)
    return Catalogue(portals, texts, themes, territories, reader, listener, language)


def load_known(portals_dir: Path | None = None) -> Known:
    """What a register may name, without the rest of the catalogue. Raises ConfigError."""
    territories = load_territories()
    return Known(load_portals(portals_dir), load_themes().slugs, territories.departements)
