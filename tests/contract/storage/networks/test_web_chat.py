"""The web network's own conversations: posted for good, shown once."""

from dataclasses import replace

from bot.domain.attachment import Attachment
from bot.ports.network import Choice, Incoming, Operation, Outgoing, Target
from bot.ports.web import Line
from storage import Store
from tests.support.stores import MINUTE, NOW, chat, event, message

A, B = chat("a"), chat("b")
PLAN = Attachment("ab" * 32, "plan.pdf", "application/pdf", 12)


async def test_what_is_posted_waits_until_it_is_taken(store: Store) -> None:
    posted = Incoming(A, "k1", "chat:a", NOW, "Oui", "yes", "7", PLAN)

    assert await store.chat.post(posted, "Élise")
    assert await store.chat.post(event(B, "k2"), "Karim")

    lines = [(await store.chat.lines(place.name, 1))[0].id for place in (A, B)]
    posted = replace(posted, message=str(lines[0]))
    other = replace(event(B, "k2"), message=str(lines[1]))
    assert [posted, other] == await store.chat.waiting_posts(10)
    assert [posted] == await store.chat.waiting_posts(1)
    await store.chat.mark_taken(["k1", "unknown"])
    await store.chat.mark_taken([])
    assert [other] == await store.chat.waiting_posts(10)


async def test_a_form_posted_twice_counts_once(store: Store) -> None:
    assert await store.chat.post(event(A, "k1"), "Élise")
    assert not await store.chat.post(event(A, "k1"), "Élise")
    await store.chat.mark_taken(["k1"])
    assert not await store.chat.post(event(A, "k1"), "Élise")

    assert [] == await store.chat.waiting_posts(10)
    assert 1 == len(await store.chat.lines("chat:a", 10))


async def test_a_message_delivered_twice_is_shown_once(store: Store) -> None:
    first = await store.chat.deliver(message(A, "k1"), NOW)
    again = await store.chat.deliver(message(A, "k1"), NOW)
    other = await store.chat.deliver(message(A, "k2"), NOW)

    assert first == again
    assert first != other
    assert [first, other] == [str(line.id) for line in await store.chat.lines("chat:a", 10)]


async def test_a_conversation_shows_its_latest_messages_in_order(store: Store) -> None:
    choices = (Choice("1", "Fait"), Choice("2", "En cours"))
    await store.chat.post(Incoming(A, "k1", "chat:a", NOW, "bonjour"), "Élise")
    said = Outgoing(
        "k1", A, "Où en êtes-vous ?", "question", "Karim", choices, PLAN, backstage=True
    )
    await store.chat.deliver(said, NOW + MINUTE)
    await store.chat.deliver(message(B, "k2"), NOW)

    lines = await store.chat.lines("chat:a", 10)

    assert [
        Line(lines[0].id, NOW, True, "chat:a", "Élise", "bonjour", "", (), None, False),
        Line(
            lines[1].id,
            NOW + MINUTE,
            False,
            "",
            "Karim",
            "Où en êtes-vous ?",
            "question",
            choices,
            PLAN,
            True,
        ),
    ] == lines
    assert lines[1:] == await store.chat.lines("chat:a", 1)
    assert [] == await store.chat.lines("chat:z", 10)


async def test_a_message_is_found_with_its_conversation(store: Store) -> None:
    remote_id = await store.chat.deliver(message(A, "k1"), NOW)

    found = await store.chat.line(int(remote_id))

    assert found is not None
    assert ("chat:a", "bien reçu") == (found[0], found[1].text)
    assert await store.chat.line(999) is None


async def test_a_message_is_edited_where_it_was_shown(store: Store) -> None:
    first = await store.chat.deliver(message(A, "k1"), NOW)
    edit = replace(
        message(A, "k2", text="mieux dit"), operation=Operation.EDIT, target=Target(first)
    )

    assert first == await store.chat.deliver(edit, NOW)
    assert first == await store.chat.deliver(edit, NOW)
    assert ["mieux dit"] == [line.text for line in await store.chat.lines("chat:a", 10)]


async def test_an_edit_of_what_is_not_there_is_shown_as_new_words(store: Store) -> None:
    first = await store.chat.deliver(message(A, "k1"), NOW)
    await store.chat.post(event(B, "p1"), "Élise")
    (posted,) = await store.chat.waiting_posts(1)
    for number, target in enumerate((first, str(posted.message), "999")):
        edit = replace(message(B, f"e{number}"), operation=Operation.EDIT, target=Target(target))
        assert target != await store.chat.deliver(edit, NOW)
    assert 1 == len(await store.chat.lines("chat:a", 10))
    assert 4 == len(await store.chat.lines("chat:b", 10))


async def test_a_message_is_deleted_from_its_own_conversation_only(store: Store) -> None:
    first = await store.chat.deliver(message(A, "k1"), NOW)
    await store.chat.post(event(A, "p1"), "Élise")
    (posted,) = await store.chat.waiting_posts(1)
    for place, target in ((B, first), (A, str(posted.message))):
        await store.chat.deliver(
            replace(message(place, "d1"), operation=Operation.DELETE, target=Target(target)), NOW
        )
    assert 2 == len(await store.chat.lines("chat:a", 10))
    deletion = replace(message(A, "d2"), operation=Operation.DELETE, target=Target(first))
    assert first == await store.chat.deliver(deletion, NOW)
    assert first == await store.chat.deliver(deletion, NOW)
    assert [True] == [line.own for line in await store.chat.lines("chat:a", 10)]


async def test_an_answer_quotes_what_it_answers(store: Store) -> None:
    await store.chat.post(event(A, "p1", "un **vrai** mot"), "Élise")
    (posted,) = await store.chat.waiting_posts(1)
    shown = await store.chat.deliver(message(A, "k1", text="un **fort** mot"), NOW)
    for number, target in enumerate((posted.message, shown, "999", "$event:server")):
        answer = replace(message(A, f"a{number}"), target=Target(target))
        await store.chat.deliver(answer, NOW)
    tapped = replace(event(A, "p2", "Fait"), choice="done", target=shown)
    await store.chat.post(tapped, "Élise")

    quoted = [line.quoted for line in await store.chat.lines("chat:a", 10)]
    assert [None, None, "un **vrai** mot", "un fort mot", None, None, None] == quoted
