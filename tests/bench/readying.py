"""Run alone: the processor time until messages can be understood, in s, and the memory added, in
MB of resident set (0 where the system does not tell); what is imported is not counted."""

import time
from pathlib import Path

from bot.domain.understanding.reader import Reader
from config.language import load_language
from config.territory import load_territories
from config.themes import load_themes


def _resident_mb() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    before_mb, start = _resident_mb(), time.process_time()
    reader = Reader(load_territories(), load_themes(), load_language().reading)
    spent_s = time.process_time() - start
    reader.understand("Bonjour")
    print(spent_s, _resident_mb() - before_mb)
