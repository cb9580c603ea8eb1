"""Which entity lives in which table. Nothing loads by itself: repositories say what they load."""

from typing import Any

from sqlalchemy.orm import QueryableAttribute, registry, relationship
from sqlalchemy.orm.relationships import Relationship

from bot.domain.people import Address, Advisor, Person
from bot.domain.projects.history import FollowUpSent
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.project import Project
from bot.domain.projects.recommendation import Recommendation
from storage import tables

_mapper = registry(metadata=tables.metadata)


def _one(entity: type) -> "Relationship[Any]":
    return relationship(entity, lazy="raise_on_sql")


def _own(entity: type, order: Any) -> "Relationship[Any]":
    """What lives and dies with its owner."""
    return relationship(
        entity, lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by=order
    )


_mapper.map_imperatively(Address, tables.addresses)
_mapper.map_imperatively(
    Person, tables.people, properties={"addresses": _own(Address, tables.addresses.c.id)}
)
_mapper.map_imperatively(Advisor, tables.advisors, properties={"person": _one(Person)})
_mapper.map_imperatively(Member, tables.members, properties={"person": _one(Person)})
_mapper.map_imperatively(Assignment, tables.assignments, properties={"advisor": _one(Advisor)})
_mapper.map_imperatively(Recommendation, tables.recommendations)
_mapper.map_imperatively(FollowUpSent, tables.followups, properties={"to": tables.followups.c.side})
_mapper.map_imperatively(
    Project,
    tables.projects,
    version_id_col=tables.projects.c.version,
    properties={
        "members": _own(Member, tables.members.c.id),
        "assignments": _own(Assignment, tables.assignments.c.id),
        "recommendations": _own(Recommendation, tables.recommendations.c.number),
        "followups": _own(FollowUpSent, tables.followups.c.id),
    },
)


def related(entity: type, name: str) -> "QueryableAttribute[Any]":
    """A relationship of a mapped entity, for loading options."""
    attribute: QueryableAttribute[Any] = getattr(entity, name)
    return attribute
