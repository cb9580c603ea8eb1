"""Runs the real program again and again: what all its runs load is loaded once, then each line of
standard input begins another one, whose process id is printed. A run that is killed is just over.

    python -m tests.support.forking
"""

import os
import sys
from functools import cache
from typing import Any, cast

import bot.app
from bot.__main__ import main
from bot.networks.matrix import network as _matrix  # noqa: F401 - loaded for all runs
from bot.networks.telegram import network as _telegram  # noqa: F401 - loaded for all runs
from config.catalogue import load_catalogue
from config.settings import load


def run() -> None:
    """One run, in a process of its own; returns when it is over."""
    child = os.fork()
    if child == 0:
        sys.stdin.close()
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.argv = ["filrouge", "run"]
        try:
            main()
        finally:
            os._exit(1)
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
    os.waitpid(child, 0)


if __name__ == "__main__":
    settings, application = load(), cast("Any", bot.app)
    application.load_catalogue = cache(load_catalogue)
    application.load_catalogue(settings.portals_dir, rooms=settings.rooms.network)
    for _ in sys.stdin:
        run()
