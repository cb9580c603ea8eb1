"""The weekly digest of the projects where the next step is the team's, or the advisor's who asked
for one: one for each clock among their territories, at 9:00 of its Monday.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import (
    CLOCKS,
    HOME,
    at_hour,
    clock_of,
    day_of,
    days_between,
    next_opening,
)
from bot.domain.conversations import ConversationRef
from bot.domain.followup import FollowUpKind, FollowUpPolicy, facts_of
from bot.domain.people import Advisor, Role, Side
from bot.domain.portal import Portal
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.folding import folded_words
from bot.ports.network import Outgoing
from bot.ports.records import UnitOfWork
from config import french
from config.catalogue import Catalogue
from config.texts import Raw, Texts
from handlers.context.naming import short_title
from handlers.context.turn import Turn

MOST_LINES = 30
"""More projects than that are counted, not listed."""

FRIDAY_EVENING = 18
"""The hour on Friday since which a project is too new for Monday's digest."""

LONE_MONDAYS = 3
"""A project alone in its digest is named that many Mondays, then each fourth."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives a digest, where, and whose turn it is on which projects: those it lists, and
    `more` that are only counted. `key` is « team:<portal> » or « advisor:<id> »,
    followed by `clock` (« :971 ») elsewhere than in metropolitan France; `elsewhere` are the clocks
    of the other projects.
    """

    key: str
    clock: str
    conversation: ConversationRef
    projects: Sequence[Project]
    elsewhere: frozenset[str]
    more: int = 0


def subscribe(turn: Turn, call: CommandCall) -> None:
    """`/bilan`: an advisor has a digest from now on; `/bilan non`: no more."""
    advisor = turn.advisor
    if advisor is None or advisor.role is Role.COORDINATOR:
        turn.reply("digest.team_has_one")
        return
    recipient = f"advisor:{advisor.id}"
    if turn.catalogue.language.steering.no_digest.intersection(folded_words(call.words)):
        for clock in CLOCKS:
            turn.uow.digests.cancel(_key(recipient, clock))
        turn.reply("digest.cancelled")
    else:
        for clock in {HOME, *(clock_of(project.departement) for project in turn.projects)}:
            turn.uow.digests.plan(_key(recipient, clock), next_monday(turn.now, clock))
        turn.reply("digest.subscribed")


def _key(recipient: str, clock: str) -> str:
    return recipient if clock == HOME else f"{recipient}:{clock}"


def next_monday(now: datetime, clock: str = HOME) -> datetime:
    """9:00, by that clock, of the Monday after today; of the working day after a Monday that is a
    holiday.
    """
    today = day_of(now, clock)
    monday = today + timedelta(days=7 - today.weekday())
    policy = FollowUpPolicy()
    at = at_hour(monday, policy.hour_from, clock)
    return next_opening(at, clock, Side.TEAM, policy)


def enrol_teams(uow: UnitOfWork, catalogue: Catalogue, now: datetime) -> None:
    """Every team has a digest by default; one that wants none loses it."""
    known = uow.digests.known()
    for portal in catalogue.portals.values():
        if portal.policy.team_digest:
            enrol(uow, portal, HOME, now)
            continue
        for clock in CLOCKS:
            recipient = _key(f"team:{portal.slug}", clock)
            if recipient in known:
                uow.digests.cancel(recipient)


def enrol(uow: UnitOfWork, portal: Portal, departement: str, now: datetime) -> None:
    """The portal's team has a digest by that département's clock, too, unless it wants none."""
    if portal.policy.team_digest:
        _plan_missing(uow, f"team:{portal.slug}", {clock_of(departement)}, now)


def _plan_missing(uow: UnitOfWork, recipient: str, clocks: Collection[str], now: datetime) -> None:
    known = uow.digests.known() if clocks else {}
    for clock in clocks:
        if _key(recipient, clock) not in known:
            uow.digests.plan(_key(recipient, clock), next_monday(now, clock))


def send_due(uow: UnitOfWork, catalogue: Catalogue, now: datetime) -> None:
    """Send every digest that is due, once, and plan the next; an empty one is not sent."""
    for key in uow.digests.due(now):
        recipient = _find_recipient(uow, catalogue.portals, key, now)
        if recipient is None:
            uow.digests.cancel(key)
            continue
        if recipient.projects and not _is_said_enough(recipient, now):
            _send(uow, catalogue, now, recipient)
        uow.digests.plan(key, next_monday(now, recipient.clock))
        if recipient.clock == HOME:
            _plan_missing(uow, key, recipient.elsewhere, now)


