"""Who may do what: one table."""

from enum import StrEnum

from bot.domain.people import Role


class Right(StrEnum):
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
    ENTER = "enter"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.STRANGER: frozenset({Right.SUBMIT}),
    Role.MEMBER: frozenset(
        {
            Right.SUBMIT,
            Right.READ,
            Right.SAY,
            Right.MARK,
            Right.PAUSE,
            Right.CLOSE,
            Right.LEAVE,
            Right.HAND_OVER,
        }
    ),
    Role.OBSERVER: frozenset({Right.READ, Right.SAY, Right.NOTE, Right.LEAVE, Right.ENTER}),
    Role.ADVISOR: frozenset(
        {
            Right.READ,
            Right.SAY,
            Right.NOTE,
            Right.MARK,
            Right.RECOMMEND,
            Right.PAUSE,
            Right.LEAVE,
            Right.ENTER,
        }
    ),
    Role.COORDINATOR: frozenset(
        {Right.READ, Right.SAY, Right.NOTE, Right.MODERATE, Right.PAUSE, Right.CLOSE, Right.ENTER}
    ),
}


def may(role: Role, act: Right) -> bool:
    """Whether the role allows the act, on a project on which the person has that role."""
    return act in _RIGHTS[role]
