"""The communes, EPCI, départements and regions of France, found by code, name or postcode."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class TerritoryKind(StrEnum):
    """What sort of place is named."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Territory:
    """A commune (INSEE code) or an EPCI (SIREN).

    `departement` is a code ("85", "2A", "974"); for an EPCI, that of its largest member.
    `departements` are all those it lies in. `population` is None where none is published.
    """

    kind: TerritoryKind
    code: str
    name: str
    departement: str
    departements: tuple[str, ...]
    population: int | None


class Commune(NamedTuple):
    """A current commune as packaged; `postcodes` separated by spaces; `epci` is "" for none."""

    code: str
    name: str
    population: int | None
    postcodes: str
    epci: str

    @property
    def departement(self) -> str:
        """The code of its département or overseas collectivité."""
        return departement_of(self.code)


@dataclass(eq=False, repr=False)
class Communes(Mapping[str, Commune]):
    """The current communes by INSEE code, kept as columns: half the memory of one object each.

    `codes` are sorted. A population of -1 is unknown. `cores` are the names in folded words
    without their article, and `heard` how each sounds, computed beforehand
    (`bot.domain.understanding.words.spelling`).
    """

    codes: Sequence[str]
    names: Sequence[str]
    populations: Sequence[int]
    postcodes: Sequence[str]
    epcis: Sequence[str]
    cores: Sequence[str]
    heard: Sequence[str]

    def __getitem__(self, code: str) -> Commune:
        place = self._place(code)
        if place is None:
            raise KeyError(code)
        population = self.populations[place]
        return Commune(
            code,
            self.names[place],
            population if population >= 0 else None,
            self.postcodes[place],
            self.epcis[place],
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._place(code) is not None

    def _place(self, code: str) -> int | None:
        place = bisect_left(self.codes, code)
        return place if place < len(self.codes) and self.codes[place] == code else None


class FormerName(NamedTuple):
    """A name no longer official, the code of the commune it belongs to, and how it sounds."""

    name: str
    code: str
    heard: str


class Epci(NamedTuple):
    """An intercommunality with its own taxes; `kind` is CC, CA, CU, METRO or MET69."""

    siren: str
    kind: str
    name: str
    population: int | None


class Departement(NamedTuple):
    """A département or an overseas collectivité; `region` is a region code."""

    code: str
    name: str
    region: str


class Region(NamedTuple):
    """A region."""

    code: str
    name: str


def departement_of(insee: str) -> str:
    """The département code in an INSEE commune code: two characters, three overseas."""
    return insee[:3] if insee[:2] in {"97", "98"} else insee[:2]


@dataclass(eq=False)
class TerritoryIndex:
    """The territories of one vintage by code, and what their names are looked up in.

    `areas` are usual names of wider areas, each with the codes of its départements.
    """

    vintage: str
    sources: Sequence[str]
    communes: Communes
    former: Sequence[FormerName]
    epcis: Mapping[str, Epci]
    departements: Mapping[str, Departement]
    regions: Mapping[str, Region]
    areas: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        self._members = _members(self.communes)
        self._by_postcode = _by_postcode(self.communes)

    def get(self, code: str) -> Territory | None:
        """The commune of this INSEE code or the EPCI of this SIREN; None if there is none."""
        commune = self.communes.get(code)
        if commune is not None:
            own = commune.departement
            return Territory(
                TerritoryKind.COMMUNE, code, commune.name, own, (own,), commune.population
            )
        epci = self.epcis.get(code)
        return None if epci is None else self._epci(epci)

    def find(self, codes: Iterable[str]) -> list[Territory]:
        """Those of the codes that are known, in their order."""
        return [place for code in codes if (place := self.get(code)) is not None]

    def departement_name(self, code: str) -> str:
        """The name of the département of this code; the code itself if it is unknown."""
        departement = self.departements.get(code)
        return code if departement is None else departement.name

    def members(self, siren: str) -> tuple[Commune, ...]:
        """The communes of an EPCI, largest first; empty for an unknown one."""
        return tuple(
            sorted(
                (self.communes[code] for code in self._members.get(siren, ())),
                key=lambda commune: (-(commune.population or 0), commune.code),
            )
        )

    def main_communes(self) -> dict[str, str]:
        """For each EPCI, the code of its most populated commune."""
        size = dict(zip(self.communes.codes, self.communes.populations, strict=True))
        return {siren: max(codes, key=size.__getitem__) for siren, codes in self._members.items()}

    def departements_of(self, code: str) -> tuple[str, ...]:
        """The départements of a commune or an EPCI, without building the rest."""
        if code in self.communes:
            return (departement_of(code),)
        return tuple(sorted({departement_of(member) for member in self._members.get(code, ())}))

    def with_postcode(self, postcode: str) -> tuple[str, ...]:
        """The INSEE codes of the communes that La Poste serves under this postcode."""
        return tuple(self._by_postcode.get(postcode, "").split())

    def _epci(self, epci: Epci) -> Territory:
        members, inside = self.members(epci.siren), self.departements_of(epci.siren)
        main = members[0].departement if members else ""
        return Territory(TerritoryKind.EPCI, epci.siren, epci.name, main, inside, epci.population)


def _members(communes: Communes) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for code, epci in zip(communes.codes, communes.epcis, strict=True):
        if epci:
            members.setdefault(epci, []).append(code)
    return members


def _by_postcode(communes: Communes) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, postcodes in zip(communes.codes, communes.postcodes, strict=True):
        for postcode in postcodes.split() if " " in postcodes else (postcodes,):
            known = found.setdefault(postcode, code)
            if known is not code:
                found[postcode] = f"{known} {code}"
    found.pop("", None)
    return found
