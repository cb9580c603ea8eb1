"""What people do on Telegram becomes events, each once, under a key of its own."""

from typing import Any

import pytest

from bot.domain.wording.markup import parse
from bot.ports.network import Choice, EventKind, Incoming
from bot.ports.remote_rooms import FoundMessage
from tests.integration.telegram.caller import until
from tests.support.botapi.contents import PHOTO
from tests.support.telegram_bot import ROOM, Bot, private, saying

PDF = b"%PDF-1.7 plan"


async def received(bot: Bot, count: int) -> list[Incoming]:
    """What was handed over, once a later word shows that nothing else is on its way."""
    end = bot.api.world.add_user("Fin")
    bot.api.people.says(end.id, "fin")
    async with bot.running():
        events = await bot.inbox.until(count + 1)
    assert ["fin"] == [event.text for event in events[count:]]
    return events[:count]


async def test_words_answers_corrections_and_reactions(bot: Bot, martine: int) -> None:
    people = bot.api.people
    async with bot.running() as network:
        first = people.says(martine, "/start CODE-42")
        await bot.inbox.until(1)
        asked = await network.send(saying(martine, "Où ?"))
        second = people.says(martine, "À Fourmies", reply_to=int(asked))
        people.edits(martine, second, "À Anor")
        people.reacts(martine, int(asked), "👍")
        people.reacts(martine, int(asked))
        people.blocks(martine)
        events = await bot.inbox.until(6)

    assert 6 == len({event.key for event in events})
    assert {(private(martine), str(martine))} == {(e.conversation, e.sender) for e in events}
    assert [
        (EventKind.SAID, "/start CODE-42", str(first), None),
        (EventKind.SAID, "À Fourmies", str(second), asked),
        (EventKind.EDITED, "À Anor", None, str(second)),
        (EventKind.REACTED, "👍", None, asked),
        (EventKind.REACTED, "", None, asked),
        (EventKind.LEFT, "", None, None),
    ] == [(e.kind, e.text, e.message, e.target) for e in events]


async def test_a_tap_is_answered_only_once_it_is_committed(bot: Bot, martine: int) -> None:
    network = bot.network()
    asked = await network.send(saying(martine, choices=(Choice("oui:1", "Oui"),)))
    query = bot.api.people.taps(martine, "Oui")
    bot.inbox.failures = 1
    answered: list[list[str]] = []

    async def look(event: Incoming) -> None:
        answered.append(list(bot.api.world.answered_queries))

    bot.inbox.answer = look
    async with bot.running() as running:
        event = (await bot.inbox.until(1))[0]
    await running.close()

    assert ("oui:1", "Oui", asked) == (event.choice, event.text, event.target)
    assert [[]] == answered
    assert [query] == bot.api.world.answered_queries


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("sticker", "sticker"),
        ("poll", "poll"),
        ("contact", "contact"),
        ("location", "location"),
        ("dice", "other"),
    ],
)
async def test_what_is_not_taken_is_named(bot: Bot, martine: int, sent: str, named: str) -> None:
    bot.api.people.sends(martine, sent)

    (event,) = await received(bot, 1)

    assert (EventKind.SENT_OTHER, named) == (event.kind, event.text)


@pytest.mark.parametrize(
    ("sent", "name", "media_type"),
    [
        ("voice", "voice-1.ogg", "audio/ogg"),
        ("audio", "audio-1.mp3", "audio/mpeg"),
        ("video", "video-1.mp4", "video/mp4"),
        ("video_note", "video_note-1.mp4", "video/mp4"),
    ],
)
async def test_a_voice_message_or_a_video_is_kept_like_a_file(
    bot: Bot, martine: int, sent: str, name: str, media_type: str
) -> None:
    bot.files.accepted = (".ogg", ".mp3", ".mp4")
    bot.api.people.sends(martine, sent)

    (event,) = await received(bot, 1)

    assert event.attachment is not None
    assert (name, media_type) == (event.attachment.name, event.attachment.media_type)


async def test_a_document_is_kept_with_its_words(bot: Bot, martine: int) -> None:
    bot.api.people.sends_document(martine, "plan.pdf", "application/pdf", PDF, caption="Le plan")

    (event,) = await received(bot, 1)

    file = event.attachment
    assert file is not None
    kept = bot.files.path(file.sha256)
    assert kept is not None
    assert ("Le plan", "plan.pdf", "application/pdf", PDF) == (
        event.text,
        file.name,
        file.media_type,
        kept.read_bytes(),
    )


async def test_an_album_is_several_events_each_with_its_largest_photograph(
    bot: Bot, martine: int
) -> None:
    bot.files.accepted = (".jpg",)
    bot.api.people.sends_photos(martine, 2, caption="Deux vues")

    events = await received(bot, 2)

    assert ["Deux vues", ""] == [event.text for event in events]
    paths = [bot.files.path(e.attachment.sha256) for e in events if e.attachment is not None]
    assert [PHOTO + b" 0 1280", PHOTO + b" 1 1280"] == [p.read_bytes() for p in paths if p]


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ({"name": "film.pdf", "size": 20_971_521}, "too_large"),
        ({"name": "plan.pdf", "content": b"x" * 2000}, "too_large"),
        ({"name": "virus.exe"}, "refused_type"),
        ({"name": "vide.pdf", "content": b"", "size": 1}, "unreadable"),
    ],
)
async def test_a_file_that_is_refused_is_named_and_its_words_are_kept(
    bot: Bot, martine: int, file: dict[str, Any], named: str
) -> None:
    arguments = {"media_type": "application/pdf", "content": PDF, "caption": "Voici"} | file
    bot.api.people.sends_document(martine, **arguments)

    said, other = await received(bot, 2)

    assert (EventKind.SAID, "Voici", None) == (said.kind, said.text, said.attachment)
    assert (EventKind.SENT_OTHER, named) == (other.kind, other.text)
    assert said.key != other.key


