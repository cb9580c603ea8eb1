"""Personal links. Only a digest of each token is kept."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from bot.domain.people import Person
from bot.ports.records import Link
from storage.database.session import Work
from storage.tables import links

_TOKEN_BYTES = 32

_shown = (links.c.person_id, links.c.opens, links.c.expires_at, links.c.reusable, links.c.used_at)
_find = select(*_shown).where(links.c.digest == bindparam("of"))
# One statement, so that a link followed twice at the same instant opens once.
_use = (
    update(links)
    .where(
        links.c.digest == bindparam("of"),
        links.c.expires_at > bindparam("now"),
        or_(links.c.reusable, links.c.used_at.is_(None)),
    )
    .values(used_at=bindparam("now"))
    .returning(*_shown)
)
_revoke = (
    update(links)
    .where(
        links.c.person_id == bindparam("of"),
        links.c.opens == bindparam("page"),
        links.c.expires_at > bindparam("now"),
    )
    .values(expires_at=bindparam("now"))
)


def add_link(
    connection: Connection, digest: str, person: Person, now: datetime, kept: Mapping[str, Any]
) -> None:
    """Keep a new link of a person under the digest of what opens it."""
    row = {"digest": digest, "person_id": person.id, "created_at": now, **kept}
    connection.execute(insert(links).inline().values(row))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _link(row: Row[*tuple[Any, ...]] | None) -> Link | None:
    return None if row is None else Link(*row)


class LinkRecords:
    """Personal links."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def create(
        self, person: Person, opens: str, expires_at: datetime, reusable: bool, now: datetime
    ) -> str:
        """A new token, not kept in clear."""
        token = token_urlsafe(_TOKEN_BYTES)
        kept = {"opens": opens, "expires_at": expires_at, "reusable": reusable}
        add_link(self._work.connection, _digest(token), person, now, kept)
        return token

    def find(self, token: str) -> Link | None:
        """What the token opens, used and expired ones too."""
        return _link(self._work.connection.execute(_find, {"of": _digest(token)}).one_or_none())

    def use(self, token: str, now: datetime) -> Link | None:
        """Mark it used and return what it opens; None if unknown, expired, or used up."""
        used = self._work.connection.execute(_use, {"of": _digest(token), "now": now})
        return _link(used.one_or_none())

    def revoke(self, person: Person, opens: str, now: datetime) -> None:
        """Their tokens that open that page have expired."""
        which = {"of": person.id, "page": opens, "now": now}
        self._work.connection.execute(_revoke, which)
