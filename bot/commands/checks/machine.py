"""Checks the machine: its data folder, the disk that this is on, its clock."""

import os
import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

from bot.ports.checkup import Finding, fault, ok, warning

_TIGHT = 1 << 30
_FULL = 100 << 20
_FAR_OFF = timedelta(minutes=1)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_data_folder(folder: Path) -> Finding:
    """Whether we may write there, and nobody else may look into it."""
    what = "data folder"
    if not folder.exists():
        return warning(what, f"{folder.absolute()} is not there yet", "the first start makes it")
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        todo = "give it to the user that runs the service, or name another data_dir"
        return fault(what, f"{folder.absolute()} cannot be written to", todo)
    if folder.stat().st_mode & _OTHERS:
        return warning(what, f"{folder.absolute()} is open to others", f"chmod 700 {folder}")
    return ok(what, f"{folder.absolute()}, closed to others")


def check_disk(folder: Path) -> Finding:
    """How much room is left on the disk of the data folder."""
    there = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
    free = shutil.disk_usage(there).free
    said = f"{free >> 20} MB free"
    if free < _FULL:
        return fault("disk", said, f"make room where {there} is: nothing can be kept")
    if free < _TIGHT:
        return warning("disk", said, f"make room where {there} is")
    return ok("disk", said)


def compare_clocks(whose: str, theirs: datetime, ours: datetime) -> Finding:
    """Whether another clock agrees, to a minute, with this machine's, by which follow-ups fall due
    and TLS works.
    """
    what, apart = f"clock ({whose})", round((theirs - ours).total_seconds())
    if abs(theirs - ours) <= _FAR_OFF:
        return ok(what, "both clocks agree")
    said = f"this machine is {abs(apart)} s {'behind' if apart > 0 else 'ahead'}"
    return warning(what, said, "set both clocks by NTP (timedatectl set-ntp true)")
