"""Nothing lost, nothing twice: the real process is killed at each boundary, and started again."""

import asyncio
from pathlib import Path

from tests.acceptance.dialogue import MAYOR, MILL
from tests.acceptance.whole_story import survives
from tests.support.postgres import empty_database, execute
from tests.support.service import Service
from tests.support.visitor import Visitor

ON_SQLITE = [
    ("migrating", 5),
    ("posted", 1),
    ("received", 2),
    ("committed", 2),
    ("dispatched", 3),
    ("delivered", 2),
    ("ticking", 1),
]
ON_POSTGRESQL = [
    ("migrating", 9),
    ("posted", 2),
    ("received", 2),
    ("committed", 3),
    ("dispatched", 2),
    ("delivered", 4),
    ("ticking", 2),
]
"""The process dies at that passage of that boundary, the next one at the next. The passages differ,
so that other messages are hit.
"""

CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SAID = (MILL, "Je suis Fil Rouge", "Qui êtes-vous", MAYOR, "Est-ce bien cela")


async def test_whatever_the_moments_of_the_kills_each_message_is_seen_once_and_in_order(
    tmp_path: Path,
) -> None:
    with empty_database() as url:
        sqlite = Service(tmp_path / "sqlite", deaths=list(ON_SQLITE))
        postgresql = Service(tmp_path / "postgresql", url, deaths=list(ON_POSTGRESQL))
        try:
            await asyncio.gather(survives(sqlite), survives(postgresql))
        finally:
            sqlite.end()
            postgresql.end()


async def test_connections_cut_by_the_database_lose_nothing(tmp_path: Path) -> None:
    with empty_database() as url:
        service = Service(tmp_path / "postgresql", url)
        await asyncio.to_thread(service.start)
        try:
            async with Visitor(service.url) as elu:
                await elu.say("/", MILL)
                await elu.sees("/", "Qui êtes-vous")
                form = (await elu.get("/")).form(field_name="texte")
                execute(url, CUT)
                page = await elu.post("/", form.fields | {"texte": MAYOR})
                while page.status >= 500:
                    page = await elu.post("/", form.fields | {"texte": MAYOR})
                page = await elu.sees("/", "Est-ce bien cela")
                told = [message.text for message in page.messages]
        finally:
            service.end()
    assert [True] * 5 == [words in text for words, text in zip(SAID, told, strict=True)]
