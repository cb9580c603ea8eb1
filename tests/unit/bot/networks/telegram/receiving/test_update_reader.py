"""What an update says, in the cases that a well-behaved chat does not show."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.receiving.update_reader import (
    LocatedEvent,
    UpdateReader,
    find_migration,
    without_file,
)
from bot.ports.network import EventKind, Incoming

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
READER = UpdateReader(7, "filrouge_bot")
FORUM = {"id": -1001, "type": "supergroup", "title": "Conseil", "is_forum": True}
PRIVATE = {"id": 101, "type": "private", "first_name": "Martine"}
MARTINE = {"id": 101, "is_bot": False, "first_name": "Martine"}
ANOTHER_BOT = {"id": 9, "is_bot": True, "first_name": "Autre"}
IN_TOPIC: dict[str, Any] = {"message_thread_id": 5, "is_topic_message": True}


def message(chat: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    sent = {"message_id": 12, "date": int(SENT.timestamp()), "chat": chat or FORUM, "from": MARTINE}
    return sent | more


def read(**update: Any) -> list[LocatedEvent]:
    return READER.read(Update.de_json({"update_id": 3} | update, None), NOW)


def test_an_administrator_who_hides_is_nobody_in_particular() -> None:
    (said,) = read(message=message(text="Oui", sender_chat=FORUM, **IN_TOPIC))

    assert (EventKind.SENT_OTHER, "anonymous", -1001, 5) == (
        said.event.kind,
        said.event.text,
        said.chat,
        said.topic,
    )


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (
            {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Paul"}},
            "Paul",
        ),
        ({"type": "hidden_user", "sender_user_name": "Maître Durand"}, "Maître Durand"),
        ({"type": "chat", "sender_chat": FORUM}, FORUM["title"]),
        ({"type": "channel", "chat": FORUM, "message_id": 3}, FORUM["title"]),
    ],
)
def test_words_that_are_passed_on_say_whose_they_are(origin: dict[str, Any], name: str) -> None:
    (said,) = read(message=message(text="/clore", forward_origin={"date": 1, **origin}))

    assert ("/clore", name) == (said.event.text, said.event.forwarded_from)


def test_the_words_picked_out_of_the_message_answered_are_quoted() -> None:
    quote = {"text": "Et le bief ?", "position": 0, "is_manual": True}
    (said,) = read(message=message(text="L’État.", quote=quote))

    assert ("L’État.", "Et le bief ?", None) == (
        said.event.text,
        said.event.quoted,
        said.event.forwarded_from,
    )


@pytest.mark.parametrize(
    "ignored",
    [
        {"message": message(text="Bip", **{"from": ANOTHER_BOT}, **IN_TOPIC)},
        {"message": message(text="Info", sender_chat=FORUM, is_automatic_forward=True)},
        {"message": message(new_chat_members=[MARTINE])},
        {"message": message(text="/aide@autre_bot tout de suite", **IN_TOPIC)},
        {"edited_message": message(PRIVATE, location={"latitude": 1, "longitude": 2})},
        {"channel_post": message({"id": -5, "type": "channel", "title": "Infos"}, text="Lu")},
        {"callback_query": {"id": "1", "from": MARTINE, "chat_instance": "1", "data": "x"}},
        {
            "message_reaction": {
                "chat": PRIVATE,
                "message_id": 4,
                "user": MARTINE,
                "date": 5,
                "old_reaction": [],
                "new_reaction": [{"type": "custom_emoji", "custom_emoji_id": "77"}],
            }
        },
    ],
)
def test_what_is_no_ones_word_to_us_is_nothing(ignored: dict[str, Any]) -> None:
    assert [] == read(**ignored)


def test_a_button_of_an_old_message_still_answers() -> None:
    old = {"chat": PRIVATE, "message_id": 4, "date": 0}
    query = {"id": "1", "from": MARTINE, "chat_instance": "1", "data": "oui", "message": old}

    (chosen,) = read(callback_query=query)

    assert (
        Incoming(ConversationRef("telegram", "101"), "7:3", "101", NOW, choice="oui", target="4")
        == chosen.event
    )


def test_a_button_of_an_old_message_in_a_group_does_not_say_its_topic() -> None:
    old = {"chat": FORUM, "message_id": 4, "date": 0}
    query = {"id": "1", "from": MARTINE, "chat_instance": "1", "data": "oui", "message": old}

    (chosen,) = read(callback_query=query)

    assert (None, 4) == (chosen.topic, chosen.message)


def test_in_a_topic_the_message_that_made_it_is_not_answered() -> None:
    root = message(forum_topic_created={"name": "Pont", "icon_color": 1}) | {"message_id": 5}

    (said,) = read(message=message(text="Oui", reply_to_message=root, **IN_TOPIC))

    assert said.event.target is None


def test_a_correction_has_the_time_of_the_correction() -> None:
    (edited,) = read(edited_message=message(PRIVATE, text="Non", edit_date=int(NOW.timestamp())))

    assert (EventKind.EDITED, NOW, "12", None) == (
        edited.event.kind,
        edited.event.at,
        edited.event.target,
        edited.event.message,
    )


def test_both_ends_of_an_upgrade_tell_the_same() -> None:
    group = {"id": -4, "type": "group", "title": "Conseil"}
    told = Update.de_json(
        {"update_id": 1, "message": message(group, migrate_to_chat_id=-1001)}, None
    )
    begun = Update.de_json({"update_id": 2, "message": message(migrate_from_chat_id=-4)}, None)

    assert [(-4, -1001), (-4, -1001)] == [find_migration(told), find_migration(begun)]
    assert (
        find_migration(Update.de_json({"update_id": 3, "message": message(text="Non")}, None))
        is None
    )


def test_words_that_came_with_a_refused_file_are_an_event_of_their_own() -> None:
    event = Incoming(ConversationRef("telegram", "101"), "7:3", "101", NOW, "Voici")

    said, other = without_file(event, "too_large")

    assert ("7:3", "Voici", EventKind.SAID) == (said.key, said.text, said.kind)
    assert ("7:3:file", "too_large", EventKind.SENT_OTHER) == (other.key, other.text, other.kind)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("@filrouge_bot /note Le voisin vendrait.", "/note Le voisin vendrait."),
        ("@Filrouge_Bot: merci", "merci"),
        ("@autre_bot /note x", "@autre_bot /note x"),
    ],
)
def test_a_mention_of_the_assistant_before_the_words_is_no_part_of_them(
    written: str, meant: str
) -> None:
    (said,) = read(message=message(text=written, **IN_TOPIC))
    (edited,) = read(edited_message=message(text=written, edit_date=2, **IN_TOPIC))

    assert [meant, meant] == [said.event.text, edited.event.text]
