"""What is due, in one transaction in which follow-ups go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.domain.calendar import days_between, zone_of
from bot.domain.followup import FollowUp, FollowUpKind, facts_of, plans
from bot.domain.people import Person, Side
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
class Round:
    """One transaction in which follow-ups go out."""

    uow: UnitOfWork
    catalogue: Catalogue
    now: datetime

    @property
    def texts(self) -> Texts:
        """What is said."""
        return self.catalogue.texts

    def plans(self, project: Project) -> list[FollowUp]:
        """All that is to come for a whole project, from its facts, the highest first."""
        return plans(facts_of(project), self.catalogue.portals[project.portal].policy, self.now)

    def due(self, project: Project) -> list[Due]:
        """What is due for a whole project, the highest first."""
        return [Due(project, f) for f in self.plans(project) if f.due_at <= self.now]

    def zone(self, project: Project) -> tzinfo:
        """The time zone of the project's territory."""
        return zone_of(project.departement)

    def since(self, project: Project, at: datetime) -> str:
        """« depuis 10 jours », counted in days of the territory."""
        return french.ago(days_between(at, self.now, project.departement))

    def told_at(self, project: Project, at: datetime, *kinds: EntryKind) -> Entry | None:
        """What was said or done at that instant, in the project's story."""
        story = self.uow.projects.story(project, backstage=False)
        return next((entry for entry in story if entry.at == at and entry.kind in kinds), None)


def store_next(project: Project, planned: Sequence[FollowUp]) -> None:
    """The date of the next follow-up of those planned is kept on the project."""
    at = min((f.due_at for f in planned), default=None)
    project.followup_due_at = at
    project.followup_for_team = any(f.to is Side.TEAM and f.due_at == at for f in planned)


_PRECISE = frozenset({FollowUpKind.QUESTION, FollowUpKind.RECOMMENDATION, FollowUpKind.ESCALATION})


def worth_telling(due: Sequence[Due]) -> list[Due]:
    """Without « où en êtes-vous ? » to people of whom something more precise is asked about the
    same project: the caps then hold it, or the date asked for is kept.
    """
    precise = {
        (d.project.ref, d.followup.to)
        for d in due
        if d.followup.kind in _PRECISE and d.followup.to is not Side.TEAM
    }
    return [
        d
        for d in due
        if d.followup.kind is not FollowUpKind.WHERE_ARE_YOU
        or (d.project.ref, d.followup.to) not in precise
    ]


def spoken(due: Sequence[Due]) -> list[Due]:
    """What a message says of what it carries: on a project of which something else is asked, « où
    en êtes-vous ? » goes without saying.
    """
    asked = {d.project.ref for d in due if d.followup.kind is not FollowUpKind.WHERE_ARE_YOU}
    return [
        d
        for d in due
        if d.followup.kind is not FollowUpKind.WHERE_ARE_YOU or d.project.ref not in asked
    ]


def asks(person: Person) -> str:
    """How a person is named to others."""
    return f"{person.name} ({person.function})" if person.function else person.name
