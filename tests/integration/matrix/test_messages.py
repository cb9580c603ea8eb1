"""Every kind of message, both ways, in a private chat and a project's room."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.ports.network import EventKind, Operation, Outgoing, Refused, Target
from tests.integration.matrix.rooms import invite, private_chat, sealed_chat
from tests.support.matrix_assistant import ROOM, Assistant
from tests.support.matrix_people import CLIENT, CarefulPerson, Person
from tests.support.synapse import Synapse

PDF = b"%PDF-1.4 plan"


def act(
    what: Operation,
    target: str,
    text: str = "",
    key: str = "a1",
    conversation: ConversationRef = ROOM,
) -> Outgoing:
    return Outgoing(key, conversation, text, "relay", target=Target(target), operation=what)


async def contents(person: Person, room_id: str, kind: str) -> list[dict[str, Any]]:
    return [e["content"] for e in await person.history(room_id) if e["type"] == kind]


async def upload(person: Person, server: Synapse, content: bytes) -> str:
    """The address of a file that the person put on the server."""
    token = person.account.access_token
    return await asyncio.to_thread(server.upload, content, token)


async def kept(helper: Assistant) -> Attachment:
    """A file in the assistant's folder."""

    async def chunks() -> Any:
        yield PDF

    return await helper.files.keep("plan.pdf", "application/pdf", chunks())


async def test_what_people_do_to_messages_is_handed_over(
    helper: Assistant, advisor: Person
) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        ours = await helper.say(ROOM, "Combien de niveaux ?")
        reply = {"m.relates_to": {"m.in_reply_to": {"event_id": ours}}}
        said = await advisor.say(room_id, "Trois", **reply)
        edit = {"rel_type": "m.replace", "event_id": said}
        new = {"m.new_content": {"msgtype": "m.text", "body": "Quatre"}, "m.relates_to": edit}
        await advisor.say(room_id, "* Quatre", **new)
        reaction = await advisor.react(room_id, ours, "👍")
        await advisor.redact(room_id, reaction)
        await advisor.redact(room_id, said)
        await advisor.leave(room_id)
        events = await helper.inbox.until(7)

    assert [
        (EventKind.JOINED, "", None),
        (EventKind.SAID, "Trois", ours),
        (EventKind.EDITED, "Quatre", said),
        (EventKind.REACTED, "👍", ours),
        (EventKind.REACTED, "", ours),
        (EventKind.DELETED, "", said),
        (EventKind.LEFT, "", None),
    ] == [(event.kind, event.text, event.target) for event in events]
    assert said == events[1].message
    assert {ROOM} == {event.conversation for event in events}


async def test_what_cannot_be_taken_is_named_and_what_is_no_message_is_nothing(
    helper: Assistant, elected: Person, server: Synapse
) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
        await elected.send(room_id, {"body": "🐸", "url": "mxc://essai.test/1"}, "m.sticker")
        await elected.send(room_id, {"msgtype": "m.location", "body": "ici", "geo_uri": "geo:1,2"})
        await elected.send(
            room_id, {"org.matrix.msc1767.text": "?"}, "org.matrix.msc3381.poll.start"
        )
        await elected.send(room_id, {"msgtype": "m.notice", "body": "automate"})
        video = await upload(elected, server, b"MZ")
        await elected.send(room_id, {"msgtype": "m.file", "body": "jeu.exe", "url": video})
        large = await upload(elected, server, b"x" * 2_000)
        await elected.send(room_id, {"msgtype": "m.file", "body": "grand.pdf", "url": large})
        gone = "mxc://essai.test/nulle-part"
        await elected.send(room_id, {"msgtype": "m.file", "body": "perdu.pdf", "url": gone})
        events = await helper.inbox.until(6)

    assert {EventKind.SENT_OTHER} == {event.kind for event in events}
    assert ["sticker", "location", "poll", "refused_type", "too_large", "other"] == [
        event.text for event in events
    ]


async def test_what_was_redacted_while_we_were_away_stops_nothing(
    helper: Assistant, elected: Person
) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
    said = await elected.say(room_id, "Oubliez")
    await elected.redact(room_id, said)
    await elected.say(room_id, "Bonjour")
    async with helper.running():
        events = await helper.inbox.until(2)

    assert [(EventKind.DELETED, ""), (EventKind.SAID, "Bonjour")] == [
        (e.kind, e.text) for e in events
    ]


