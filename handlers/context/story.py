"""A project's story, line by line."""

from bot.domain.calendar import zone_of
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.project import Project
from bot.domain.wording.markup import escape
from config import french
from config.texts import Texts


def entry_line(texts: Texts, project: Project, entry: Entry) -> str:
    """What happened, and when, in one line."""
    day = french.day(entry.at.astimezone(zone_of(project.departement)).date())
    detail = entry.detail
    if entry.kind is EntryKind.MARKED:
        detail = texts.label(f"recommendation_status.{entry.detail}")
    text = texts(
        f"story.entry_{entry.kind}",
        author=entry.author,
        text=entry.text,
        number=entry.number or "",
        detail=detail,
    )
    return f"{escape(day)} – {text}"
