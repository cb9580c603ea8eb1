"""Dialogues that were under way in a database of version 0001 go on where they were.

`made_at_0001.json` holds the rows that the program of that version wrote for nine people, each in
the midst of something else.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, text
from sqlalchemy.engine import Connection

from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.ports.network import Incoming
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue, load_catalogue
from handlers.routing import router
from storage import Store
from storage.database.engine import migration_engine, parse_url
from storage.migrations import downgrade, upgrade
from tests.support.scene import spaced
from tests.support.stores import NOW, chat, open_test_store

ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("made_at_0001.json").read_text(encoding="utf-8")
)


@cache
def catalogue() -> Catalogue:
    return replace(load_catalogue(), ways=frozenset({"email"}))


def made_at_0001(url: str) -> None:
    """The database as version 0001 left it."""
    upgrade(url, "0001")
    engine = migration_engine(parse_url(url))
    with engine.begin() as connection:
        known = MetaData()
        known.reflect(connection)
        for name, rows in ROWS.items():
            connection.execute(known.tables[name].insert(), rows)
            if "id" in rows[0] and connection.dialect.name == "postgresql":
                _go_on_counting(connection, name)
    engine.dispose()


def _go_on_counting(connection: Connection, table: str) -> None:
    counting = "SELECT setval(pg_get_serial_sequence(:table, 'id'), 1000)"
    connection.execute(text(counting), {"table": table})


def kept(url: str, table: str) -> list[dict[str, Any]]:
    """The dialogues, as they are kept."""
    engine = migration_engine(parse_url(url))
    with engine.connect() as connection:
        query = text(f"SELECT * FROM {table} ORDER BY conversation")
        rows = [dict(row) for row in connection.execute(query).mappings()]
    engine.dispose()
    return rows


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """The database, opened by this version."""
    made_at_0001(url)
    opened = open_test_store(url, tmp_path)
    yield opened
    opened.close()


async def answers(
    store: Store, url: str, name: str, words: str = "", choice: str | None = None
) -> str:
    """What somebody reads when they answer."""
    event = Incoming(chat(name), f"new-{words}-{choice}", f"chat:{name}", NOW, words, choice)
    await store.database.transact(lambda uow: router.receive(uow, catalogue(), NOW, event))
    engine = migration_engine(parse_url(url))
    with engine.connect() as connection:
        query = text("SELECT text FROM outbox WHERE conversation = :name ORDER BY id")
        read = connection.execute(query, {"name": f"chat:{name}"}).scalars().all()
    engine.dispose()
    return spaced("\n".join(read))


async def projects(store: Store, name: str) -> list[Project]:
    """Somebody's projects, the latest first."""

    def find(uow: UnitOfWork) -> list[Project]:
        person = uow.people.correspondent(chat(name), f"chat:{name}").person
        return uow.projects.of_person(person) if person is not None else []

    return await store.database.read(find)


async def test_a_description_goes_on_with_its_next_question(store: Store, url: str) -> None:
    read = await answers(store, url, "intake", "Martine Duval, maire")
    assert "Fontenay-le-Comte (Vendée)" in read
    await answers(store, url, "intake", choice="intake:send")

    (project,) = await projects(store, "intake")
    assert "ancienne filature vide" in project.description
    story = await store.database.read(lambda uow: uow.projects.story(project, backstage=False))
    assert ["plan.pdf"] == [entry.detail for entry in story if entry.kind is EntryKind.FILE]


async def test_a_summary_is_answered_by_typing(store: Store, url: str) -> None:
    await answers(store, url, "summary", "1")
    assert 1 == len(await projects(store, "summary"))


async def test_words_that_wait_go_to_the_project_that_is_named(store: Store, url: str) -> None:
    station, mill = await projects(store, "which")
    await answers(store, url, "which", "2")
    refs = {p.ref: p.description for p in await projects(store, "which")}
    assert refs[mill.ref].endswith("Le notaire a répondu.")
    assert "notaire" not in refs[station.ref]


async def test_a_command_that_waits_goes_on_once_its_project_is_chosen(
    store: Store, url: str
) -> None:
    station, _ = await projects(store, "command")
    read = await answers(store, url, "command", choice=f"command:{station.ref}")
    assert "La balle est chez" in read


async def test_what_was_no_written_command_is_expected_no_more(store: Store, url: str) -> None:
    station, _ = await projects(store, "spoken")
    read = await answers(store, url, "spoken", choice=f"command:{station.ref}")
    assert "n’est plus attendue" in read


async def test_a_date_is_read_after_when(store: Store, url: str) -> None:
    read = await answers(store, url, "later", "dans 3 semaines")
    assert "14 décembre 2026" in read


async def test_an_address_is_taken(store: Store, url: str) -> None:
    read = await answers(store, url, "address", "martine@exemple.fr")
    assert "Je viens d’écrire à martine@exemple.fr" in read


async def test_words_that_met_a_refusal_begin_another_project(store: Store, url: str) -> None:
    read = await answers(store, url, "refused", choice="intake:another")
    assert "Pour quelle commune" in read
    await answers(store, url, "refused", "Luçon")
    await answers(store, url, "refused", choice="intake:send")
    described = [project.description for project in await projects(store, "refused")]
    assert ["Le pont de notre commune"] == [d[:24] for d in described if "fissure" in d]


async def test_where_nothing_was_under_way_nothing_is(store: Store, url: str) -> None:
    assert [(None, None)] == [
        (row["kind"], row["state"])
        for row in kept(url, "dialogues")
        if row["conversation"] == "chat:quiet"
    ]


def test_going_back_gives_the_dialogues_as_they_were(url: str) -> None:
    made_at_0001(url)
    upgrade(url)
    downgrade(url, "0001")

    before = {row["conversation"]: dict(row) for row in ROWS["conversations"]}
    # What cannot go on is not brought back either.
    before["chat:spoken"] |= {"flow": None, "data": "{}"}
    for row in kept(url, "conversations"):
        was = before[row["conversation"]]
        assert json.loads(was.pop("data")) == json.loads(row.pop("data"))
        assert was == row
