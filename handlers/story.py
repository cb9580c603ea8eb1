"""The story of a project, and the list of one's projects."""

from bot.domain.ball import ball
from bot.domain.calendar import zone_of
from bot.domain.markup import escape
from bot.domain.people import Role
from bot.domain.project import Entry, Project
from config import french
from config.texts import Raw
from handlers.turn import Turn
from handlers.which import project_here

PAGE = 3500
"""Characters in one message of a long story."""


def history(turn: Turn, rest: str) -> None:
    """`/historique`: who has the ball, then all that happened, oldest first."""
    project = project_here(turn, rest)
    if project is None:
        turn.refuse("which.none")
        return
    backstage = turn.role is not Role.MEMBER
    lines = [_line(turn, project, entry) for entry in turn.uow.projects.story(project, backstage)]
    head = turn.text(
        "story.head", title=project.title, ref=project.ref, ball=ball_line(turn, project)
    )
    for page in _pages([head, *lines]):
        turn.send(turn.place, page, kind="notice", projects=(project.ref,))


def projects(turn: Turn, rest: str) -> None:  # noqa: ARG001 - every command takes the rest of its line
    """`/projets`: one's projects, each with who has the ball."""
    mine = turn.projects
    if not mine:
        turn.reply("story.no_projects")
        return
    lines = []
    for project in mine:
        whole = turn.uow.projects.whole(project.ref)
        if whole is not None:
            line = turn.text(
                "story.project", title=whole.title, ref=whole.ref, ball=ball_line(turn, whole)
            )
            lines.append(line)
    turn.reply("story.projects", projects=Raw("\n".join(lines)))


def ball_line(turn: Turn, project: Project) -> str:
    """Who owes the next step, and since when; or that the project has ended."""
    holder = ball(project)
    if holder is None:
        return turn.label(f"status.{project.status}")
    side, since = holder
    return turn.label(f"ball.{side}", since=french.ago(turn.now - since))


def _line(turn: Turn, project: Project, entry: Entry) -> str:
    day = french.day(entry.at.astimezone(zone_of(project.departement)).date())
    detail = entry.detail
    if entry.kind == "marked":
        detail = turn.label(f"recommendation_status.{entry.detail}")
    text = turn.text(
        f"story.entry_{entry.kind}",
        author=entry.author,
        text=entry.text,
        number=entry.number or "",
        detail=detail,
    )
    return f"{escape(day)} – {text}"


def _pages(lines: list[str]) -> list[str]:
    pages, page = [], ""
    for line in lines:
        if page and len(page) + len(line) > PAGE:
            pages.append(page)
            page = line
        else:
            page = f"{page}\n{line}" if page else line
    return [*pages, page]
