"""An advisor recommends; everybody can list the recommendations."""

from bot.domain.calendar import zone_of
from bot.domain.dates import read_deadline, unread_deadline
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.recommendation import Recommendation
from bot.domain.wording.markup import escape
from config import french
from config.texts import Value
from handlers.context.origins import Origin
from handlers.context.project_lookup import project_here, say_which
from handlers.context.turn import Turn
from handlers.recommendations.status import answers

MAX_LENGTH = 2000


def recommend(turn: Turn, rest: str) -> None:
    """`/reco text`, with an optional deadline at its end, in a project's room."""
    project = project_here(turn, rest)
    if project is None or project.status is not ProjectStatus.ACCEPTED or turn.advisor is None:
        turn.refuse("recommending.not_accepted")
        return
    zone = zone_of(project.departement)
    text, deadline = read_deadline(rest.strip(), turn.now, zone, turn.catalogue.language.dates)
    if not text:
        turn.refuse("recommending.empty")
    elif len(text) > MAX_LENGTH:
        turn.refuse("recommending.too_long", limit=MAX_LENGTH)
    else:
        recommendation = Recommendation.by(turn.advisor, text, turn.now, deadline)
        project.recommend(recommendation)
        _tell(turn, project, recommendation)
        unread = unread_deadline(text, turn.catalogue.language.dates)
        if deadline is None and unread is not None:
            turn.reply_about(project, "recommending.unread_deadline", words=unread)


def _tell(turn: Turn, project: Project, recommendation: Recommendation) -> None:
    number, text, file = recommendation.number, recommendation.text, turn.incoming.attachment
    entry = turn.entry(EntryKind.RECOMMENDED, text, number=number, attachment=file)
    turn.uow.projects.record(project, entry)
    values: dict[str, Value] = {
        "number": number,
        "author": turn.author,
        "text": text,
        "title": project.title,
    }
    turn.tell_members(
        project,
        turn.text("recommending.member", **values) + _deadline(turn, recommendation),
        kind="recommendation",
        choices=answers(turn.catalogue.texts, project, number),
        attachment=file,
        relayed=Origin.of(turn.incoming),
    )
    turn.tell_room(
        project,
        turn.text("recommending.room", **values) + _deadline(turn, recommendation),
        kind="recommendation",
        attachment=file,
        relayed=Origin.of(turn.incoming),
    )


def listing(turn: Turn, rest: str) -> None:
    """`/recos`: the recommendations of a project and their states."""
    project = project_here(turn, rest)
    if project is None:
        say_which(turn)
        return
    lines = [_line(turn, recommendation) for recommendation in project.recommendations]
    if not lines:
        turn.reply_about(project, "recommending.none")
        return
    head = turn.text("recommending.list", title=project.title, ref=project.ref)
    turn.send(turn.conversation, "\n".join([head, *lines]), kind="notice", projects=(project.ref,))


def _line(turn: Turn, recommendation: Recommendation) -> str:
    state = turn.label(f"recommendation_status.{recommendation.status}")
    head = f"**{recommendation.number}.** {escape(recommendation.text)}"
    return (
        f"{head} — {escape(recommendation.organisation)}, {state}{_deadline(turn, recommendation)}"
    )


def _deadline(turn: Turn, recommendation: Recommendation) -> str:
    """The day, unless the words of the recommendation say just that."""
    if recommendation.deadline is None:
        return ""
    day = french.day(recommendation.deadline)
    said = day in recommendation.text
    return "" if said else turn.text("recommending.deadline", day=day)