def _find_recipient(
    uow: UnitOfWork, portals: Mapping[str, Portal], key: str, now: datetime
) -> Recipient | None:
    kind, of, clock = (*key.split(":"), HOME)[:3]
    if kind == "team":
        return _for_team(uow, portals[of], clock, now) if of in portals else None
    advisor = uow.advisors.by_id(int(of))
    active = advisor is not None and advisor.active
    return _for_advisor(uow, advisor, clock, now) if advisor is not None and active else None


def _for_team(uow: UnitOfWork, portal: Portal, clock: str, now: datetime) -> Recipient:
    everywhere = [(ref, clock_of(of)) for ref, of in uow.projects.waiting_for_team(portal.slug)]
    refs = [ref for ref, of in everywhere if of == clock]
    elsewhere = frozenset(of for _, of in everywhere) - {clock}
    # Some may be too fresh to be listed.
    waiting = uow.projects.whole_of(refs[: 2 * MOST_LINES])
    listed = sorted(waiting, key=lambda project: refs.index(project.ref))
    return _recipient(f"team:{portal.slug}", clock, portal.team, listed, elsewhere, now)


def _for_advisor(uow: UnitOfWork, advisor: Advisor, clock: str, now: datetime) -> Recipient | None:
    person = uow.people.by_id(advisor.person.id or 0)
    address = person.reachable if person is not None and person.stopped_at is None else None
    if address is None:
        return None
    threads = uow.projects.of_advisor(advisor)
    clocks = {thread.ref: clock_of(thread.departement) for thread in threads}
    here, elsewhere = (
        [r for r in clocks if clocks[r] == clock],
        frozenset(clocks.values()) - {clock},
    )
    whole = uow.projects.whole_of(here)
    theirs = [project for project in whole if facts_of(project).ball is Side.ADVISORS]
    key, conversation = f"advisor:{advisor.id}", address.conversation_ref
    return _recipient(key, clock, conversation, theirs, elsewhere, now)


def _recipient(
    key: str,
    clock: str,
    conversation: ConversationRef,
    projects: Sequence[Project],
    elsewhere: frozenset[str],
    now: datetime,
) -> Recipient:
    side = Side.TEAM if key.startswith("team:") else Side.ADVISORS
    said = [project for project in projects if not _is_fresh(project, side, now)]
    listed, more = said[:MOST_LINES], len(said[MOST_LINES:])
    return Recipient(_key(key, clock), clock, conversation, listed, elsewhere, more)


def _is_fresh(project: Project, side: Side, now: datetime) -> bool:
    """Whether they just read of it: followed up today, or submitted since Friday evening."""
    today = day_of(now, project.departement)
    friday = today - timedelta(days=today.weekday() + 3)
    is_new = project.submitted_at >= at_hour(friday, FRIDAY_EVENING, project.departement)
    return (is_new and project.status is ProjectStatus.SUBMITTED) or any(
        sent.to is side and day_of(sent.at, project.departement) == today
        for sent in project.followups
    )


def _is_said_enough(to: Recipient, now: datetime) -> bool:
    """Whether the project is alone, and was named three Mondays: then it is monthly. It waits since
    somebody acted, or since it was left to the team.
    """
    if len(to.projects) != 1:
        return False
    project = to.projects[0]
    left = [sent.at for sent in project.followups if sent.kind == FollowUpKind.ESCALATION]
    since = max([project.last_activity_at, *(left if to.key.startswith("team:") else [])])
    mondays = days_between(since, now, project.departement) // timedelta(weeks=1)
    return mondays >= LONE_MONDAYS and mondays % 4 != LONE_MONDAYS - 1


def _send(uow: UnitOfWork, catalogue: Catalogue, now: datetime, to: Recipient) -> None:
    texts = catalogue.texts
    lines = [_line(texts, now, project) for project in to.projects]
    if to.more:
        lines.append(texts("digest.more"))
    outgoing = Outgoing(
        key=f"digest:{to.key}:{day_of(now, to.clock).isoformat()}",
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