async def test_a_file_comes_with_its_caption(
    helper: Assistant, elected: Person, server: Synapse
) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
        url = await upload(elected, server, PDF)
        content = {"msgtype": "m.file", "body": "Le plan", "filename": "plan.pdf", "url": url}
        await elected.send(room_id, content)
        (event,) = await helper.inbox.until(1)

    assert event.attachment is not None
    path = helper.files.path(event.attachment.sha256)
    assert path is not None
    assert ("Le plan", "plan.pdf", PDF) == (event.text, event.attachment.name, path.read_bytes())


async def test_a_file_goes_with_its_words(helper: Assistant, elected: Person) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
        conversation = ConversationRef.private("matrix", elected.user_id)
        await helper.rooms.until(conversation, room_id)
        attachment = await kept(helper)
        await helper.say(conversation, "Voici", attachment=attachment)
        await helper.say(conversation, "", "k2", attachment=attachment)
        worded, bare = await contents(elected, room_id, "m.room.message")

    assert ("Voici", "plan.pdf", "m.file") == tuple(
        worded[name] for name in ("body", "filename", "msgtype")
    )
    assert "plan.pdf" == bare["body"]
    assert PDF == await elected.download(worded["url"])


async def test_a_file_stays_when_its_words_are_edited(helper: Assistant, elected: Person) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
        conversation = ConversationRef.private("matrix", elected.user_id)
        await helper.rooms.until(conversation, room_id)
        attachment = await kept(helper)
        said = await helper.say(conversation, "Voici", attachment=attachment)
        edit = replace(
            act(Operation.EDIT, said, "Voilà", conversation=conversation), attachment=attachment
        )
        await helper.network.send(edit)
        first, edited = await contents(elected, room_id, "m.room.message")

    new = edited["m.new_content"]
    assert "Voilà" == new["body"]
    for name in ("msgtype", "url", "filename", "info"):
        assert first[name] == new[name]


