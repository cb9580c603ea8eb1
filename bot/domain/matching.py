"""Which advisors a project needs, and why each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.people import Advisor, Role

NATIONAL = "national"
EVERY_THEME = "every_theme"


@dataclass(frozen=True, slots=True)
class Match:
    """An advisor who fits, and why.

    Reasons are slugs: "theme:friche" or "every_theme", then "departement:85" or "national".
    """

    advisor: Advisor
    reasons: tuple[str, ...]


def rank(
    advisors: Iterable[Advisor],
    themes: Sequence[str],
    departements: Sequence[str],
    portal: str,
    limit: int,
) -> list[Match]:
    """The active advisors of the portal whose theme and territory fit, the closest first, `limit`
    at most.

    A département goes before the whole country, then the main theme (the first) before every theme,
    then before a secondary one. The observers who fit follow, as readers. With nobody to advise,
    the list is empty. A project without theme fits them all.
    """
    fitting = sorted(
        (
            (_closeness(advisor, themes), match)
            for advisor in advisors
            if advisor.active and portal in advisor.portals
            if (match := _match(advisor, themes, departements)) is not None
        ),
        key=lambda ranked: ranked[0],
    )
    matches = [match for _, match in fitting]
    advising = [m for m in matches if m.advisor.role is Role.ADVISOR][:limit]
    reading = [m for m in matches if m.advisor.role is Role.OBSERVER]
    return [*advising, *reading] if advising else []


def _match(advisor: Advisor, themes: Sequence[str], departements: Sequence[str]) -> Match | None:
    common = [theme for theme in themes if theme in advisor.themes]
    near = [departement for departement in departements if departement in advisor.departements]
    if (advisor.themes and themes and not common) or (advisor.departements and not near):
        return None
    why = [f"theme:{theme}" for theme in common] or ([] if advisor.themes else [EVERY_THEME])
    where = [f"departement:{departement}" for departement in near] or [NATIONAL]
    return Match(advisor, (*why, *where))


def _closeness(advisor: Advisor, themes: Sequence[str]) -> tuple[bool, int, str, str, int]:
    theme = 1 if not advisor.themes else 0 if themes and themes[0] in advisor.themes else 2
    national = not advisor.departements
    return national, theme, advisor.organisation, advisor.person.name, advisor.id or 0
