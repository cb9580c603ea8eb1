"""One-time codes that join an address to a person. Only a digest of each is kept.

They lie among the personal links, under digests of another kind: no page ever opens one.
"""

from datetime import datetime
from hashlib import blake2b
from secrets import token_bytes

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.codes import new_code
from bot.domain.people import Person
from storage.database.session import Work
from storage.repositories.links import add_link
from storage.tables import code_tries, links

_OPENS = "relier"

_void = delete(links).where(links.c.person_id == bindparam("of"), links.c.opens == _OPENS)
# One statement, so that a code typed twice at the same instant serves once.
_take = (
    update(links)
    .where(
        links.c.digest == bindparam("of"),
        links.c.opens == _OPENS,
        links.c.expires_at > bindparam("now"),
        links.c.used_at.is_(None),
    )
    .values(used_at=bindparam("now"))
    .returning(links.c.person_id)
)
_forget = delete(code_tries).where(code_tries.c.at < bindparam("since"))
_count = select(func.count()).where(
    code_tries.c.network == bindparam("on"),
    code_tries.c.sender == bindparam("by"),
    code_tries.c.at >= bindparam("since"),
)


class CodeRecords:
    """One-time codes, and the tries that failed."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def give(self, person: Person, expires_at: datetime, now: datetime) -> str:
        """A new code of that person, not kept in clear; earlier ones serve no more."""
        self._work.flush()
        self._work.connection.execute(_void, {"of": person.id})
        code = new_code(token_bytes)
        kept = {"opens": _OPENS, "expires_at": expires_at, "reusable": False}
        add_link(self._work.connection, _digest(code), person, now, kept)
        return code

    def take(self, code: str, now: datetime) -> int | None:
        """Use the code; whose it is, or None if it is unknown, expired or used."""
        used = self._work.connection.execute(_take, {"of": _digest(code), "now": now})
        return used.scalar_one_or_none()

    def note_failure(self, network: str, sender: str, now: datetime) -> None:
        """Somebody typed a code that is none."""
        row = {"network": network, "sender": sender, "at": now}
        self._work.connection.execute(insert(code_tries).inline().values(row))

    def failures(self, network: str, sender: str, since: datetime) -> int:
        """How often they did since then; what is older is forgotten."""
        self._work.connection.execute(_forget, {"since": since})
        asked = {"on": network, "by": sender, "since": since}
        return self._work.connection.scalar(_count, asked) or 0


def _digest(code: str) -> str:
    return blake2b(code.encode(), digest_size=32, person=b"filrouge-relier").hexdigest()
