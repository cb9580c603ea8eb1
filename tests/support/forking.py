"""Processes forked from one that has loaded all the program: each begins a second or two sooner
than by a command, and has memory, connections and a death of its own all the same.
"""

import multiprocessing
import multiprocessing.connection
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_ONE_AT_A_TIME = threading.Lock()
"""The library, when it starts a process, asks after all others: two threads that ask at once make
one of them read no answer.
"""

LOADED = "tests.support.loaded"
"""What the first of them imports; the tests' own process does not."""


class Forked:
    """A process that runs a function."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([LOADED])
        self._process = context.Process(target=function, args=arguments, daemon=True)
        with _ONE_AT_A_TIME:
            self._process.start()

    def poll(self) -> int | None:
        """What it ended with, the number of a signal below zero; None while it runs."""
        with _ONE_AT_A_TIME:
            return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """What it ended with, once it has."""
        multiprocessing.connection.wait([self._process.sentinel], timeout)
        code = self.poll()
        assert code is not None, "it runs on"
        return code

    def terminate(self) -> None:
        """Ask it to stop."""
        self._process.terminate()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()


def program(
    arguments: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    death: tuple[str, int] | None = None,
    logs: Path | None = None,
) -> None:
    """Run `filrouge` with these arguments, as a command with that environment would in `folder`.

    It writes stdout.log, anew, and stderr.log, after what is there, in `logs`; without, in
    `folder`. It dies at the passage of a boundary, if one is given.
    """
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    for stream, name, mode in ((1, "stdout.log", os.O_TRUNC), (2, "stderr.log", os.O_APPEND)):
        os.dup2(os.open((logs or folder) / name, os.O_WRONLY | os.O_CREAT | mode, 0o644), stream)
    sys.argv = ["filrouge", *arguments]
    loaded: Any = sys.modules[LOADED]
    loaded.run(death)