async def test_an_encrypted_file_stays_when_its_words_are_edited(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    conversation = ConversationRef.private("matrix", careful.user_id)
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        await sealed.rooms.until(conversation, room_id)
        attachment = await kept(sealed)
        said = await sealed.say(conversation, "Voici", attachment=attachment)
        await careful.file(room_id)
        careful.files.clear()
        edit = replace(
            act(Operation.EDIT, said, "Voilà", conversation=conversation), attachment=attachment
        )
        await sealed.network.send(edit)

        assert PDF == await careful.file(room_id)


async def test_words_of_a_file_that_is_not_there_are_refused(
    helper: Assistant, elected: Person
) -> None:
    async with helper.running():
        room_id = await private_chat(helper, elected)
        conversation = ConversationRef.private("matrix", elected.user_id)
        await helper.rooms.until(conversation, room_id)
        attachment = await kept(helper)
        said = await helper.say(conversation, "Voici", attachment=attachment)
        await helper.network.send(act(Operation.DELETE, said, key="d1", conversation=conversation))
        edit = replace(
            act(Operation.EDIT, said, "Voilà", conversation=conversation), attachment=attachment
        )
        with pytest.raises(Refused):
            await helper.network.send(edit)


async def test_files_are_encrypted_where_the_room_is(
    sealed: Assistant, careful: CarefulPerson
) -> None:
    conversation = ConversationRef.private("matrix", careful.user_id)
    async with sealed.running():
        room_id = await sealed_chat(sealed, careful)
        await sealed.rooms.until(conversation, room_id)
        await sealed.say(conversation, "Voici", attachment=await kept(sealed))
        received = await careful.file(room_id)
        await careful.send_file(room_id, "retour.pdf", PDF)
        (event,) = await sealed.inbox.until(1)

    assert PDF == received
    assert event.attachment is not None
    assert ("retour.pdf", len(PDF)) == (event.attachment.name, event.attachment.size)


async def test_a_file_that_is_gone_is_told_to_who_sends_it(
    helper: Assistant, elected: Person
) -> None:
    gone = Attachment("0" * 64, "plan.pdf", "application/pdf", 12)
    async with helper.running():
        with pytest.raises(Refused):
            await helper.say(
                ConversationRef.private("matrix", elected.user_id), "Voici", attachment=gone
            )


async def test_our_messages_are_edited_reacted_to_and_deleted(
    helper: Assistant, advisor: Person
) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        ours = await helper.say(ROOM, "Trois", author="Martine Duval")
        theirs = await advisor.say(room_id, "Merci")
        await helper.network.send(act(Operation.EDIT, ours, "Quatre", "a1"))
        await helper.network.send(act(Operation.REACT, theirs, "👍", "a2"))
        await helper.network.send(act(Operation.REACT, theirs, "👍", "a3"))
        reactions = await contents(advisor, room_id, "m.reaction")
        await helper.network.send(act(Operation.REACT, theirs, "", "a4"))
        await helper.network.send(act(Operation.DELETE, ours, key="a5"))
        left = await contents(advisor, room_id, "m.reaction")
        messages = await contents(advisor, room_id, "m.room.message")

    signs = [content["m.relates_to"]["key"] for content in reactions]
    edit = next(content for content in messages if "m.new_content" in content)
    assert ["👍"] == signs
    assert [{}] == left
    assert ("Quatre", ours) == (edit["m.new_content"]["body"], edit["m.relates_to"]["event_id"])
    assert {} == messages[0]


async def test_an_answer_is_an_answer(helper: Assistant, advisor: Person) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        asked = await advisor.say(room_id, "Combien ?")
        await helper.say(ROOM, "Trois", target=Target(asked))
        *_, answer = await contents(advisor, room_id, "m.room.message")

    assert {"m.in_reply_to": {"event_id": asked}} == answer["m.relates_to"]


async def test_a_very_long_message_arrives_in_parts_once_each(
    helper: Assistant, advisor: Person
) -> None:
    words = " ".join(str(number) for number in range(12_000))
    async with helper.running():
        room_id = await invite(helper, advisor)
        first = await helper.say(ROOM, words)
        second = await helper.say(ROOM, words)
        parts = await advisor.read(room_id)

    assert first == second
    assert len(parts) > 1
    assert words == "".join(parts)


async def test_the_largest_message_that_the_server_takes_is_heard_whole(
    helper: Assistant, elected: Person
) -> None:
    words = "x" * 64_500
    async with helper.running():
        room_id = await private_chat(helper, elected)
        await elected.say(room_id, words)
        (event,) = await helper.inbox.until(1)

    assert words == event.text


async def test_the_backstage_is_a_thread_of_its_own_both_ways(
    helper: Assistant, advisor: Person
) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        await helper.say(ROOM, "Relance interne", backstage=True)
    async with helper.running():
        await helper.say(ROOM, "Seconde", "k2", backstage=True)
        root, first, second = await contents(advisor, room_id, "m.room.message")
        thread = first["m.relates_to"]
        await advisor.say(room_id, "Entre nous", **{"m.relates_to": thread})
        await advisor.say(room_id, "Pour tous")
        events = await helper.inbox.until(3)

    assert "Coulisses" == root["body"]
    assert "m.thread" == thread["rel_type"]
    assert thread["event_id"] == second["m.relates_to"]["event_id"]
    assert [("Entre nous", True, None), ("Pour tous", False, None)] == [
        (event.text, event.backstage, event.target) for event in events[1:]
    ]


async def test_an_answer_by_a_digit_is_known_after_a_restart(
    helper: Assistant, elected: Person
) -> None:
    conversation = ConversationRef.private("matrix", elected.user_id)
    async with helper.running():
        room_id = await private_chat(helper, elected)
        await helper.rooms.until(conversation, room_id)
        asked = await helper.ask(conversation, "Lequel ?", "Oui", "Non")
    async with helper.running():
        await elected.react(room_id, asked, "2️⃣")
        (event,) = await helper.inbox.until(1)

    assert (EventKind.SAID, "non", "Non", asked) == (
        event.kind,
        event.choice,
        event.text,
        event.target,
    )


async def test_choices_forged_by_another_are_no_answer(
    helper: Assistant, advisor: Person, elected: Person
) -> None:
    async with helper.running():
        room_id = await invite(helper, advisor)
        forged = await advisor.say(
            room_id, "Lequel ?", **{"fr.filrouge.choices": [["effacer", "Oui"]]}
        )
        await advisor.react(room_id, forged, "1️⃣")
        events = await helper.inbox.until(3)

    assert (EventKind.REACTED, None) == (events[2].kind, events[2].choice)


async def test_who_writes_in_a_room_uninvited_by_us_is_named_as_they_are(
    helper: Assistant, advisor: Person, elected: Person
) -> None:
    """Whether they may is for the core to say: it gets their words, and their stable name."""
    async with helper.running():
        room_id = await invite(helper, advisor)
        opened = {"join_rule": "public"}
        where = f"{CLIENT}/rooms/{room_id}/state/m.room.join_rules/"
        helper.acts("PUT", where, opened)
        await elected.join(room_id)
        await elected.say(room_id, "Bonjour")
        events = await helper.inbox.until(3)

    assert (ROOM, elected.user_id, "Bonjour") == (
        events[2].conversation,
        events[2].sender,
        events[2].text,
    )
