"""What pages and lists read."""

from datetime import date

from sqlalchemy import Engine
from sqlalchemy import event as listening

from bot.domain.people import Role, Side
from bot.domain.projects.history import Entry, EntryKind, FollowUpSent
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus
from bot.ports.queries import Depths, Desk, Figures, ProjectRow
from bot.ports.records import UnitOfWork
from storage import Store
from tests.support.stores import (
    DAY,
    HOUR,
    NOW,
    accepted,
    advisor,
    chat,
    event,
    message,
    person,
    project,
    save,
)


def story(uow: UnitOfWork) -> None:
    """A project whose ball is with the members, one that waits for the team, one refused."""
    karim, team = advisor("karim"), advisor("team", role=Role.COORDINATOR)
    uow.advisors.add(team)
    old = accepted("UV-1111", person("a"), karim)
    save(uow, old)
    old.recommend(Recommendation.by(karim, "Appeler l’EPF", NOW + HOUR, date(2027, 6, 30)))
    old.recommend(Recommendation.by(karim, "Clore le site", NOW + 2 * HOUR))
    old.mark(1, RecommendationStatus.DONE, Side.MEMBERS, NOW + 3 * HOUR)
    old.followups.append(FollowUpSent("recommendation", Side.MEMBERS, NOW + HOUR, 1))
    old.followups.append(FollowUpSent("where_are_you", Side.ADVISORS, NOW + HOUR))
    said = Entry(NOW + 2 * HOUR, EntryKind.SAID, Side.MEMBERS, "a", "oui")
    uow.projects.record(old, said)
    uow.projects.record(
        old, Entry(NOW, EntryKind.NOTE, Side.ADVISORS, "karim", "…", backstage=True)
    )
    waiting = save(uow, project("UV-2222", person("b")))
    waiting.submitted_at = NOW + 5 * HOUR
    refused = save(uow, project("UV-3333"))
    refused.refuse("hors sujet", NOW)
    save(uow, project("SP-4444", portal="sosponts"))


async def test_a_board_shows_first_what_waits_for_the_team(store: Store) -> None:
    await store.database.transact(story)

    board = await store.queries.board("urbanvitaliz")

    assert ["UV-2222", "UV-1111", "UV-3333"] == [row.ref for row in board]
    assert [Side.TEAM, Side.MEMBERS, None] == [row.ball for row in board]
    assert board[1] == ProjectRow(
        ref="UV-1111",
        portal="urbanvitaliz",
        title="Le moulin",
        territory="L’Aiguillon",
        departement="85",
        theme="friche",
        status=ProjectStatus.ACCEPTED,
        lead="a",
        submitted_at=NOW,
        last_activity_at=NOW + 3 * HOUR,
        ball=Side.MEMBERS,
        ball_since=NOW + 3 * HOUR,
        advisors=("karim",),
        open_recommendations=1,
    )
    assert [] == await store.queries.board("unknown")


async def test_a_board_takes_as_many_queries_for_many_projects_as_for_one(store: Store) -> None:
    statements: list[str] = []

    def count(*details: object) -> None:
        statements.append(str(details[2]))

    async def board() -> int:
        statements.clear()
        await store.queries.board("urbanvitaliz")
        return len(statements)

    karim = advisor("karim")
    await store.database.transact(lambda u: save(u, accepted("UV-0", person("p0"), karim)))
    listening.listen(Engine, "before_cursor_execute", count)
    one = await board()

    def many(uow: UnitOfWork) -> None:
        again = uow.advisors.all()[0]
        for number in range(1, 40):
            save(uow, accepted(f"UV-{number}", person(f"p{number}"), again))

    await store.database.transact(many)

    assert 0 < one
    assert one == await board()
    listening.remove(Engine, "before_cursor_execute", count)


