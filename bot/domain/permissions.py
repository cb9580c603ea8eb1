"""Who may do what: one table."""

from enum import StrEnum

from bot.domain.people import Role


class Act(StrEnum):
    """What somebody may want to do with a project."""

    SUBMIT = "submit"
    READ = "read"
    SAY = "say"
    NOTE = "note"
    MARK = "mark"
    RECOMMEND = "recommend"
    MODERATE = "moderate"


_RIGHTS: dict[Role, frozenset[Act]] = {
    Role.STRANGER: frozenset({Act.SUBMIT}),
    Role.MEMBER: frozenset({Act.SUBMIT, Act.READ, Act.SAY, Act.MARK}),
    Role.OBSERVER: frozenset({Act.READ, Act.SAY, Act.NOTE}),
    Role.ADVISOR: frozenset({Act.READ, Act.SAY, Act.NOTE, Act.MARK, Act.RECOMMEND}),
    Role.COORDINATOR: frozenset({Act.READ, Act.SAY, Act.NOTE, Act.MODERATE}),
}


def may(role: Role, act: Act) -> bool:
    """Whether the role allows the act, on a project on which the person has that role."""
    return act in _RIGHTS[role]
