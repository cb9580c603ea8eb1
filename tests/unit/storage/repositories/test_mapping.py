"""Every fact of an entity or of a message has its column."""

from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Mapper

from bot.domain.people import Address, Advisor, Person
from bot.domain.projects.history import Entry, FollowUpSent
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.project import Project
from bot.domain.projects.recommendation import Recommendation
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import DialogueState, Link, SendingRule
from bot.ports.web import Line
from storage import tables
from storage.repositories import messages

ENTITIES = [
    Address,
    Advisor,
    Assignment,
    FollowUpSent,
    Member,
    Person,
    Project,
    Recommendation,
]


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_field_of_an_entity_is_mapped(entity: type) -> None:
    mapper: Mapper[Any] = inspect(entity, raiseerr=True)

    assert set() == names(entity) - set(mapper.attrs.keys())


def test_every_fact_of_a_message_is_kept() -> None:
    place = {"place", "network", "conversation"}

    assert names(Incoming) - place == set(messages.INCOMING) - place
    assert names(Outgoing) - place == set(messages.OUTGOING) - place
    assert names(SendingRule) == set(messages.RULE)
    assert set() == names(Entry) - set(tables.entries.c.keys())
    assert {"quoted"} == names(Line) - set(tables.web_lines.c.keys())
    assert set() == names(Link) - set(tables.links.c.keys())
    kept = set(tables.dialogues.c.keys()) | {"under_way"}  # as a kind and a state
    assert set() == names(DialogueState) - place - kept
