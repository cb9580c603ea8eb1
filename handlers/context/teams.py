"""Which portal answers: one without a coordinator leaves its projects to another."""

from bot.domain.people import Role
from bot.domain.portal import Portal
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue
from config.portals import stand_in_of


def has_team(uow: UnitOfWork, portal: Portal) -> bool:
    """Whether somebody in service coordinates the portal."""
    return any(each.role is Role.COORDINATOR for each in uow.advisors.of_portal(portal.slug))


def answering_portal(uow: UnitOfWork, catalogue: Catalogue, theme: str | None) -> Portal:
    """The portal to which a new project on that theme goes: where it has no team, the one that
    answers in its place, if that has one.
    """
    portal = catalogue.portal_of(theme)
    if has_team(uow, portal):
        return portal
    stand_in = stand_in_of(catalogue.portals, portal)
    return stand_in if has_team(uow, stand_in) else portal
