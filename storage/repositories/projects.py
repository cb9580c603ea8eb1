"""Projects, their story, their rooms."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import joinedload, selectinload

from bot.domain.conversations import ConversationRef
from bot.domain.people import Advisor, Person
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.project import Project
from storage.database.prepared import Prepared
from storage.database.session import Work
from storage.repositories.followups import take_back, waiting_for_team
from storage.repositories.mapping import related
from storage.repositories.threads import BY_REF, OF_ADVISOR, OF_PERSON, threads
from storage.tables import entries, members, outbox, projects, rooms

_ENTRY = tuple(f.name for f in fields(Entry))
# Outer joins throughout: an inner one within them makes SQLite read all members of all projects.
_members = (
    joinedload(related(Project, "members"))
    .joinedload(related(Member, "person"))
    .joinedload(related(Person, "addresses"))
)
_with_all = select(Project).options(
    _members,
    selectinload(related(Project, "assignments"))
    .joinedload(related(Assignment, "advisor"), innerjoin=True)
    .joinedload(related(Advisor, "person"), innerjoin=True)
    .joinedload(related(Person, "addresses")),
    selectinload(related(Project, "recommendations")),
    selectinload(related(Project, "followups")),
)
_whole = _with_all.where(projects.c.ref == bindparam("ref"))
_whole_of = _with_all.where(projects.c.ref.in_(bindparam("refs", expanding=True)))


_due = (
    select(projects.c.ref)
    .where(projects.c.followup_due_at <= bindparam("now"))
    .order_by(projects.c.followup_due_at, projects.c.id)
    .limit(bindparam("limit"))
)
_due_for_team = _due.where(projects.c.portal == bindparam("portal"), projects.c.followup_for_team)
_due_of = Prepared(
    select(projects.c.ref)
    .join(members, members.c.project_id == projects.c.id)
    .where(members.c.person_id == bindparam("id"), projects.c.followup_due_at <= bindparam("now"))
    .order_by(projects.c.last_activity_at.desc(), projects.c.id)
)
_several = Prepared(select(members.c.id).where(members.c.person_id == bindparam("id")).limit(2))
_room = Prepared(
    select(rooms.c.network, rooms.c.conversation)
    .where(rooms.c.project_id == bindparam("id"))
    .order_by(rooms.c.id.desc())
    .limit(1)
)
_here = and_(
    rooms.c.network == bindparam("in_network"), rooms.c.conversation == bindparam("in_conversation")
)
_about = Prepared(
    select(outbox.c.projects).where(
        outbox.c.network == bindparam("network"),
        outbox.c.conversation == bindparam("conversation"),
        outbox.c.remote_id == bindparam("remote_id"),
    )
)
_story = (
    select(*(entries.c[name] for name in _ENTRY))
    .where(entries.c.project_id == bindparam("id"))
    .order_by(entries.c.id)
)
_said_by = and_(
    entries.c.project_id == bindparam("of"),
    entries.c.source == bindparam("said_by"),
    entries.c.kind != EntryKind.RETRACTED,
)
_retractable = select(entries.c.text).where(_said_by).order_by(entries.c.id)
_retract = (
    update(entries)
    .where(_said_by)
    .values(kind=EntryKind.RETRACTED, text="", detail="", attachment=None)
)
_backstage = (
    select(entries.c.id)
    .join(projects, entries.c.project_id == projects.c.id)
    .where(
        projects.c.ref == bindparam("ref"),
        entries.c.source == bindparam("said_by"),
        entries.c.backstage,
    )
    .limit(1)
)
_new_entry = Prepared(insert(entries).inline(), [*_ENTRY[:-1], "project_id"])


class ProjectRecords:
    """Projects. `thread` loads what a relayed word needs; `whole` everything but the story."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._seen: set[Project] = set()

    def add(self, project: Project) -> None:
        """Keep a new project; its id is set."""
        self._seen.add(project)
        self._work.session.add(project)
        self._work.session.flush()

    def thread(self, ref: str) -> Project | None:
        """The project with its members and their addresses."""
        found = self._threads(BY_REF, {"ref": ref})
        return found[0] if found else None

    def whole(self, ref: str) -> Project | None:
        """The project with all that hangs on it, journal excepted."""
        found = self._work.session.scalars(_whole, {"ref": ref}).unique().one_or_none()
        self._seen.update([found] if found is not None else [])
        return found

    def whole_of(self, refs: Sequence[str]) -> list[Project]:
        """Those of these projects that there are, whole, in the order given."""
        found = self._work.session.scalars(_whole_of, {"refs": list(refs)}).unique()
        by_ref = {project.ref: project for project in found}
        self._seen.update(by_ref.values())
        return [by_ref[ref] for ref in refs if ref in by_ref]

    def of_person(self, person: Person) -> list[Project]:
        """The projects on which the person is a member, latest activity first, with members."""
        return self._threads(OF_PERSON, {"id": person.id})

    def several(self, person: Person) -> bool:
        """Whether the person is a member of more than one project."""
        self._work.write_rows()
        return len(_several.rows(self._work.connection, {"id": person.id})) > 1

    def of_advisor(self, advisor: Advisor) -> list[Project]:
        """The projects on which the advisor sits, latest activity first, with members."""
        return self._threads(OF_ADVISOR, {"id": advisor.id})

    def seen(self) -> Collection[Project]:
        """Every project that was added, or read in one of these ways, in this transaction."""
        return self._seen

    def due(self, now: datetime, limit: int) -> list[str]:
        """References of projects whose stored due date has come, earliest first."""
        self._work.flush()
        return list(self._work.connection.scalars(_due, {"now": now, "limit": limit}))

    def due_of(self, person: Person, now: datetime) -> list[str]:
        """References of the person's projects that are due, latest activity first."""
        return [
            ref for (ref,) in _due_of.rows(self._work.connection, {"id": person.id, "now": now})
        ]

    def due_for_team(self, portal: str, now: datetime, limit: int) -> list[str]:
        """Those of a portal's due projects whose follow-up was planned for the team."""
        self._work.flush()
        asked = {"portal": portal, "now": now, "limit": limit}
        return list(self._work.connection.scalars(_due_for_team, asked))

    def refs_like(self, prefix: str) -> set[str]:
        """References already taken that start so."""
        self._work.flush()
        found = select(projects.c.ref).where(projects.c.ref.startswith(prefix, autoescape=True))
        return {ref for ref in self._work.connection.scalars(found) if ref.startswith(prefix)}

    def record(self, project: Project, entry: Entry) -> None:
        """Append to the project's story."""
        row = {name: getattr(entry, name) for name in _ENTRY if name != "id"}
        self._work.add_row(_new_entry, {**row, "project_id": project.id})

    def amend(self, entry: Entry) -> None:
        """Write an entry of a story anew, under its id."""
        values = {name: getattr(entry, name) for name in _ENTRY if name != "id"}
        self._work.connection.execute(
            update(entries).where(entries.c.id == entry.id).values(**values)
        )

    def retract(self, project: Project, source: str) -> list[str]:
        """Keep of an event's words only that they were taken back; return them, oldest first."""
        self._work.flush()
        which = {"of": project.id, "said_by": source}
        words = list(self._work.connection.scalars(_retractable, which))
        self._work.connection.execute(_retract, which)
        return words

    def take_back(self, key: str) -> list[Project]:
        """Forget the follow-ups that a message carried; return their projects, whole."""
        return take_back(self._work, key, self.whole)

    def waiting_for_team(self, portal: str) -> list[tuple[str, str]]:
        """References and départements of what waits for the team, the longest silent first."""
        self._work.flush()
        return waiting_for_team(self._work, portal)

    def story(self, project: Project, backstage: bool) -> list[Entry]:
        """The project's story, oldest first, with or without what was said among advisors."""
        told = (Entry(*row) for row in self._work.connection.execute(_story, {"id": project.id}))
        return [entry for entry in told if backstage or not entry.backstage]

    def is_backstage(self, ref: str, source: str) -> bool:
        """Whether the project's story keeps words of that event backstage."""
        self._work.flush()
        found = self._work.connection.execute(_backstage, {"ref": ref, "said_by": source})
        return found.first() is not None

    def room(self, project: Project) -> ConversationRef | None:
        """Where its advisors sit, or None before a room is open."""
        row = _room.row(self._work.connection, {"id": project.id})
        return None if row is None else ConversationRef(*row)

    def open_room(self, project: Project, conversation: ConversationRef) -> None:
        """Its advisors sit there from now on; what comes from an earlier room is still its own."""
        here = {"in_network": conversation.network, "in_conversation": conversation.name}
        self._work.connection.execute(delete(rooms).where(_here), here)
        self._work.connection.execute(
            insert(rooms)
            .inline()
            .values(
                project_id=project.id, network=conversation.network, conversation=conversation.name
            )
        )

    def about(self, conversation: ConversationRef, remote_id: str) -> str | None:
        """The reference of the project that a delivered message was about, if one only."""
        asked = {
            "network": conversation.network,
            "conversation": conversation.name,
            "remote_id": remote_id,
        }
        found = {tuple(refs) for (refs,) in _about.rows(self._work.connection, asked)}
        refs = found.pop() if len(found) == 1 else ()
        return refs[0] if len(refs) == 1 else None

    def _threads(self, which: Prepared, parameters: Mapping[str, object]) -> list[Project]:
        found = threads(self._work, which, parameters)
        self._seen.update(found)
        return found
