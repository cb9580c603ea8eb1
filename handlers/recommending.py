"""An advisor recommends; everybody can list the recommendations."""

from bot.domain.dates import read_deadline

from bot.domain.calendar import zone_of
from bot.domain.markup import escape
from bot.domain.people import Side
from bot.domain.permissions import Act
from bot.domain.project import Entry, EntryKind, Project, ProjectStatus
from bot.domain.recommendation import Recommendation
from config import french
from handlers.marking import answers
from handlers.planning import wake
from handlers.rights import allowed
from handlers.turn import Turn, signature
from handlers.which import project_here

MAX_LENGTH = 2000


def recommend(turn: Turn, rest: str) -> None:
    """`/reco text`, with an optional deadline at its end, in a project's room."""
    if not allowed(turn, Act.RECOMMEND):
        return
    project = project_here(turn, rest)
    if project is None or turn.who.room is None:
        turn.refuse("recommending.where")
    elif not rest.strip():
        turn.refuse("recommending.empty")
    elif len(rest) > MAX_LENGTH:
        turn.refuse("recommending.too_long", limit=MAX_LENGTH)
    elif project.status is not ProjectStatus.ACCEPTED:
        turn.refuse("recommending.not_accepted")
    else:
        _publish(turn, project, rest)


def _publish(turn: Turn, project: Project, rest: str) -> None:
    advisor, person = turn.who.advisor, turn.who.person
    if advisor is None or person is None:
        return
    zone = zone_of(project.departement)
    text, deadline = read_deadline(rest.strip(), turn.now, zone, turn.catalogue.language.dates)
    recommendation = project.recommend(text, advisor, deadline, turn.now)
    author = signature(person, advisor)
    turn.uow.projects.record(
        project,
        Entry(
            turn.now,
            EntryKind.RECOMMENDED,
            Side.ADVISORS,
            author,
            text,
            number=recommendation.number,
        ),
    )
    body = turn.text(
        "recommending.member",
        title=project.title,
        number=recommendation.number,
        author=author,
        text=text,
    ) + _deadline(turn, recommendation)
    turn.tell_members(
        project,
        body,
        kind="recommendation",
        choices=answers(turn.catalogue.texts, project, recommendation.number),
    )
    turn.tell_room(
        project,
        turn.text("recommending.room", number=recommendation.number, author=author, text=text)
        + _deadline(turn, recommendation),
        kind="recommendation",
    )
    wake(turn, project)


def listing(turn: Turn, rest: str) -> None:
    """`/recos`: the recommendations of a project and their states."""
    project = project_here(turn, rest)
    if project is None:
        turn.refuse("which.none")
        return
    lines = [_line(turn, recommendation) for recommendation in project.recommendations]
    if not lines:
        turn.reply_about(project, "recommending.none")
        return
    head = turn.text("recommending.list", title=project.title, ref=project.ref)
    turn.send(turn.place, "\n".join([head, *lines]), kind="notice", projects=(project.ref,))


def _line(turn: Turn, recommendation: Recommendation) -> str:
    state = turn.label(f"recommendation_status.{recommendation.status}")
    head = f"**{recommendation.number}.** {escape(recommendation.text)}"
    return (
        f"{head} — {escape(recommendation.organisation)}, {state}{_deadline(turn, recommendation)}"
    )


def _deadline(turn: Turn, recommendation: Recommendation) -> str:
    if recommendation.deadline is None:
        return ""
    return turn.text("recommending.deadline", day=french.day(recommendation.deadline))
