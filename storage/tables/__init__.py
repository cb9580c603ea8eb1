"""The tables: people, projects, the mail that every message takes, the web's own chat."""

from storage.tables.base import metadata
from storage.tables.leaders import leaders
from storage.tables.people import addresses, advisors, code_tries, links, people
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
from storage.tables.queue import cursors, dialogues, inbox, outbox
from storage.tables.remote_rooms import remote_rooms
from storage.tables.web import web_lines

__all__ = [
    "addresses",
    "advisors",
    "assignments",
    "code_tries",
    "cursors",
    "dialogues",
    "digests",
    "entries",
    "followups",
    "inbox",
    "leaders",
    "links",
    "members",
    "metadata",
    "outbox",
    "people",
    "projects",
    "recommendations",
    "remote_rooms",
    "rooms",
    "web_lines",
]
