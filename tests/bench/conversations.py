"""People under way: each in a chat, with an accepted project that has a room."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Person
from bot.domain.projects.participants import Member
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.urgency import Urgency
from bot.ports.records import UnitOfWork


def add_projects(uow: UnitOfWork, network: str, chats: Sequence[str], rooms: str) -> None:
    """Each chat has its person and their project; its room has the project's own name."""
    now = datetime.now(UTC)
    for number, chat in enumerate(chats):
        person = Person(f"Personne {number}", now)
        person.addresses.append(Address(network, chat, chat, now))
        uow.people.add(person)
        project = Project(
            ref=f"UV-{number:04}",
            portal="urbanvitaliz",
            title=f"Friche n° {number}",
            description="Un bâtiment vide.",
            themes=["friche"],
            urgency=Urgency.NORMAL,
            territories=["85092"],
            territory_name="Fontenay-le-Comte",
            departement="85",
            submitted_at=now,
            last_activity_at=now,
            status=ProjectStatus.ACCEPTED,
            accepted_at=now,
            last_member_word_at=now,
        )
        project.members.append(Member(person, lead=True, joined_at=now))
        uow.projects.add(project)
        uow.projects.open_room(project, ConversationRef(rooms, f"room:{project.ref}"))
