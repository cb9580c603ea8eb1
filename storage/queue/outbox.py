"""Statements on the outbox: recording outcomes, claiming what is due.

A claim writes a lease: who holds the message and until when. An outcome is recorded only under the
lease by which its message was claimed, so that a worker that was too slow overwrites nothing of the
one that took over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.conversations import ConversationRef
from bot.ports.message_queue import Delivery, Outcome, Settlement
from storage.database.engine import together, unindexed
from storage.database.prepared import Prepared
from storage.repositories.messages import OUTGOING, RULE, columns, outgoing_of, rule_of
from storage.tables import outbox, projects

PENDING: ColumnElement[str] = literal_column("'pending'")
GIVEN_UP: tuple[ColumnElement[str], ...] = (literal_column("'dead'"), literal_column("'uncertain'"))

_STATES = {
    Outcome.SENT: "sent",
    Outcome.RETRY: "pending",
    Outcome.POSTPONED: "pending",
    Outcome.DROPPED: "dropped",
    Outcome.UNREACHABLE: "failed",
    Outcome.UNCERTAIN: "uncertain",
    Outcome.REFUSED: "dead",
    Outcome.DEAD: "dead",
}
_TRIED = frozenset(Outcome) - {Outcome.SENT, Outcome.POSTPONED, Outcome.DROPPED}
_NO_LEASE = datetime(1970, 1, 1, tzinfo=UTC)

_now: BindParameter[datetime] = bindparam("now")
_earlier = outbox.alias("earlier")
# What is under way, or waits for a retry, holds the later ones back. What is held back by its own
# rule, or is only planned for later, does not.
_held_back = exists().where(
    _earlier.c.state == PENDING,
    _earlier.c.network == outbox.c.network,
    _earlier.c.conversation == outbox.c.conversation,
    _earlier.c.id < outbox.c.id,
    _earlier.c.held == false(),
    or_(_earlier.c.due_at <= _now, _earlier.c.attempts > 0),
)
_taken_over = outbox.c.lease.is_not(None)
_in_doubt = or_(outbox.c.interrupted, and_(_taken_over, outbox.c.begun))


@cache
def _claim(dialect: str) -> ReturningUpdate[*tuple[Any, ...]]:
    """Leases the next messages, and gives them."""
    due = (
        select(outbox.c.id)
        .where(
            outbox.c.state == PENDING,
            outbox.c.due_at <= _now,
            outbox.c.lease_until <= _now,
            unindexed(dialect, outbox.c.network).in_(bindparam("networks", expanding=True)),
            ~_held_back,
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
        .cte("next_due")
    )
    return (
        update(outbox)
        .where(outbox.c.id == due.c.id)
        .values(
            lease=bindparam("holder"),
            lease_until=bindparam("until"),
            held=false(),
            attempts=outbox.c.attempts + case((_taken_over, 1), else_=0),
            interrupted=_in_doubt,
            begun=outbox.c.network.not_in(bindparam("marked", expanding=True)),
            claimed_at=case((_in_doubt, func.coalesce(outbox.c.claimed_at, _now)), else_=_now),
        )
        .returning(
            outbox.c.id,
            outbox.c.attempts,
            outbox.c.interrupted,
            outbox.c.claimed_at,
            outbox.c.waits_since,
            outbox.c.due_at,
            *columns(outbox, OUTGOING + RULE),
        )
    )


_settle = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.lease == bindparam("holder"))
    .values(
        state=bindparam("new_state"),
        due_at=func.coalesce(bindparam("again", type_=outbox.c.due_at.type), outbox.c.due_at),
        held=bindparam("is_held"),
        attempts=outbox.c.attempts + bindparam("tries"),
        interrupted=or_(outbox.c.interrupted, bindparam("in_doubt", type_=Boolean)),
        waits_since=func.coalesce(
            bindparam("told_at", type_=outbox.c.waits_since.type),
            outbox.c.waits_since,
            bindparam("failed_at", type_=outbox.c.waits_since.type),
        ),
        remote_id=bindparam("remote"),
        error=bindparam("why"),
        settled_at=bindparam("settled"),
        lease=None,
        lease_until=_NO_LEASE,
    )
)
_begin = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.lease == bindparam("holder"))
    .values(begun=True)
    .returning(outbox.c.id)
)
_activity = select(projects.c.ref, projects.c.activity).where(
    projects.c.ref.in_(bindparam("refs", expanding=True))
)
_void = update(outbox).where(outbox.c.lease_until > _NO_LEASE).values(lease_until=_NO_LEASE)


_void_others = (
    update(outbox)
    .where(
        outbox.c.state == PENDING,
        outbox.c.network == bindparam("of"),
        outbox.c.lease_until > _NO_LEASE,
        func.substr(outbox.c.lease, 1, func.length(bindparam("mine"))) != bindparam("mine"),
    )
    .values(lease_until=_NO_LEASE)
)
_delivered = Prepared(
    select(outbox.c.remote_id).where(
        outbox.c.key == bindparam("key"),
        outbox.c.network == bindparam("network"),
        outbox.c.conversation == bindparam("conversation"),
    )
)
_awaited = (
    select(outbox.c.id)
    .where(
        outbox.c.state == PENDING,
        outbox.c.network == bindparam("network"),
        outbox.c.conversation == bindparam("conversation"),
        outbox.c.due_at <= _now,
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What to claim, for whom: `holder` is unique to the call. On `marked` networks each message
    is marked when its sending begins; on the others it counts as begun once claimed.
    """

    holder: str
    now: datetime
    lease: timedelta
    limit: int
    networks: Sequence[str]
    marked: Sequence[str] = ()


