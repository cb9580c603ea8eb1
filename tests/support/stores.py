"""Stores for tests, and the people and projects that stories need."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.conversations import ConversationRef
from bot.domain.people import Advisor, Person, Role
from bot.domain.projects.participants import Assignment
from bot.domain.projects.project import Project, ProjectStatus
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import UnitOfWork
from storage import FileType, Store, open_store
from tests.support import invented

NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

TYPES = {
    ".pdf": FileType(("application/pdf",), (b"%PDF-",)),
    ".txt": FileType(("text/plain",)),
}


def open_test_store(url: str, folder: Path, worker_id: str = "worker") -> Store:
    """A store whose clock stands still at NOW."""
    return open_store(
        url,
        data_dir=folder,
        now=lambda: NOW,
        worker_id=worker_id,
        file_types=TYPES,
        max_file_size=1000,
        connections=4,
    )


def chat(name: str) -> ConversationRef:
    """A private chat on an invented network."""
    return ConversationRef("web", f"chat:{name}")


def event(conversation: ConversationRef, key: str, text: str = "bonjour") -> Incoming:
    """Words from a private chat."""
    return Incoming(conversation, key, conversation.name, NOW, text)


def message(
    conversation: ConversationRef, key: str, *projects: str, text: str = "bien reçu"
) -> Outgoing:
    """Words to a place."""
    return Outgoing(key, conversation, text, "relay", projects=projects)


def person(name: str) -> Person:
    """Somebody with a private chat."""
    return invented.person(name, at=NOW)


def advisor(name: str, *portals: str, role: Role = Role.ADVISOR) -> Advisor:
    """An entry of the register."""
    return invented.advisor(name, role=role, portals=portals or ("urbanvitaliz",), at=NOW)


def project(ref: str, lead: Person | None = None, portal: str = "urbanvitaliz") -> Project:
    """A project of the Vendée, with its lead."""
    return invented.project(ref, lead, portal=portal, at=NOW)


def accepted(ref: str, lead: Person, *advisors: Advisor) -> Project:
    """An accepted project on which these advisors sit."""
    made = project(ref, lead)
    made.status, made.accepted_at = ProjectStatus.ACCEPTED, NOW
    made.assignments = [Assignment(a, ["theme:friche"], NOW) for a in advisors]
    return made


def save(uow: UnitOfWork, made: Project) -> Project:
    """Keep a project and open its room."""
    uow.projects.add(made)
    uow.projects.open_room(made, ConversationRef("web", f"room:{made.ref}"))
    return made


async def an_accepted_project(store: Store) -> None:
    """UV-1111, of a, with Karim in its room."""
    await store.database.transact(
        lambda uow: save(uow, accepted("UV-1111", person("a"), advisor("karim")))
    )
