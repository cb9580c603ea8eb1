"""The program, loaded once for the processes of `forking`: the libraries of all networks, too, and
what it reads of its own files.
"""

from functools import cache
from typing import Any, cast

import apscheduler.schedulers.asyncio

import bot.composition.app
import storage.migrations
from bot.__main__ import main
from bot.commands import run as command
from config.catalogue import load_catalogue
from tests.support import killing, worker

__all__ = ["apscheduler", "command", "run", "storage", "worker"]


def run(death: tuple[str, int] | None) -> None:
    """Run it, to its end or to that death."""
    if death is not None:
        killing.at(*death)
    main()


_application = cast("Any", bot.composition.app)
_application.load_catalogue = cache(load_catalogue)
for _rooms in ("", "matrix"):
    _application.load_catalogue(None, rooms=_rooms)