def settle(
    connection: Connection, settled: Sequence[Settlement], leases: Mapping[int, str]
) -> None:
    """Record outcomes of messages claimed under these leases; others are left as they are."""
    rows = [_settlement_row(s, leases[s.id]) for s in settled if s.id in leases]
    if rows:
        with together(connection):
            _settle.send(connection, rows)


def claim(connection: Connection, claim: Claim) -> list[Delivery]:
    """Lease the head of each destination that is due, the longest due first."""
    if claim.limit <= 0 or not claim.networks:
        return []
    rows = connection.execute(
        _claim(connection.dialect.name),
        {
            "holder": claim.holder,
            "now": claim.now,
            "until": claim.now + claim.lease,
            "networks": list(claim.networks),
            "marked": list(claim.marked),
            "limit": claim.limit,
        },
    ).mappings()
    claimed = sorted(rows, key=lambda row: (row["due_at"], row["id"]))
    moved_on = _moved_on(connection, claimed)
    return [
        Delivery(
            id=row["id"],
            outgoing=outgoing_of(row),
            rule=rule_of(row),
            attempts=row["attempts"],
            stale=row["id"] in moved_on,
            interrupted=row["interrupted"],
            tried_at=row["claimed_at"],
            waits_since=row["waits_since"],
        )
        for row in claimed
    ]


def begin(connection: Connection, id: int, holder: str) -> bool:
    """The sending of a message claimed under that lease begins; False if the lease is lost."""
    return _begin.row(connection, {"row": id, "holder": holder}) is not None


def awaited(connection: Connection, conversation: ConversationRef, now: datetime) -> bool:
    """Whether a message that is due is still to be delivered to a place."""
    there = {"network": conversation.network, "conversation": conversation.name, "now": now}
    return connection.execute(_awaited, there).first() is not None


def remote_id(connection: Connection, conversation: ConversationRef, key: str) -> str | None:
    """Under which remote id a message was delivered to a place."""
    there = {"network": conversation.network, "conversation": conversation.name, "key": key}
    row = _delivered.row(connection, there)
    return None if row is None else row[0]


def void_leases(connection: Connection) -> None:
    """No lease holds any more: whoever held one is gone. Their messages count as interrupted."""
    connection.execute(_void)


def void_leases_of_others(connection: Connection, network: str, worker_id: str) -> None:
    """No lease of another worker holds any more on a network."""
    connection.execute(_void_others, {"of": network, "mine": f"{worker_id}:"})


def _settlement_row(settled: Settlement, holder: str) -> dict[str, Any]:
    waits = settled.outcome in {Outcome.RETRY, Outcome.POSTPONED}
    return {
        "row": settled.id,
        "holder": holder,
        "new_state": _STATES[settled.outcome],
        "again": (settled.again_at or settled.at) if waits else None,
        "is_held": settled.outcome is Outcome.POSTPONED,
        "in_doubt": settled.maybe_done,
        "told_at": settled.at if settled.people_know else None,
        "failed_at": settled.at if settled.outcome is Outcome.RETRY else None,
        "tries": 1 if settled.outcome in _TRIED else 0,
        "remote": settled.remote_id,
        "why": settled.error or None,
        "settled": None if waits else settled.at,
    }


def _moved_on(connection: Connection, claimed: Sequence[RowMapping]) -> set[int]:
    """The messages all of whose projects have moved on from the state they were written for."""
    refs = {ref for row in claimed for ref in row["relevance"] or ()}
    if not refs:
        return set()
    found = connection.execute(_activity, {"refs": sorted(refs)})
    activity = {row.ref: row.activity for row in found}
    return {
        row["id"]
        for row in claimed
        if row["relevance"]
        and all(activity.get(ref) != count for ref, count in row["relevance"].items())
    }
