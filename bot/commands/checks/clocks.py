"""Compares this machine's clock, by which follow-ups fall due and TLS works, with others."""

from datetime import datetime, timedelta

from bot.ports.checkup import Finding, ok, warning

_FAR_OFF = timedelta(minutes=1)


def compare_clocks(whose: str, theirs: datetime, ours: datetime) -> Finding:
    """Whether two clocks agree, to a minute."""
    what, apart = f"clock ({whose})", round((theirs - ours).total_seconds())
    if abs(theirs - ours) <= _FAR_OFF:
        return ok(what, "both clocks agree")
    said = f"this machine is {abs(apart)} s {'behind' if apart > 0 else 'ahead'}"
    return warning(what, said, "set both clocks by NTP (timedatectl set-ntp true)")
