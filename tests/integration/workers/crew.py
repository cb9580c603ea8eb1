"""Three processes on one PostgreSQL database, and what an observer sees of them."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from storage.migrations import upgrade
from tests.support import worker
from tests.support.forking import Forked
from tests.support.postgres import empty_database

PLACES = 12
PATIENCE_S = 120


class Crew:
    """Three workers; those who are killed are replaced."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self._folder, self._count = url, folder, 0
        self.workers: dict[str, Forked] = {}

    def hire(self) -> None:
        """One more."""
        self._count += 1
        name = f"worker-{self._count}"
        self.workers[name] = Forked(worker.main, self.url, self._folder, name)

    def kill(self, name: str) -> None:
        """SIGKILL one, and hire another."""
        victim = self.workers.pop(name)
        victim.kill()
        victim.wait()
        self.hire()

    def dismiss(self) -> None:
        """Kill all of them."""
        for each in self.workers.values():
            each.kill()
            each.wait()

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """What an observer sees."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def leader(self) -> str:
        """Whoever came to lead last."""
        found = self.rows("SELECT worker FROM reigns ORDER BY id DESC LIMIT 1")
        return found[0][0] if found else ""

    def until(self, query: str, count: int) -> None:
        """Wait until a count is reached."""
        give_up = time.monotonic() + PATIENCE_S
        while int(self.rows(query)[0][0]) < count:
            assert time.monotonic() < give_up, f"{query}: {self.rows(query)} of {count}"
            time.sleep(0.05)


@contextmanager
def crew(folder: Path) -> Iterator[Crew]:
    with empty_database() as url, ExitStack() as stack:
        upgrade(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(worker.TABLES.encode())
        made = Crew(url, folder)
        stack.callback(made.dismiss)
        for _ in range(3):
            made.hire()
        made.until("SELECT count(*) FROM reigns", 1)
        yield made


def say(at: Crew, count: int) -> None:
    at.rows(
        f"INSERT INTO said (place) SELECT 'p' || n % {PLACES} FROM generate_series(1, {count}) n"
        " RETURNING place"
    )


SEEN = "SELECT count(*) FROM seen"


def assert_all_once_and_in_order(at: Crew, said: int) -> None:
    seen = at.rows("SELECT key, place FROM seen ORDER BY id")
    assert {f"{network}:{n}" for network in ("led", "free") for n in range(1, said + 1)} == {
        key for key, _ in seen
    }
    for where in {place for _, place in seen}:
        for network in ("led", "free"):
            mine = [
                int(key.partition(":")[2])
                for key, place in seen
                if place == where and key.startswith(network)
            ]
            assert sorted(mine) == mine
    at.until("SELECT count(*) FROM outbox WHERE state = 'sent'", 2 * said)
    assert [("sent",)] == at.rows("SELECT DISTINCT state FROM outbox")
    assert [] == at.rows("SELECT state FROM inbox WHERE state = 'dead'")
