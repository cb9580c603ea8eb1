from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.people import Advisor, Person, Role
from bot.domain.projects.project import Project
from config.register import Summary, register
from config.roster import RosterLine

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
ANA = RosterLine(2, "Ana Roy", "DDT", Role.ADVISOR, ("sosponts",), ("pont",), ("85",))
BO = RosterLine(3, "Bo Roy", "DDT", Role.COORDINATOR, ("sosponts",), (), ())


@dataclass
class Entries:
    """The register in memory."""

    kept: list[Advisor] = field(default_factory=list)

    def add(self, advisor: Advisor) -> None:
        self.kept.append(advisor)

    def all(self) -> list[Advisor]:
        return list(self.kept)


@dataclass
class NoProjects:
    """Nobody sits anywhere."""

    def of_advisor(self, advisor: Advisor) -> list[Project]:
        return []

    def whole_of(self, refs: Sequence[str]) -> list[Project]:
        return []


@dataclass
class Revoked:
    """Whose links died."""

    names: list[str] = field(default_factory=list)

    def revoke(self, person: Person, opens: str, now: datetime) -> None:
        assert (opens, now) == ("desk", NOW)
        self.names.append(person.name)


@dataclass
class Work:
    """As much of a unit of work as the register needs."""

    advisors: Entries = field(default_factory=Entries)
    projects: NoProjects = field(default_factory=NoProjects)
    links: Revoked = field(default_factory=Revoked)


def bring(work: Any, *lines: RosterLine, replace: bool = False) -> Summary:
    return register(lines, work, NOW, replace=replace)


def test_new_people_are_added_as_the_file_says() -> None:
    work = Work()
    assert Summary(("Ana Roy", "Bo Roy"), (), (), ()) == bring(work, ANA, BO)
    ana, bo = work.advisors.kept
    assert ("Ana Roy", NOW, "DDT", Role.ADVISOR, ["sosponts"], ["pont"], ["85"], True) == (
        ana.person.name,
        ana.person.created_at,
        ana.organisation,
        ana.role,
        ana.portals,
        ana.themes,
        ana.departements,
        ana.active,
    )
    assert Role.COORDINATOR is bo.role


def test_the_same_file_twice_changes_nothing() -> None:
    work = Work()
    bring(work, ANA, BO)
    assert Summary((), (), ("Ana Roy", "Bo Roy"), ()) == bring(work, ANA, BO)
    assert 2 == len(work.advisors.kept)


def test_somebody_known_by_name_and_organisation_is_changed_in_place() -> None:
    work = Work()
    bring(work, ANA)
    before = work.advisors.kept[0]
    changed = replace(ANA, name="ANA ROY", departements=("85", "79"), role=Role.OBSERVER)
    assert Summary((), ("ANA ROY",), (), ()) == bring(work, changed)
    assert [before] == work.advisors.kept
    assert ("ANA ROY", ["85", "79"], Role.OBSERVER) == (
        before.person.name,
        before.departements,
        before.role,
    )


def test_whoever_is_not_in_the_file_stays_unless_the_file_replaces_the_register() -> None:
    work = Work()
    bring(work, ANA, BO)
    assert () == bring(work, ANA).deactivated
    assert ("Bo Roy",) == bring(work, ANA, replace=True).deactivated
    assert () == bring(work, ANA, replace=True).deactivated
    assert [True, False] == [advisor.active for advisor in work.advisors.kept]


def test_somebody_who_comes_back_is_active_again() -> None:
    work = Work()
    bring(work, ANA, BO)
    bring(work, ANA, replace=True)
    assert ("Bo Roy",) == bring(work, ANA, BO).updated
    assert all(advisor.active for advisor in work.advisors.kept)
