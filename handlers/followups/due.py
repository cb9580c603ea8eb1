"""What is due, and the transaction in which it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import days_between
from bot.domain.followup import FollowUp, FollowUpKind, FollowUpPolicy, facts_of, plan
from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.project import Project
from bot.domain.projects.recommendation import Recommendation
from bot.ports.records import UnitOfWork
from config import french
from config.catalogue import Catalogue
from config.texts import Texts


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that is due, and its project, whole."""

    project: Project
    followup: FollowUp

    @property
    def recommendation(self) -> Recommendation | None:
        """The recommendation it is about, if any."""
        return self.project.recommendation(self.followup.number or 0)


@dataclass(frozen=True, slots=True)
class Batch:
    """The transaction in which the follow-ups of some projects go out, all at the instant `now`."""

    uow: UnitOfWork
    catalogue: Catalogue
    now: datetime

    @property
    def texts(self) -> Texts:
        """The sentences said to people."""
        return self.catalogue.texts

    def policy(self, project: Project) -> FollowUpPolicy:
        """The policy of the project's portal."""
        return self.catalogue.portals[project.portal].policy

    def plan(self, project: Project) -> list[FollowUp]:
        """All that is to come for a whole project, from its facts, the highest first."""
        return plan(facts_of(project), self.policy(project), self.now)

    def find_due(self, project: Project) -> list[Due]:
        """What is due for a whole project, the highest first."""
        return [Due(project, f) for f in self.plan(project) if f.due_at <= self.now]

    def since(self, project: Project, at: datetime) -> str:
        """« depuis 10 jours », counted in days of the territory."""
        return french.ago(days_between(at, self.now, project.departement))

    def find_entry(self, project: Project, at: datetime, *kinds: EntryKind) -> Entry | None:
        """The entry of one of these kinds that the project's story has at that instant."""
        story = self.uow.projects.story(project, backstage=False)
        return next((entry for entry in story if entry.at == at and entry.kind in kinds), None)


def store_next(project: Project, planned: Sequence[FollowUp]) -> None:
    """The project keeps the date of the first of the follow-ups planned."""
    at = min((f.due_at for f in planned), default=None)
    project.followup_due_at = at
    project.followup_for_team = any(f.to is Side.TEAM and f.due_at == at for f in planned)


def worth_sending(due: Sequence[Due]) -> list[Due]:
    """Without « où en êtes-vous ? » to people who are asked something else, that counts in the
    caps, about the same project: the caps then hold it, or the date asked for is kept.
    """
    asked = {
        (d.project.ref, d.followup.to)
        for d in due
        if d.followup.is_counted and not _asks_where_things_are(d)
    }
    return [
        d
        for d in due
        if not _asks_where_things_are(d) or (d.project.ref, d.followup.to) not in asked
    ]


def worth_saying(due: Sequence[Due]) -> list[Due]:
    """What the text of a message says of what it carries: « où en êtes-vous ? » goes without saying
    on a project of which something else is asked.
    """
    asked = {d.project.ref for d in due if not _asks_where_things_are(d)}
    return [d for d in due if not _asks_where_things_are(d) or d.project.ref not in asked]


def _asks_where_things_are(due: Due) -> bool:
    return due.followup.kind is FollowUpKind.WHERE_ARE_YOU
