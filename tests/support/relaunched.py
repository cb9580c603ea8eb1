"""A service whose processes live a second or so: each is forked from one that has loaded all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.service import Service, environment


class Relaunched:
    """The runs of an installation."""

    def __init__(self, service: Service, parent: "subprocess.Popen[str]") -> None:
        self.service = service
        self._parent = parent
        self._child = 0

    def begin(self) -> None:
        """Another run begins; the one before it is over."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        print(file=self._parent.stdin, flush=True)
        self._child = int(self._parent.stdout.readline())

    def kill(self) -> None:
        """The run is over, as by a power cut."""
        os.kill(self._child, signal.SIGKILL)


@contextmanager
def relaunched(service: Service) -> Iterator[Relaunched]:
    """The service, which is not running; at the end nothing of it runs."""
    command = [sys.executable, "-m", "tests.support.forking"]
    env = environment(service.folder, service.port, service.database, **service.settings)
    with (
        (service.folder / "stderr.log").open("ab") as err,
        subprocess.Popen(
            command,
            cwd=service.folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
        ) as parent,
    ):
        runs = Relaunched(service, parent)
        try:
            yield runs
        finally:
            parent.kill()
            if runs._child:
                runs.kill()
