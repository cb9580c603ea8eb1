"""Column types: the same values, exact and comparable, on both databases."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from bot.domain.attachment import Attachment
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import Choice, Target

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# On SQLite only a column declared INTEGER is the row's own id.
Id = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as whole microseconds since 1970; naive datetimes are refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds. Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without time zone cannot be kept")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The instant, in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


def storable(words: str) -> str:
    """The same words; characters that a database refuses become U+FFFD, so that one odd message
    cannot stop the others: NUL (PostgreSQL) and lone surrogates (both).
    """
    if words.isascii() and "\0" not in words:
        return words
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "�")


class HumanText(TypeDecorator[str]):
    """What people write, as far as a database can keep it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The same words, storable."""
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A small value as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Compact JSON."""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The value."""
        return None if value is None else json.loads(value)


class Choices(TypeDecorator[tuple[Choice, ...]]):
    """Choices offered with a message; none is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Choice, ...] | None, dialect: Dialect) -> str | None:
        """Pairs of key and label."""
        return json.dumps([(c.key, c.label) for c in value]) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Choice, ...]:
        """The choices."""
        return tuple(Choice(*pair) for pair in json.loads(value)) if value else ()


class Attached(TypeDecorator[Attachment]):
    """A reference to a file in the data folder."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Attachment | None, dialect: Dialect) -> str | None:
        """Its four facts."""
        if value is None:
            return None
        return json.dumps([value.sha256, value.name, value.media_type, value.size])

    def process_result_value(self, value: Any, dialect: Dialect) -> Attachment | None:
        """The reference."""
        return Attachment(*json.loads(value)) if value else None


class Called(TypeDecorator[CommandCall]):
    """A command given by the form of a page."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: CommandCall | None, dialect: Dialect) -> str | None:
        """Its name and arguments, the day as in ISO 8601, then the details, if there are any."""
        if value is None:
            return None
        day = value.day.isoformat() if value.day is not None else None
        details = ((name, storable(said)) for name, said in value.details)
        return json.dumps([value.name, storable(value.words), value.reference, day, *details])

    def process_result_value(self, value: Any, dialect: Dialect) -> CommandCall | None:
        """The command."""
        if not value:
            return None
        name, words, reference, written, *details = json.loads(value)
        day = date.fromisoformat(written) if written else None
        return CommandCall(name, words, reference, day, tuple((n, said) for n, said in details))


class Targeted(TypeDecorator[Target]):
    """Which message another one is about."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Target | None, dialect: Dialect) -> str | None:
        """Its remote id and its key."""
        return None if value is None else json.dumps([value.remote_id, value.key])

    def process_result_value(self, value: Any, dialect: Dialect) -> Target | None:
        """The reference."""
        return Target(*json.loads(value)) if value else None


class OneOf(TypeDecorator[StrEnum]):
    """A member of a StrEnum, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[StrEnum]) -> None:
        super().__init__()
        self.of = of
        self._members: dict[str, StrEnum] = {member.value: member for member in of}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Its value."""
        return None if value is None else value.value

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], StrEnum | None]:
        """A plain look-up: this runs for each row of each list."""
        members = self._members
        return lambda value: None if value is None else members[value]
