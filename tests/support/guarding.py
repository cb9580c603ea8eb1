"""Stands in for what starts a service again on a machine: each process that dies is replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from tests.support.postgres import execute
from tests.support.service import LOOK_EVERY, Service

_NO_LEADER = "DELETE FROM leaders"


class Guard:
    """Starts the service again whenever its process was killed."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.fault: Exception | None = None
        self._over = Event()
        self._thread = Thread(target=self._watch)

    def begin(self) -> None:
        """Watch from now on."""
        self._thread.start()

    def end(self) -> None:
        """Watch no more. Raises what went wrong."""
        self._over.set()
        self._thread.join()
        if self.fault is not None:
            raise self.fault

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY.total_seconds()):
            if self.service.lies_dead:
                try:
                    self._replace()
                except Exception as error:
                    self.fault = error
                    return

    def _replace(self) -> None:
        """Nobody else works on its database: what the dead process led is free. How long others
        wait for that is tested where there are others.
        """
        if self.service.database:
            execute(self.service.database, _NO_LEADER)
        self.service.lost()


@contextmanager
def guarded(service: Service) -> Iterator[Guard]:
    """The service, started, its processes replaced when they are killed; at the end it stops by
    itself and has written no traceback.
    """
    guard = Guard(service)
    try:
        service.start()
        guard.begin()
        try:
            yield guard
        finally:
            guard.end()
        service.stop()
    finally:
        service.end()
    assert "Traceback" not in service.log, service.log
