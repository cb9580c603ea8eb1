"""The tables: people, projects, the mail that every message takes, the web's own chat."""

from storage.tables.base import metadata
from storage.tables.mail import conversations, cursors, inbox, outbox
from storage.tables.people import addresses, advisors, links, people
from storage.tables.projects import (
    assignments,
    digests,
    entries,
    followups,
    members,
    projects,
    recommendations,
    rooms,
)
from storage.tables.web import web_lines

__all__ = [
    "addresses",
    "advisors",
    "assignments",
    "conversations",
    "cursors",
    "digests",
    "entries",
    "followups",
    "inbox",
    "links",
    "members",
    "metadata",
    "outbox",
    "people",
    "projects",
    "recommendations",
    "rooms",
    "web_lines",
]
