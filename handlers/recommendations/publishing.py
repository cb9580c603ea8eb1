"""An advisor recommends; everybody can list the recommendations."""

from datetime import date

from bot.domain.calendar import zone_of
from bot.domain.dates.reading import is_ahead, read_deadline, unread_deadline
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.recommendation import Recommendation
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.markup import escape
from bot.ports.network import Choice
from config import french
from config.texts import Value
from handlers.context.origins import origin_of
from handlers.context.project_lookup import about_project, project_here
from handlers.context.turn import Manner, Turn
from handlers.recommendations.status import answers

MAX_LENGTH = 2000


def recommend(turn: Turn, call: CommandCall) -> None:
    """`/reco text`, with an optional deadline at its end, in a project's room."""
    project = project_here(turn, call)
    if project is None or project.status is not ProjectStatus.ACCEPTED or turn.advisor is None:
        turn.refuse("recommending.not_accepted")
        return
    text, deadline, unread = _text_and_deadline(turn, project, call)
    if not text:
        turn.refuse("recommending.empty")
    elif len(text) > MAX_LENGTH:
        turn.refuse("recommending.too_long", limit=MAX_LENGTH)
    else:
        recommendation = Recommendation.by(turn.advisor, text, turn.now, deadline)
        project.recommend(recommendation)
        _tell(turn, project, recommendation)
        if unread is not None:
            turn.reply_about(project, "recommending.unread_deadline", words=unread)


def _text_and_deadline(
    turn: Turn, project: Project, call: CommandCall
) -> tuple[str, date | None, str | None]:
    """The text, the deadline picked in a form or written at the end of the text, and what looks
    like a deadline without being a day to come.
    """
    text, zone = call.words.strip(), zone_of(project.departement)
    if call.day is not None:
        ahead = is_ahead(call.day, turn.now, zone)
        return text, call.day if ahead else None, None if ahead else french.day(call.day)
    dates = turn.catalogue.language.dates
    text, deadline = read_deadline(text, turn.said_at, zone, dates, project.departement)
    return text, deadline, unread_deadline(text, dates) if deadline is None else None


def _tell(turn: Turn, project: Project, recommendation: Recommendation) -> None:
    number, text, file = recommendation.number, recommendation.text, turn.incoming.attachment
    entry = turn.entry(EntryKind.RECOMMENDED, text, number=number, attachment=file)
    turn.uow.projects.record(project, entry)
    values: dict[str, Value] = {"number": number, "author": turn.author, "text": text}
    manner = Manner(kind="recommendation", attachment=file, relayed=origin_of(turn.incoming))
    told, choices = for_member(turn, project, recommendation, turn.author)
    turn.tell_members(project, told, **manner | Manner(choices=choices))
    room = turn.text_about(project, "recommending.room", **values)
    turn.tell_room(project, room + _deadline(turn, recommendation), **manner)


def for_member(
    turn: Turn, project: Project, recommendation: Recommendation, author: str
) -> tuple[str, tuple[Choice, ...]]:
    """What a member reads of a recommendation, and the answers offered with it."""
    number, text = recommendation.number, recommendation.text
    told = turn.text_about(project, "recommending.member", number=number, author=author, text=text)
    return told + _deadline(turn, recommendation), answers(turn.catalogue.texts, project, number)


@about_project
def listing(turn: Turn, project: Project, _: CommandCall) -> None:
    """`/recos`: the recommendations of a project and their states."""
    lines = [_line(turn, recommendation) for recommendation in project.recommendations]
    if not lines:
        turn.reply_about(project, "recommending.none")
        return
    head = turn.text_about(project, "recommending.list")
    turn.send(turn.conversation, "\n".join([head, *lines]), projects=(project.ref,))


def _line(turn: Turn, recommendation: Recommendation) -> str:
    state = turn.label(f"recommendation_status.{recommendation.status}")
    head = f"**{recommendation.number}.** {escape(recommendation.text)}"
    state += _deadline(turn, recommendation)
    return f"{head} — {escape(recommendation.organisation)}, {state}"


def _deadline(turn: Turn, recommendation: Recommendation) -> str:
    """The day, unless the words of the recommendation say just that."""
    if recommendation.deadline is None:
        return ""
    day = french.day(recommendation.deadline)
    said = day in recommendation.text
    return "" if said else turn.text("recommending.deadline", day=day)
