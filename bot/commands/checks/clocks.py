"""This machine's clock beside those of others: follow-ups fall due by it, TLS depends on it."""

from datetime import datetime, timedelta

from bot.ports.checkup import Finding, ok, warning

_FAR_OFF = timedelta(minutes=1)


def clock(whose: str, theirs: datetime, ours: datetime) -> Finding:
    """Whether both say the same, to a minute."""
    what, apart = f"clock ({whose})", theirs - ours
    if abs(apart) <= _FAR_OFF:
        return ok(what, "both clocks agree")
    said = f"this machine is {_told(abs(apart))} {'behind' if apart > timedelta() else 'ahead'}"
    return warning(what, said, "set both clocks by NTP (timedatectl set-ntp true)")


def _told(apart: timedelta) -> str:
    return f"{round(apart.total_seconds())} s"
