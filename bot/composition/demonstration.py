"""The demonstration: invented advisors, links to play them, a time that can be moved forward."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.calendar import next_opening
from bot.domain.followup import FollowUpPolicy
from bot.domain.people import Advisor, Role, Side
from bot.links.personal import create_personal_link
from bot.ports.records import Database, UnitOfWork
from bot.ports.web import DemoLink
from bot.runtime.clocks import DemoClock
from config.catalogue import Catalogue
from config.register import register
from config.roster import read_roster

ROSTER = Path(__file__).parents[2] / "config" / "demo" / "advisors.csv"

LINK_LIFE = timedelta(days=3650)
"""A demonstration's links outlive any jump in time."""

HOME = "75"
"""The territory whose working hours a jump in time goes on to."""

ADVISORS_SHOWN = 2


@dataclass
class Demo:
    """What the demonstration adds to the pages. `after_jump` lets what fell due go out."""

    clock: DemoClock
    links: Sequence[DemoLink]
    after_jump: Callable[[], Awaitable[None]] | None = None

    @property
    def now(self) -> datetime:
        """The demonstration's present."""
        return self.clock.now()

    async def forward(self, by: timedelta) -> None:
        """Move time forward, on to the next working hour, and let what fell due go out."""
        self.clock.move_to(next_opening(self.now + by, HOME, Side.MEMBERS, FollowUpPolicy()))
        if self.after_jump is not None:
            await self.after_jump()


async def seed(database: Database, catalogue: Catalogue, clock: DemoClock) -> list[DemoLink]:
    """Keep the invented register; return new links to play two advisors and the team."""
    lines = read_roster(ROSTER.read_text(encoding="utf-8"), catalogue.known)

    def work(uow: UnitOfWork) -> list[DemoLink]:
        register(lines, uow, clock.now())
        everyone = uow.advisors.all()
        advisors = [a for a in everyone if a.role is Role.ADVISOR and a.departements]
        coordinators = [a for a in everyone if a.role is Role.COORDINATOR]
        team = max(coordinators, key=lambda a: len(a.portals))
        return [_link(uow, clock, who) for who in [*advisors[:ADVISORS_SHOWN], team]]

    return await database.transact(work)


def _link(uow: UnitOfWork, clock: DemoClock, advisor: Advisor) -> DemoLink:
    role = "team" if advisor.role is Role.COORDINATOR else "advisor"
    path = create_personal_link(uow, advisor.person, "desk", LINK_LIFE, clock)
    return DemoLink(role, advisor.person.name, advisor.organisation, path)
