"""The real program in its own process: started, stopped, killed, started again on its data."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp.test_utils import unused_port

from bot.composition.demonstration import LINK_LIFE, seed
from bot.links.personal import create_personal_link
from bot.ports.records import UnitOfWork
from bot.runtime.clocks import DemoClock
from storage import open_store
from tests.support.forking import Forked, program
from tests.support.shipped import catalogue

ROOT = Path(__file__).parents[2]

MONDAY = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
"""When the demonstration's time begins in tests: a working morning, far from holidays."""

READY_WITHIN = timedelta(seconds=60)
ENDS_WITHIN = timedelta(seconds=30)
LOOK_EVERY = timedelta(milliseconds=20)

_LINK = re.compile(
    r"^  (?P<name>.+) \((?P<role>\w+)\): http://[^/]+(?P<path>/acces/\S+)$", re.MULTILINE
)

# What protects the service from a crowd would stop a test that plays the crowd from one address.
_SETTINGS = {
    "FILROUGE_DEMO": "true",
    "FILROUGE_LOG_LEVEL": "warning",
    "FILROUGE_WEB__POSTS_PER_MINUTE": "1000",
    "FILROUGE_WEB__POSTS_PER_MINUTE_PER_ADDRESS": "100000",
    "FILROUGE_WEB__LINKS_PER_MINUTE_PER_ADDRESS": "100000",
    # On a shared database, what a killed process was sending is free again after that time.
    "FILROUGE_OUTBOX__LEASE": "3 s",
}


@dataclass
class Service:
    """One installation: its folder, database and port, and the process that runs it, if any.

    `deaths` are those its next processes are to die, one each, as (boundary, passage) of `killing`.
    Its processes are forked from one that has loaded the program, a second or two sooner than
    `by_command`, which starts them as an operator does, and lets them live.
    """

    folder: Path
    database: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    begins: datetime = MONDAY
    port: int = field(default_factory=unused_port)
    deaths: list[tuple[str, int]] = field(default_factory=list)
    by_command: bool = False
    killed: int = 0
    _process: "subprocess.Popen[bytes] | Forked | None" = None
    _ended: bool = False

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> str:
        """What all its processes wrote on standard error."""
        return (self.folder / "stderr.log").read_text(encoding="utf-8")

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """(role, name, path) of the personal links that the present process printed."""
        printed = (self.folder / "stdout.log").read_text(encoding="utf-8")
        return [(m["role"], m["name"], m["path"]) for m in _LINK.finditer(printed)]

    def link(self, role: str) -> str:
        """The path of the first printed link of that role, "advisor" or "team"."""
        return next(path for found, _, path in self.links if found == role)

    def start(self) -> None:
        """Start it, and return once it answers; or once it is dead, if it was to die."""
        doomed = bool(self.deaths)
        self._launch()
        deadline = time.monotonic() + READY_WITHIN.total_seconds()
        while not self._answers():
            if self._running().poll() is not None:
                if doomed:
                    return
                raise AssertionError(f"it ended at its start:\n{self.log}")
            assert time.monotonic() < deadline, f"not ready in time:\n{self.log}"
            time.sleep(LOOK_EVERY.total_seconds())

    def _launch(self) -> None:
        assert self._process is None
        assert not self._ended
        self._set_clock()
        env = environment(self.folder, self.port, self.database, **self.settings)
        if not self.by_command:
            death = self.deaths.pop(0) if self.deaths else None
            self._process = Forked(program, ["run"], self.folder, env, death)
            return
        assert not self.deaths
        with (
            (self.folder / "stdout.log").open("wb") as out,
            (self.folder / "stderr.log").open("ab") as err,
        ):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self.folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )

    def stop(self) -> None:
        """Ask it to stop; it ends by itself with 0."""
        process = self._take()
        process.terminate()
        assert 0 == process.wait(ENDS_WITHIN.total_seconds()), self.log

    def kill(self) -> None:
        """End it as a power cut would."""
        process = self._take()
        process.kill()
        process.wait(ENDS_WITHIN.total_seconds())

    def lost(self) -> None:
        """The connection broke: the process must have killed itself. It is started again."""
        process = self._take()
        assert -signal.SIGKILL == process.wait(ENDS_WITHIN.total_seconds()), self.log
        self.killed += 1
        self.start()

    @property
    def lies_dead(self) -> bool:
        """Whether its process ended and nobody took notice yet."""
        process = self._process
        return process is not None and process.poll() is not None

    def strike(self) -> None:
        """End its process as a power cut would; somebody else is to notice."""
        if self._process is not None:
            self._process.kill()

    def comes_back(self) -> None:
        """Return once it answers."""
        deadline = time.monotonic() + READY_WITHIN.total_seconds()
        while not self._answers():
            assert time.monotonic() < deadline, f"it did not come back:\n{self.log}"
            time.sleep(LOOK_EVERY.total_seconds())

    def end(self) -> None:
        """Let nothing run on, nor start again in some thread, whatever happened."""
        self._ended = True
        if self._process is not None:
            self.kill()

    def invite(self, *names: str) -> dict[str, str]:
        """The paths of personal links for people of the demonstration's register, by name.

        The process must not run.
        """
        clock = self._set_clock()
        store = open_store(
            self.database or f"sqlite:///{self.folder}/demo.sqlite3",
            data_dir=self.folder,
            now=clock.now,
            worker_id="tests",
            file_types={},
            max_file_size=0,
        )

        def links(uow: UnitOfWork) -> dict[str, str]:
            return {
                advisor.person.name: create_personal_link(
                    uow, advisor.person, "desk", LINK_LIFE, clock
                )
                for advisor in uow.advisors.all()
                if advisor.person.name in names
            }

        try:
            asyncio.run(seed(store.database, catalogue(), clock))
            return asyncio.run(store.database.transact(links))
        finally:
            store.close()

    def _set_clock(self) -> DemoClock:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "demo-clock"
        if not path.exists():
            path.write_text(str((self.begins - datetime.now(UTC)).total_seconds()))
        return DemoClock(path)

    def _running(self) -> "subprocess.Popen[bytes] | Forked":
        assert self._process is not None
        return self._process

    def _take(self) -> "subprocess.Popen[bytes] | Forked":
        process, self._process = self._running(), None
        return process

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


@contextmanager
def running(service: Service) -> Iterator[Service]:
    """The service, started; at the end it stops by itself and has written no traceback."""
    service.start()
    try:
        yield service
        service.stop()
    finally:
        service.end()
    assert "Traceback" not in service.log, service.log


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command ended with."""

    code: int
    out: str
    err: str


def filrouge(folder: Path, *arguments: str, port: int = 0, **settings: str) -> Ended:
    """Run the program to its end, in its own process."""
    folder.mkdir(parents=True, exist_ok=True)
    env = environment(folder, port or unused_port(), **settings)
    with TemporaryDirectory() as logs:
        ran = Forked(program, arguments, folder, env, None, Path(logs))
        code = ran.wait(READY_WITHIN.total_seconds())
        out, err = (
            (Path(logs) / f"{stream}.log").read_text(encoding="utf-8")
            for stream in ("stdout", "stderr")
        )
    return Ended(code, out, err)


def environment(folder: Path, port: int, database: str = "", **settings: str) -> dict[str, str]:
    """The variables of a process whose data lies in `folder`, whatever surrounds the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "PORT" and not name.startswith("FILROUGE_")
    }
    own = {
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "FILROUGE_DATA_DIR": str(folder),
        "FILROUGE_DATABASE_URL": database,
    }
    return kept | _SETTINGS | own | settings
