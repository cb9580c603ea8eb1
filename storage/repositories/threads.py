"""Projects with their members and their addresses: what a relayed word needs, in one statement."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, select

from bot.domain.people import Address, Person
from bot.domain.projects.participants import Member
from bot.domain.projects.project import Project
from storage.database.prepared import Prepared
from storage.database.restoring import Restored, fill
from storage.database.session import Work
from storage.repositories import mapping  # noqa: F401 - entities are read below
from storage.tables import addresses, assignments, members, people, projects

_project = Restored(Project)
_member = Restored(Member, _project.end)
_person = Restored(Person, _member.end)
_address = Restored(Address, _person.end)


def _threads(which: ColumnElement[bool]) -> Prepared:
    everyone = (
        projects.outerjoin(members, members.c.project_id == projects.c.id)
        .outerjoin(people, people.c.id == members.c.person_id)
        .outerjoin(addresses, addresses.c.person_id == people.c.id)
    )
    columns = [*_project.columns, *_member.columns, *_person.columns, *_address.columns]
    return Prepared(
        select(*columns)
        .select_from(everyone)
        .where(which)
        .order_by(projects.c.last_activity_at.desc(), projects.c.id, members.c.id, addresses.c.id)
    )


def _seated(seats: Table, whose: str) -> ColumnElement[bool]:
    own = seats.alias("own")
    return projects.c.id.in_(select(own.c.project_id).where(own.c[whose] == bindparam("id")))


BY_REF = _threads(projects.c.ref == bindparam("ref"))
OF_PERSON = _threads(_seated(members, "person_id"))
OF_ADVISOR = _threads(_seated(assignments, "advisor_id"))


def threads(work: Work, which: Prepared, parameters: Mapping[str, Any]) -> list[Project]:
    """The projects, latest activity first."""
    work.write_rows()
    found: dict[Project, dict[Member, None]] = {}
    homes: dict[Person, dict[Address, None]] = {}
    for row in which.rows(work.connection, parameters):
        project = _project.get(work.session, row)
        member = _member.get(work.session, row)
        person = _person.get(work.session, row)
        address = _address.get(work.session, row)
        if project is None:
            continue
        seated = found.setdefault(project, {})
        if member is None or person is None:
            continue
        seated[member] = None
        fill(member, "person", person)
        home = homes.setdefault(person, {})
        if address is not None:
            home[address] = None
    for person, home in homes.items():
        fill(person, "addresses", list(home))
    for project, seated in found.items():
        fill(project, "members", list(seated))
    return list(found)
