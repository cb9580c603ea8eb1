"""A service whose processes live a second or so: each is forked from one that has loaded all."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.forking import Forked, program
from tests.support.service import Service, environment


class Relaunched:
    """The runs of an installation."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._run: Forked | None = None

    def begin(self) -> None:
        """Another run begins; the one before it is over."""
        service = self.service
        env = environment(service.folder, service.port, service.database, **service.settings)
        self._run = Forked(program, ["run"], service.folder, env)

    def kill(self) -> None:
        """The run is over, as by a power cut."""
        if self._run is not None:
            self._run.kill()
            self._run.wait()


@contextmanager
def relaunched(service: Service) -> Iterator[Relaunched]:
    """The service, which is not running; at the end nothing of it runs."""
    runs = Relaunched(service)
    try:
        yield runs
    finally:
        runs.kill()
