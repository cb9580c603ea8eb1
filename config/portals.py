"""The portals: one TOML file each, those that ship and those of the operator."""

import re
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import GenericAlias
from typing import Any, get_type_hints

from bot.domain.followup import FollowUpPolicy
from bot.domain.portal import Portal
from config.errors import ConfigError
from config.policy import read_policy
from config.strict_toml import Table, key_faults, nearest, read_toml

SHIPPED = Path(__file__).with_name("portals")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z]{2,3}")
_POLICY = "followup"
_FIELDS = {field.name for field in fields(Portal)} - {"slug", "policy"}
_REQUIRED = ("name", "prefix", "presentation", "reads", "themes")
_TYPES = get_type_hints(Portal)
_EXPECTED = {
    str: "a text",
    bool: "true or false",
    int: "a whole number above 0",
    tuple[str, ...]: "a list of texts",
}


def load_portals(
    extra_dir: Path | None = None, rooms: str = "", off: Collection[str] = ()
) -> dict[str, Portal]:
    """The portals by slug, the file's name. Raises ConfigError with every fault of every file.

    `rooms` is the network of all their rooms, whatever their files say, unless it is empty. Those
    that are `off` take no new project: their themes are the fallback's.

    A file of `extra_dir` replaces the shipped one of the same name, and takes from the fallback
    portal the themes it claims. Afterwards no theme has two portals, and one is the fallback.
    """
    if extra_dir is not None and not extra_dir.is_dir():
        raise ConfigError(f"portals_dir: no such folder: {extra_dir}")
    files = {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}
    if extra_dir is not None:
        files |= {path.stem: path for path in sorted(extra_dir.glob("*.toml"))}
    portals: dict[str, Portal] = {}
    faults: list[str] = []
    for slug, path in files.items():
        try:
            portals[slug] = _portal(slug, read_toml(path), str(path))
        except ConfigError as error:
            faults += error.faults
    faults += _faults_of_off(portals, off)
    portals = _with_rest_in_fallback(_without_themes(portals, off))
    if faults := faults or _faults_between(portals):
        raise ConfigError(faults)
    return {slug: replace(p, rooms=rooms or p.rooms) for slug, p in portals.items()}


def portal_of(portals: Mapping[str, Portal], theme: str | None) -> Portal:
    """The portal that answers for a theme; the fallback for none and for one that nobody claims."""
    for portal in portals.values():
        if theme in portal.themes:
            return portal
    return next(portal for portal in portals.values() if portal.fallback)


def stand_in_of(portals: Mapping[str, Portal], portal: Portal) -> Portal:
    """The portal that answers in its place while it has no team: the one it names, else the
    fallback.
    """
    if portal.stand_in in portals:
        return portals[portal.stand_in]
    return next(each for each in portals.values() if each.fallback)


def unattended(portals: Mapping[str, Portal], coordinated: Collection[str]) -> list[Portal]:
    """The portals that take projects and that nobody coordinates."""
    return [p for p in portals.values() if p.themes and p.slug not in coordinated]


def theme_faults(portals: Mapping[str, Portal], known: Collection[str]) -> list[str]:
    """The themes that portals claim and nobody knows, and those known that no portal claims."""
    claimed = {theme: portal for portal in portals.values() for theme in portal.themes}
    faults = [
        f"portal {portal.slug}: unknown theme “{theme}”; did you mean “{nearest(theme, known)}”?"
        for theme, portal in claimed.items()
        if theme not in known
    ]
    return faults + [
        f"theme “{theme}” belongs to no portal" for theme in known if theme not in claimed
    ]


def _portal(slug: str, table: Table, where: str) -> Portal:
    faults = key_faults(where, table, [*_FIELDS, _POLICY], _REQUIRED)
    if not _SLUG.fullmatch(slug):
        faults.append(f"{where}: a portal's file is named in small letters, digits and hyphens")
    faults += [
        f"{where}: {key} = “{value}” is wrong; expected {_EXPECTED[_TYPES[key]]}"
        for key, value in table.items()
        if key in _FIELDS and not _fits(value, _TYPES[key])
    ]
    prefix = table.get("prefix")
    if isinstance(prefix, str) and not _PREFIX.fullmatch(prefix):
        faults.append(
            f"{where}: prefix = “{prefix}” is wrong; expected two or three capital letters"
        )
    policy = FollowUpPolicy()
    try:
        policy = read_policy(table.get(_POLICY, {}), f"{where}: [{_POLICY}]")
    except ConfigError as error:
        faults += error.faults
    if faults:
        raise ConfigError(faults)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
        if key in _FIELDS
    }
    return Portal(slug=slug, policy=policy, **values)


def _fits(value: object, expected: Any) -> bool:
    if expected is bool:
        return isinstance(value, bool)
    if expected is int:
        return type(value) is int and value > 0
    if isinstance(expected, GenericAlias):
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    return isinstance(value, str) and bool(value.strip())


def _faults_of_off(portals: Mapping[str, Portal], off: Collection[str]) -> list[str]:
    return [
        f"portals_off: unknown portal “{slug}”; did you mean “{nearest(slug, portals)}”?"
        if slug not in portals
        else f"portals_off: “{slug}” is the fallback, which takes what no other portal takes"
        for slug in off
        if slug not in portals or portals[slug].fallback
    ]


def _without_themes(portals: Mapping[str, Portal], off: Collection[str]) -> dict[str, Portal]:
    """Those that are off claim nothing: what they claimed goes to the fallback."""
    freed = tuple(theme for slug in off if slug in portals for theme in portals[slug].themes)
    return {
        slug: replace(p, themes=())
        if slug in off
        else replace(p, themes=(*p.themes, *(t for t in freed if t not in p.themes)))
        if p.fallback
        else p
        for slug, p in portals.items()
    }


def _with_rest_in_fallback(portals: Mapping[str, Portal]) -> dict[str, Portal]:
    claimed = {theme for p in portals.values() if not p.fallback for theme in p.themes}
    return {
        slug: replace(p, themes=tuple(t for t in p.themes if t not in claimed)) if p.fallback else p
        for slug, p in portals.items()
    }


def _faults_between(portals: Mapping[str, Portal]) -> list[str]:
    faults: list[str] = []
    fallbacks = [portal.slug for portal in portals.values() if portal.fallback]
    if len(fallbacks) != 1:
        faults.append(f"exactly one portal has fallback = true, not {len(fallbacks)}: {fallbacks}")
    faults += [
        f"portal {portal.slug}: stand_in names no portal: “{portal.stand_in}”"
        for portal in portals.values()
        if portal.stand_in and portal.stand_in not in portals
    ]
    for what, owners in (
        ("prefix", [(p.prefix, p.slug) for p in portals.values()]),
        ("theme", [(theme, p.slug) for p in portals.values() for theme in p.themes]),
    ):
        first: dict[str, str] = {}
        for claimed, slug in owners:
            if first.setdefault(claimed, slug) != slug:
                faults.append(f"portals {first[claimed]} and {slug} both claim {what} “{claimed}”")
    return faults
