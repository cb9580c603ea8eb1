"""Projects and all that hangs on them."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList

from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.urgency import Urgency
from storage.database.types import Attached, HumanText, Id, Instant, Json, OneOf
from storage.tables.base import id_column, metadata, partial_index, reference

projects = Table(
    "projects",
    metadata,
    id_column(),
    Column("version", Integer, nullable=False),
    Column("ref", Text, nullable=False, unique=True),
    Column("portal", Text, nullable=False),
    Column("title", HumanText, nullable=False),
    Column("description", HumanText, nullable=False),
    Column("themes", MutableList.as_mutable(Json()), nullable=False),
    Column("urgency", OneOf(Urgency), nullable=False),
    Column("territories", MutableList.as_mutable(Json()), nullable=False),
    Column("territory_name", HumanText, nullable=False),
    Column("departement", Text, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("last_activity_at", Instant, nullable=False),
    Column("status", OneOf(ProjectStatus), nullable=False),
    Column("accepted_at", Instant),
    Column("ended_at", Instant),
    Column("refusal", HumanText, nullable=False),
    Column("last_member_word_at", Instant),
    Column("last_advisor_word_at", Instant),
    Column("advisor_spoke_at", Instant),
    Column("members_owe_since", Instant),
    Column("advisors_owe_since", Instant),
    Column("members_question_at", Instant),
    Column("advisors_question_at", Instant),
    Column("danger_since", Instant),
    Column("deserted_at", Instant),
    Column("later_until", Instant),
    Column("paused_until", Instant),
    Column("followup_due_at", Instant),
    Column("followup_for_team", Boolean, nullable=False),
    Column("followups_sent", Integer, nullable=False),
    Column("activity", Integer, nullable=False),
    Index(None, "portal"),
)
_has_due_date = projects.c.followup_due_at.is_not(None)
partial_index("ix_projects_due", projects, ("followup_due_at",), _has_due_date)

members = Table(
    "members",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    reference("person_id", "people.id"),
    Column("lead", Boolean, nullable=False),
    Column("joined_at", Instant, nullable=False),
    UniqueConstraint("project_id", "person_id"),
    Index(None, "person_id"),
)

assignments = Table(
    "assignments",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    reference("advisor_id", "advisors.id"),
    Column("reasons", MutableList.as_mutable(Json()), nullable=False),
    Column("assigned_at", Instant, nullable=False),
    UniqueConstraint("project_id", "advisor_id"),
    Index(None, "advisor_id"),
)

recommendations = Table(
    "recommendations",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    Column("number", Integer, nullable=False),
    Column("text", HumanText, nullable=False),
    Column("author", HumanText, nullable=False),
    Column("organisation", HumanText, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("deadline", Date),
    Column("status", OneOf(RecommendationStatus), nullable=False),
    Column("status_at", Instant),
    Column("later_until", Instant),
    UniqueConstraint("project_id", "number"),
)

followups = Table(
    "followups",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    Column("kind", Text, nullable=False),
    Column("side", OneOf(Side), nullable=False),
    Column("at", Instant, nullable=False),
    Column("number", Integer),
    # No reference: what was asked of somebody who was erased still counts for the project.
    Column("person_id", Id),
    Column("key", Text, nullable=False),
    Index(None, "project_id"),
    Index(None, "person_id", "at"),
    Index(None, "key"),
)

digests = Table(
    "digests",
    metadata,
    id_column(),
    # "team:<portal>" or "advisor:<id>".
    Column("recipient", Text, nullable=False, unique=True),
    Column("due_at", Instant, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    Column("at", Instant, nullable=False),
    Column("kind", OneOf(EntryKind), nullable=False),
    Column("side", OneOf(Side), nullable=False),
    Column("author", HumanText, nullable=False),
    Column("text", HumanText, nullable=False),
    Column("number", Integer),
    Column("detail", HumanText, nullable=False),
    Column("backstage", Boolean, nullable=False),
    Column("source", Text),
    Column("attachment", Attached),
    Index(None, "project_id"),
)

rooms = Table(
    "rooms",
    metadata,
    id_column(),
    reference("project_id", "projects.id"),
    Column("network", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    UniqueConstraint("network", "conversation"),
    Index(None, "project_id"),
)