async def test_an_advisor_sees_their_rooms(store: Store) -> None:
    await store.database.transact(story)
    ids = {e.person.name: e.id or 0 for e in await store.database.read(lambda u: u.advisors.all())}

    assert ["UV-1111"] == [row.ref for row in await store.queries.rooms(ids["karim"])]
    assert [] == await store.queries.rooms(ids["team"])
    assert await store.queries.has_seat(ids["karim"], "UV-1111")
    assert not await store.queries.has_seat(ids["karim"], "UV-2222")
    assert await store.queries.has_seat(ids["team"], "UV-2222")
    assert not await store.queries.has_seat(ids["team"], "SP-4444")
    assert not await store.queries.has_seat(ids["team"], "UV-9999")
    assert not await store.queries.has_seat(999, "UV-1111")


async def test_a_removed_advisor_sees_nothing_any_more(store: Store) -> None:
    await store.database.transact(story)

    def remove(uow: UnitOfWork) -> tuple[int, int]:
        entry = next(e for e in uow.advisors.all() if e.person.name == "karim")
        entry.active = False
        return entry.id or 0, entry.person.id or 0

    advisor_id, person_id = await store.database.transact(remove)

    assert not await store.queries.has_seat(advisor_id, "UV-1111")
    assert await store.queries.desk(person_id) is None


async def test_a_desk_tells_who_sits_behind_it(store: Store) -> None:
    entry = advisor("karim", "urbanvitaliz", "sosponts")
    await store.database.transact(lambda uow: uow.advisors.add(entry))
    assert entry.id is not None
    assert entry.person.id is not None

    expected = Desk(
        entry.id, entry.person.id, "karim", "DDT", Role.ADVISOR, ("urbanvitaliz", "sosponts")
    )
    assert expected == await store.queries.desk(entry.person.id)
    assert await store.queries.desk(999) is None


async def test_a_room_shows_its_project_and_its_story(store: Store) -> None:
    await store.database.transact(story)

    room = await store.queries.room("UV-1111")

    assert room is not None
    assert (("a",), (("karim", ("theme:friche",)),)) == (room.members, room.reasons)
    assert "Un moulin à l’abandon" == room.description
    first, second = room.recommendations
    assert (1, "Appeler l’EPF", date(2027, 6, 30)) == (first.number, first.text, first.deadline)
    assert ("karim", "DDT", NOW + HOUR) == (first.author, first.organisation, first.published_at)
    assert [RecommendationStatus.DONE, RecommendationStatus.PROPOSED] == [
        first.status,
        second.status,
    ]
    assert [EntryKind.SAID, EntryKind.NOTE] == [entry.kind for entry in room.story]
    assert await store.queries.room("UV-9999") is None


async def test_the_departement_of_a_chat_is_that_of_its_latest_project(store: Store) -> None:
    member = person("a")

    def work(uow: UnitOfWork) -> None:
        for number, departement in enumerate(["85", "974"]):
            made = project(f"UV-{number}", member)
            made.departement, made.submitted_at = departement, NOW + number * DAY
            save(uow, made)

    await store.database.transact(work)

    assert "974" == await store.queries.departement("web", "chat:a")
    assert await store.queries.departement("web", "chat:b") is None


async def test_figures_count_everything(store: Store) -> None:
    assert Figures(0, 0, 0, 0, 0, 0, 0, ()) == await store.queries.figures()

    await store.database.transact(story)

    assert (
        Figures(
            projects=4,
            accepted=1,
            departements=1,
            recommendations=2,
            recommendations_done=1,
            followups=2,
            followups_answered=1,
            by_portal=(("sosponts", 1), ("urbanvitaliz", 3)),
        )
        == await store.queries.figures()
    )


async def test_depths_count_what_waits(store: Store) -> None:
    await store.database.transact(story)
    await store.queue.receive("web", [event(chat("a"), "1"), event(chat("b"), "2")], None, NOW)
    await store.queue.record_failure((await store.queue.waiting(NOW, 1))[0], "boom", None, None)
    await store.database.transact(lambda u: u.outbox.put(message(chat("a"), "o"), at=NOW + DAY))

    assert Depths(1, 1, 1, 3) == await store.queries.depths()
