"""What the bare drivers do with the smallest transaction: one insert, one update, commit."""

import sqlite3
import threading
import time
from pathlib import Path

import psycopg

CONNECTIONS = 8
_TABLES = (
    "DROP TABLE IF EXISTS bench_log, bench_count",
    "CREATE TABLE bench_log (id INTEGER GENERATED ALWAYS AS IDENTITY, text TEXT)",
    "CREATE TABLE bench_count (id INTEGER PRIMARY KEY, n INTEGER)",
)


def sqlite_rate(path: Path, seconds: float) -> float:
    """Transactions a second of the standard library's driver, one after the other (WAL, FULL)."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE bench_log (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("CREATE TABLE bench_count (id INTEGER PRIMARY KEY, n INTEGER)")
    connection.execute("INSERT INTO bench_count VALUES (1, 0)")
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bench_log (text) VALUES ('Bonjour')")
        connection.execute("UPDATE bench_count SET n = n + 1 WHERE id = 1")
        connection.execute("COMMIT")
        done += 1
    rate = done / (time.perf_counter() - start)
    connection.close()
    return rate


def postgres_rate(url: str, seconds: float) -> float:
    """Transactions a second of psycopg, eight connections at once, each on a row of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        for table in _TABLES:
            connection.execute(table)
        for row in range(CONNECTIONS):
            connection.execute("INSERT INTO bench_count VALUES (%s, 0)", (row,))
    done = [0] * CONNECTIONS
    start = time.perf_counter()

    def work(row: int) -> None:
        with psycopg.connect(url) as connection:
            while time.perf_counter() - start < seconds:
                connection.execute("INSERT INTO bench_log (text) VALUES ('Bonjour')")
                connection.execute("UPDATE bench_count SET n = n + 1 WHERE id = %s", (row,))
                connection.commit()
                done[row] += 1

    threads = [threading.Thread(target=work, args=(row,)) for row in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - start)
