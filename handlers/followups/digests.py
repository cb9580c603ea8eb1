"""The weekly digest of the projects where the next step is the team's, or the advisor's who asked
for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import at_hour, day_of, days_between, next_opening
from bot.domain.conversations import ConversationRef
from bot.domain.followup import FollowUpPolicy, facts_of
from bot.domain.people import Advisor, Role, Side
from bot.domain.portal import Portal
from bot.domain.projects.project import Project
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.folding import folded_words
from bot.ports.network import Outgoing
from bot.ports.records import UnitOfWork
from config import french
from config.catalogue import Catalogue
from config.texts import Raw, Texts
from handlers.context.naming import short_title
from handlers.context.turn import Turn

HOME = "75"
"""The territory whose Mondays count: teams look after several."""

MOST_LINES = 30
"""More projects than that are counted, not listed."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives a digest, where, and whose turn it is on which projects: those it lists, and
    `more` that are only counted. `key` is « team:<portal> » or « advisor:<id> ».
    """

    key: str
    conversation: ConversationRef
    projects: Sequence[Project]
    more: int = 0


def subscribe(turn: Turn, call: CommandCall) -> None:
    """`/bilan`: an advisor has a digest from now on; `/bilan non`: no more."""
    advisor = turn.advisor
    if advisor is None or advisor.role is Role.COORDINATOR:
        turn.reply("digest.team_has_one")
        return
    recipient = f"advisor:{advisor.id}"
    if turn.catalogue.language.steering.no_digest.intersection(folded_words(call.words)):
        turn.uow.digests.cancel(recipient)
        turn.reply("digest.cancelled")
    else:
        turn.uow.digests.plan(recipient, next_monday(turn.now))
        turn.reply("digest.subscribed")


def next_monday(now: datetime) -> datetime:
    """9:00 of the Monday after today; of the working day after a Monday that is a holiday."""
    today = day_of(now, HOME)
    monday = today + timedelta(days=7 - today.weekday())
    policy = FollowUpPolicy()
    return next_opening(at_hour(monday, policy.hour_from, HOME), HOME, Side.TEAM, policy)


def enrol_teams(uow: UnitOfWork, catalogue: Catalogue, now: datetime) -> None:
    """Every team has a digest by default; one that wants none loses it."""
    known = uow.digests.known()
    for portal in catalogue.portals.values():
        recipient = f"team:{portal.slug}"
        if portal.policy.team_digest and recipient not in known:
            uow.digests.plan(recipient, next_monday(now))
        elif not portal.policy.team_digest and recipient in known:
            uow.digests.cancel(recipient)


def send_due(uow: UnitOfWork, catalogue: Catalogue, now: datetime) -> None:
    """Send every digest that is due, once, and plan the next; an empty one is not sent."""
    for key in uow.digests.due(now):
        recipient = _find_recipient(uow, catalogue.portals, key)
        if recipient is None:
            uow.digests.cancel(key)
            continue
        if recipient.projects:
            _send(uow, catalogue, now, recipient)
        uow.digests.plan(key, next_monday(now))


def _find_recipient(uow: UnitOfWork, portals: Mapping[str, Portal], key: str) -> Recipient | None:
    kind, _, of = key.partition(":")
    if kind == "team":
        return _for_team(uow, portals[of]) if of in portals else None
    advisor = uow.advisors.by_id(int(of))
    return _for_advisor(uow, advisor) if advisor is not None and advisor.active else None


def _for_team(uow: UnitOfWork, portal: Portal) -> Recipient:
    refs = uow.projects.waiting_for_team(portal.slug, MOST_LINES + 1)
    found = [p for ref in refs[:MOST_LINES] if (p := uow.projects.thread(ref)) is not None]
    return Recipient(f"team:{portal.slug}", portal.team, found, len(refs) - len(found))


def _for_advisor(uow: UnitOfWork, advisor: Advisor) -> Recipient | None:
    person = uow.people.by_id(advisor.person.id or 0)
    address = person.reachable if person is not None and person.stopped_at is None else None
    if address is None:
        return None
    whole = uow.projects.whole_of([thread.ref for thread in uow.projects.of_advisor(advisor)])
    theirs = [project for project in whole if facts_of(project).ball is Side.ADVISORS]
    key, conversation = f"advisor:{advisor.id}", address.conversation_ref
    return Recipient(key, conversation, theirs[:MOST_LINES], len(theirs[MOST_LINES:]))


def _send(uow: UnitOfWork, catalogue: Catalogue, now: datetime, to: Recipient) -> None:
    texts = catalogue.texts
    lines = [_line(texts, now, project) for project in to.projects]
    if to.more:
        lines.append(texts("digest.more"))
    outgoing = Outgoing(
        key=f"digest:{to.key}:{day_of(now, HOME).isoformat()}",
        conversation=to.conversation,
        text=texts("digest.head", projects=Raw("\n".join(lines))),
        kind="digest",
        projects=tuple(project.ref for project in to.projects),
    )
    uow.outbox.put(outgoing, at=now)


def _line(texts: Texts, now: datetime, project: Project) -> str:
    days = days_between(project.last_activity_at, now, project.departement)
    return texts(
        "digest.line" if days else "digest.line_today",
        title=short_title(project),
        ref=project.ref,
        place=project.territory_name,
        since=french.ago(days),
    )
