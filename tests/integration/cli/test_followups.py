"""What would go out, and how people answer."""

from datetime import timedelta

import pytest

from bot.commands.stores import command_store, utc_now
from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind, FollowUpSent
from bot.ports.records import UnitOfWork
from config.settings import load
from tests.integration.cli.conftest import Filrouge
from tests.support.stores import person, project, save


@pytest.fixture
async def waiting() -> None:
    """A project that waits for its team; a question that was answered in three days."""
    now = utc_now()

    def work(uow: UnitOfWork) -> None:
        made = project("UV-1111", person("Martine"))
        made.submitted_at = made.last_activity_at = now - timedelta(days=10)
        made.followup_due_at = now - timedelta(days=5)
        save(uow, made)
        other = project("UV-2222", person("Jean"))
        other.refuse("non", now)
        save(uow, other)
        sent = FollowUpSent("question", Side.MEMBERS, now - timedelta(days=9), key="k")
        other.followups.append(sent)
        at = now - timedelta(days=6)
        uow.projects.record(other, Entry(at, EntryKind.SAID, Side.MEMBERS, "Jean", "Oui"))

    with command_store(load()) as store:
        await store.database.transact(work)


@pytest.mark.usefixtures("waiting")
def test_a_dry_run_shows_when_what_goes_to_whom_and_keeps_nothing(filrouge: Filrouge) -> None:
    for _ in range(2):
        ran = filrouge("followups", "--dry-run", "--days", 5)
        heading, first, *_, last = ran.out.splitlines()
        assert ["WHEN", "TO", "KIND", "PROJECTS", "TITLES"] == heading.split()
        assert ["team", "moderation", "UV-1111"] == first.split()[2:5]
        assert last.endswith("to go out in the next 5 days")


@pytest.mark.usefixtures("waiting")
def test_answers_are_counted_by_kind_with_their_delay(filrouge: Filrouge) -> None:
    _, row = filrouge("followups", "stats").out.splitlines()
    assert ["question", "members", "1", "1", "100%", "3.0"] == row.split()


def test_nothing_asked_for_is_a_fault(filrouge: Filrouge) -> None:
    ran = filrouge("followups")
    assert (2, "filrouge: say --dry-run, or stats\n") == (ran.code, ran.err)
