"""Persons and their addresses."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, literal_column, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Advisor, Person
from bot.ports.records import Correspondent
from storage.database.prepared import Prepared
from storage.database.restoring import Restored, fill
from storage.database.session import Work
from storage.repositories.dialogues import dialogue_state
from storage.repositories.mapping import related
from storage.tables import (
    addresses,
    advisors,
    assignments,
    dialogues,
    links,
    people,
    projects,
    rooms,
)

_network: BindParameter[str] = bindparam("network")
_conversation: BindParameter[str] = bindparam("conversation")
_with_addresses = joinedload(related(Person, "addresses"))

_restored_person = Restored(Person, 6)
_restored_advisor = Restored(Advisor, _restored_person.end)
_restored_address = Restored(Address, _restored_advisor.end)

# Who, in which room, at which point of which dialogue. Somebody known by several
# addresses of one network is preferably known by that of this very conversation.
_who = (
    select(addresses.c.person_id)
    .where(addresses.c.network == _network, addresses.c.sender == bindparam("sender"))
    .order_by((addresses.c.conversation == _conversation).desc(), addresses.c.id)
    .limit(1)
    .scalar_subquery()
)
_room = (
    select(projects.c.ref)
    .select_from(rooms.join(projects, rooms.c.project_id == projects.c.id))
    .where(rooms.c.network == _network, rooms.c.conversation == _conversation)
    .scalar_subquery()
)
_portal = (
    select(projects.c.portal)
    .select_from(rooms.join(projects, rooms.c.project_id == projects.c.id))
    .where(rooms.c.network == _network, rooms.c.conversation == _conversation)
    .scalar_subquery()
)
_seat = (
    select(assignments.c.id)
    .select_from(rooms.join(assignments, assignments.c.project_id == rooms.c.project_id))
    .where(
        rooms.c.network == _network,
        rooms.c.conversation == _conversation,
        assignments.c.advisor_id == advisors.c.id,
    )
    .correlate(advisors)
    .limit(1)
    .scalar_subquery()
)
_one = select(literal_column("1").label("one")).subquery()
_at_place = Prepared(
    select(
        _room,
        dialogues.c.kind,
        dialogues.c.state,
        dialogues.c.asked,
        _portal,
        _seat,
        *_restored_person.columns,
        *_restored_advisor.columns,
        *_restored_address.columns,
    )
    .select_from(
        _one.outerjoin(
            dialogues,
            and_(
                dialogues.c.network == _network,
                dialogues.c.conversation == _conversation,
            ),
        )
        .outerjoin(people, people.c.id == _who)
        .outerjoin(advisors, advisors.c.person_id == people.c.id)
        .outerjoin(addresses, addresses.c.person_id == people.c.id)
    )
    .order_by(addresses.c.id)
)
_person = select(Person).where(people.c.id == bindparam("id")).options(_with_addresses)
_hand_over = (
    update(links).where(links.c.person_id == bindparam("by")).values(person_id=bindparam("to"))
)
_person_at = (
    select(Person)
    .join(addresses, addresses.c.person_id == people.c.id)
    .where(addresses.c.network == _network, addresses.c.conversation == _conversation)
    .order_by(people.c.id)
    .options(_with_addresses)
)


_held = (
    select(people.c.id, people.c.last_followup_at, people.c.last_word_at, people.c.stopped_at)
    .where(people.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(people.c.id)
    .with_for_update()
)


class PeopleRecords:
    """Persons and their addresses."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def correspondent(self, conversation: ConversationRef, sender: str) -> Correspondent:
        """Whoever writes from there."""
        self._work.flush()
        asked = {
            "network": conversation.network,
            "conversation": conversation.name,
            "sender": sender,
        }
        rows = _at_place.rows(self._work.connection, asked)
        room, kind, state, asked, portal, seat = rows[0][:6]
        person, advisor = self._known(rows)
        dialogue = dialogue_state(conversation, kind, state, asked)
        return Correspondent(person, advisor, room, dialogue, portal, seat is not None)

    def add(self, person: Person) -> None:
        """Keep a new person; their id is set."""
        self._work.session.add(person)
        self._work.session.flush()

    def by_id(self, id: int) -> Person | None:
        """The person with addresses."""
        return self._work.session.scalars(_person, {"id": id}).unique().one_or_none()

    def merge(self, kept: Person, gone: Person) -> None:
        """What belongs to `gone`, projects apart, is of `kept`, and `gone` is no more."""
        session = self._work.session
        moving, gone.addresses[:] = list(gone.addresses), []
        kept.addresses += moving
        session.flush()
        self._work.connection.execute(_hand_over, {"by": gone.id, "to": kept.id})
        session.delete(gone)
        session.flush()

    def unreachable(self, conversation: ConversationRef, now: datetime) -> Person | None:
        """Mark the address of a place as not working; return whose it is."""
        parameters = {"network": conversation.network, "conversation": conversation.name}
        persons = self._work.session.scalars(_person_at, parameters).unique().all()
        for person in persons:
            for address in person.addresses:
                here = address.conversation_ref == conversation
                if here and address.unreachable_since is None:
                    address.unreachable_since = now
        return persons[0] if persons else None

    def hold(self, persons: Sequence[Person]) -> None:
        """Nobody else follows these persons up until the end of the transaction."""
        by_id = {person.id: person for person in persons}
        if not by_id or not self._work.keeps or self._work.connection.dialect.name == "sqlite":
            return  # SQLite has one writer.
        for row in self._work.connection.execute(_held, {"ids": list(by_id)}).mappings():
            for key in ("last_followup_at", "last_word_at", "stopped_at"):
                set_committed_value(by_id[row["id"]], key, row[key])

    def _known(self, rows: list[tuple[Any, ...]]) -> tuple[Person | None, Advisor | None]:
        session = self._work.session
        person = _restored_person.get(session, rows[0])
        advisor = _restored_advisor.get(session, rows[0])
        if person is not None:
            found = (_restored_address.get(session, row) for row in rows)
            fill(person, "addresses", [address for address in found if address is not None])
        if advisor is not None:
            fill(advisor, "person", person)
        return person, advisor