async def test_whoever_answers_a_part_answers_the_message(bot: Bot, martine: int) -> None:
    async with bot.running() as network:
        # Reactions are told only from the first poll on, which asks for them.
        await until(lambda: bot.api.world.updates.is_polled)
        sent = await network.send(saying(martine, "mot " * 2000))
        first, last = (int(number) for number in sent.split(","))
        bot.api.people.says(martine, "Oui", reply_to=last)
        bot.api.people.reacts(martine, first, "👍")
        events = await bot.inbox.until(2)

    assert [sent, sent] == [event.target for event in events]


async def test_whoever_answers_a_part_after_a_restart_answers_the_message(
    bot: Bot, martine: int
) -> None:
    sent = await bot.network().send(saying(martine, "mot " * 2000))
    in_room = await bot.network().send(saying(ROOM, "mot " * 2000))
    bot.rooms.messages += [FoundMessage(private(martine), sent), FoundMessage(ROOM, in_room)]
    claire = bot.api.world.add_user("Claire").id
    async with bot.running():
        await until(lambda: bot.api.world.updates.is_polled)
        bot.api.people.says(martine, "Oui", reply_to=int(sent.split(",")[1]))
        bot.api.people.reacts(claire, int(in_room.split(",")[1]), "👍", bot.forum)
        events = await bot.inbox.until(2)

    assert [(private(martine), sent), (ROOM, in_room)] == [
        (e.conversation, e.target) for e in events
    ]


async def test_words_in_a_projects_topic_are_the_rooms_and_others_are_nobodys(bot: Bot) -> None:
    people, world = bot.api.people, bot.api.world
    claire = world.add_user("Claire").id
    asked = await bot.network().send(saying(ROOM, "Bonjour la salle"))
    topic = next(iter(people.topics(bot.forum)))
    other = people.opens_topic(claire, bot.forum, "Café")
    people.joins(claire, bot.forum)
    people.says(claire, "Dans le café", bot.forum, other)
    in_general = people.says(claire, "Dans General", bot.forum)
    people.says(claire, "En réponse dans General", bot.forum, reply_to=in_general)
    people.says(claire, "/aide@autre_bot", bot.forum, topic)
    first = people.says(claire, "/aide@filrouge_bot vite", bot.forum, topic)
    answer = people.says(claire, "En réponse", bot.forum, topic, reply_to=int(asked))

    events = await received(bot, 2)

    assert [
        ("/aide vite", str(first), None),
        ("En réponse", str(answer), asked),
    ] == [(event.text, event.message, event.target) for event in events]
    assert {(ROOM, str(claire))} == {(event.conversation, event.sender) for event in events}


async def test_reactions_in_a_topic_are_the_rooms(bot: Bot) -> None:
    people = bot.api.people
    claire = bot.api.world.add_user("Claire").id
    async with bot.running() as network:
        asked = await network.send(saying(ROOM))
        people.says(claire, "Oui", bot.forum, next(iter(people.topics(bot.forum))))
        said = (await bot.inbox.until(1))[0].message
        people.reacts(claire, int(asked), "👍", bot.forum)
        people.reacts(claire, int(said or 0), "❤", bot.forum)
        events = await bot.inbox.until(3)

    assert [(ROOM, "👍", asked), (ROOM, "❤", said)] == [
        (event.conversation, event.text, event.target) for event in events[1:]
    ]


async def test_hidden_addresses_of_links_are_shown(bot: Bot, martine: int) -> None:
    link = {"type": "text_link", "offset": 3, "length": 4, "url": "https://exemple.fr/a"}
    bot.api.people.says(martine, "😀 voir ceci", entities=[link])

    (event,) = await received(bot, 1)

    assert "😀 voir (https://exemple.fr/a) ceci" == event.text


async def test_what_a_person_sets_off_is_handed_over(bot: Bot, martine: int) -> None:
    text = "😀 un deux *\nint x;\ncité"
    entities = [
        {"type": "bold", "offset": 3, "length": 7},
        {"type": "italic", "offset": 6, "length": 4},
        {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5"},
        {"type": "pre", "offset": 13, "length": 6, "language": "c"},
        {"type": "blockquote", "offset": 20, "length": 4},
    ]
    bot.api.people.says(martine, text, entities=entities)

    (event,) = await received(bot, 1)

    assert "😀 un deux *\nint x;\n> cité" == event.text
    assert event.markup is not None
    assert [
        ("😀 ", set()),
        ("un ", {"**"}),
        ("deux", {"\\/", "**"}),
    ] == [(span.text, set(span.marks)) for span in parse(event.markup)[0].spans][:3]
    assert [(False, False), (False, True), (True, False)] == [
        (line.quoted, line.verbatim) for line in parse(event.markup)
    ]


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_others(
    bot: Bot, martine: int
) -> None:
    bot.api.world.updates.add("message", {"message_id": "pas un nombre", "chat": 4})
    bot.api.people.says(martine, "Bonjour")

    (event,) = await received(bot, 1)

    assert "Bonjour" == event.text
