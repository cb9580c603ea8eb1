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
    PAUSE = "pause"
    CLOSE = "close"
    LEAVE = "leave"
    HAND_OVER = "hand_over"


_RIGHTS: dict[Role, frozenset[Act]] = {
    Role.STRANGER: frozenset({Act.SUBMIT}),
    Role.MEMBER: frozenset(
        {
            Act.SUBMIT,
            Act.READ,
            Act.SAY,
            Act.MARK,
            Act.PAUSE,
            Act.CLOSE,
            Act.LEAVE,
            Act.HAND_OVER,
        }
    ),
    Role.OBSERVER: frozenset({Act.READ, Act.SAY, Act.NOTE, Act.LEAVE}),
    Role.ADVISOR: frozenset(
        {Act.READ, Act.SAY, Act.NOTE, Act.MARK, Act.RECOMMEND, Act.PAUSE, Act.LEAVE}
    ),
    Role.COORDINATOR: frozenset({Act.READ, Act.SAY, Act.NOTE, Act.MODERATE, Act.PAUSE, Act.CLOSE}),
}


def may(role: Role, act: Act) -> bool:
    """Whether the role allows the act, on a project on which the person has that role."""
    return act in _RIGHTS[role]
