"""The web network's own conversations: posted for good, shown once."""

from bot.domain.attachment import Attachment
from bot.ports.network import Choice, Incoming, Outgoing
from bot.ports.web import Line
from storage import Store
from tests.support.stores import MINUTE, NOW, chat, event, message

A, B = chat("a"), chat("b")
PLAN = Attachment("ab" * 32, "plan.pdf", "application/pdf", 12)


async def test_what_is_posted_waits_until_it_is_taken(store: Store) -> None:
    posted = Incoming(A, "k1", "chat:a", NOW, "Oui", "yes", "7", PLAN)

    assert await store.chat.post(posted, "Élise")
    assert await store.chat.post(event(B, "k2"), "Karim")

    assert [posted, event(B, "k2")] == await store.chat.untaken(10)
    assert [posted] == await store.chat.untaken(1)
    await store.chat.taken(["k1", "unknown"])
    await store.chat.taken([])
    assert [event(B, "k2")] == await store.chat.untaken(10)


async def test_a_form_posted_twice_counts_once(store: Store) -> None:
    assert await store.chat.post(event(A, "k1"), "Élise")
    assert not await store.chat.post(event(A, "k1"), "Élise")
    await store.chat.taken(["k1"])
    assert not await store.chat.post(event(A, "k1"), "Élise")

    assert [] == await store.chat.untaken(10)
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
