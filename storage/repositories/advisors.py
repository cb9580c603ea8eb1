"""The register of advisors."""

import json

from sqlalchemy import Select, Text, bindparam, select, type_coerce
from sqlalchemy.orm import joinedload

from bot.domain.people import Advisor, Person
from storage.database.session import Work
from storage.repositories.mapping import related
from storage.tables import advisors

_entries: Select[Advisor] = (
    select(Advisor)
    .order_by(advisors.c.id)
    .options(
        joinedload(related(Advisor, "person"), innerjoin=True).joinedload(
            related(Person, "addresses")
        )
    )
)
_entry = _entries.where(advisors.c.id == bindparam("id"))


class AdvisorRecords:
    """The register, with persons and addresses."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, advisor: Advisor) -> None:
        """Keep a new entry and its person; ids are set."""
        self._work.session.add(advisor)
        self._work.session.flush()

    def of_portal(self, portal: str) -> list[Advisor]:
        """The active entries of a portal: advisors, observers and coordinators."""
        written = type_coerce(advisors.c.portals, Text)
        found = self._work.session.scalars(
            _entries.where(advisors.c.active, written.contains(json.dumps(portal), autoescape=True))
        )
        return [advisor for advisor in found.unique() if portal in advisor.portals]

    def by_id(self, id: int) -> Advisor | None:
        """The entry, or None."""
        return self._work.session.scalars(_entry, {"id": id}).unique().one_or_none()

    def all(self) -> list[Advisor]:
        """Every entry, inactive ones too."""
        return list(self._work.session.scalars(_entries).unique())
