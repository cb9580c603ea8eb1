"""The story of a project, and the list of one's projects."""

from bot.domain.calendar import days_between
from bot.domain.permissions import Right
from bot.domain.projects.ball import ball
from bot.domain.projects.project import Project
from bot.domain.wording.command_syntax import CommandCall
from config import french
from config.texts import Raw
from handlers.context.project_lookup import about_project
from handlers.context.story import entry_line
from handlers.context.turn import Turn

PAGE = 3500
"""Characters in one message of a long story."""


@about_project
def history(turn: Turn, project: Project, _: CommandCall) -> None:
    """`/historique`: who has the ball, then all that happened, oldest first.

    What was said backstage is told only where advisors or the team sit.
    """
    backstage = not turn.private and turn.has_right(Right.NOTE)
    texts, story = turn.catalogue.texts, turn.uow.projects.story(project, backstage)
    lines = [entry_line(texts, project, entry) for entry in story]
    head = turn.text_about(project, "story.head", ball=ball_line(turn, project))
    for page in _pages([head, *lines]):
        about = (project.ref,)
        turn.send(turn.conversation, page, projects=about, backstage=not turn.private)


def projects(turn: Turn) -> None:
    """`/projets`: one's projects, each with who has the ball."""
    if not turn.projects:
        turn.reply("story.no_projects")
        return
    lines = [
        turn.text_about(whole, "story.project", ball=ball_line(turn, whole))
        for whole in turn.uow.projects.whole_of([project.ref for project in turn.projects])
    ]
    turn.reply("story.projects", projects=Raw("\n".join(lines)))


def ball_line(turn: Turn, project: Project) -> str:
    """Who owes the next step, and since when; or that the project has ended."""
    holder = ball(project)
    if holder is None:
        return turn.label("ball.ended", status=turn.label(f"project_status.{project.status}"))
    side, since = holder
    elapsed = days_between(since, turn.now, project.departement)
    who = turn.label(f"sides.{side}")
    return turn.label("ball.since", side=who, since=french.ago(elapsed))


def _pages(lines: list[str]) -> list[str]:
    pages, page = [], ""
    for line in lines:
        if page and len(page) + len(line) > PAGE:
            pages.append(page)
            page = line
        else:
            page = f"{page}\n{line}" if page else line
    return [*pages, page]
