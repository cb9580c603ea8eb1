"""A client that is not matrix-nio, nor ours: it sees the same room."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from mautrix.api import Method, Path
from mautrix.client import ClientAPI
from mautrix.errors import MForbidden
from mautrix.types import (
    EventID,
    EventType,
    Format,
    InReplyTo,
    MessageType,
    PaginationDirection,
    RelatesTo,
    RelationType,
    RoomID,
    TextMessageEventContent,
    UserID,
)

from bot.domain.conversations import ConversationRef
from bot.ports.network import EventKind, Operation, Outgoing, Target
from tests.integration.matrix.rooms import invitation
from tests.support.matrix_assistant import PLAN, ROOM, Assistant
from tests.support.synapse import Synapse


@pytest.fixture
async def advisor(server: Synapse) -> AsyncIterator[ClientAPI]:
    """An advisor whose client is mautrix, without encryption."""
    account = server.register()
    client = ClientAPI(UserID(account.user_id), base_url=server.base, token=account.access_token)
    yield client
    await client.api.session.close()


async def test_an_advisor_with_another_client_reads_and_answers_in_a_clear_room(
    helper: Assistant, advisor: ClientAPI
) -> None:
    async with helper.running():
        await helper.network.send(invitation(str(advisor.mxid)))
        room_id = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(room_id)
        asked = await helper.say(
            ROOM, "Combien de **niveaux** ?", author="Martine Duval (Fourmies)"
        )
        seen = await advisor.get_event(room_id, EventID(asked))
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body="Trois")
        content.set_reply(seen)
        said = await advisor.send_message(room_id, content)
        await advisor.react(room_id, EventID(asked), "👍")
        edited = TextMessageEventContent(msgtype=MessageType.TEXT, body="Quatre")
        edited.set_edit(said)
        await advisor.send_message(room_id, edited)
        helped = await helper.say(ROOM, "Merci", "k2", target=Target(said))
        answer = await advisor.get_event(room_id, EventID(helped))
        events = await helper.inbox.until(4)

    assert "Martine Duval (Fourmies)\u00a0: Combien de niveaux ?" == seen.content.body
    assert said == answer.content.get_reply_to()
    assert [
        (EventKind.SAID, "Trois", asked),
        (EventKind.REACTED, "👍", asked),
        (EventKind.EDITED, "Quatre", said),
    ] == [(event.kind, event.text, event.target) for event in events[1:]]


async def test_what_another_client_sets_off_is_read_and_ours_is_shown_to_it(
    helper: Assistant, advisor: ClientAPI
) -> None:
    html = (
        "<p>Voir <strong>le <em>guide</em></strong> "
        '<a href="https://exemple.fr">ici</a></p><ul><li>un<ul><li>deux</li></ul></li></ul>'
        "<pre><code>x = 1\n</code></pre><span data-mx-spoiler>fin</span> <script>a</script>"
    )
    said = TextMessageEventContent(
        msgtype=MessageType.TEXT, body="Voir", format=Format.HTML, formatted_body=html
    )
    async with helper.running():
        await helper.network.send(invitation(str(advisor.mxid)))
        room_id = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(room_id)
        await advisor.send_message(room_id, said)
        event = (await helper.inbox.until(2))[1]
        assert event.markup is not None
        ours = await advisor.get_event(room_id, EventID(await helper.say(ROOM, event.markup)))

    assert (
        "Voir le guide ici (https://exemple.fr)\n- un\n  - deux\nx = 1\nfin <script>a</script>"
    ) == event.text.replace("\n\n", "\n")
    shown = ours.content.formatted_body
    for tag in (
        "<strong>le <em>guide</em></strong>",
        '<a href="https://exemple.fr">ici</a>',
        "<ul><li>un<ul><li>deux</li></ul></li></ul>",
        "<pre><code>x = 1</code></pre>",
        "<span data-mx-spoiler>fin</span>",
        "&lt;script&gt;a&lt;/script&gt;",
    ):
        assert tag in shown


async def test_reactions_of_ours_are_one_and_a_person_with_two_signs_keeps_the_other(
    helper: Assistant, advisor: ClientAPI
) -> None:
    def act(key: str, sign: str, target: str) -> Outgoing:
        return Outgoing(key, ROOM, sign, "r", operation=Operation.REACT, target=Target(target))

    async with helper.running():
        await helper.network.send(invitation(str(advisor.mxid)))
        room_id = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(room_id)
        theirs = await advisor.send_text(room_id, "Trois")
        for key, sign in (("a1", "👍"), ("a2", "❤"), ("a3", "👍"), ("a4", "👍")):
            await helper.network.send(act(key, sign, theirs))
        found = await advisor.api.request(
            Method.GET, Path.v1.rooms[room_id].relations[theirs]["m.annotation"]
        )
        standing = [event["content"]["m.relates_to"]["key"] for event in found["chunk"]]
        ours = await helper.say(ROOM, "Combien ?", "k9")
        await advisor.react(room_id, EventID(ours), "👍")
        heart = await advisor.react(room_id, EventID(ours), "❤")
        await advisor.redact(room_id, heart)
        events = await helper.inbox.until(5)

    assert ["👍"] == standing
    assert ["👍", "❤", "👍"] == [e.text for e in events if e.kind is EventKind.REACTED]


async def test_what_another_client_relates_to_the_backstage_says_so(
    helper: Assistant, advisor: ClientAPI
) -> None:
    """A thread opened on a note, a reply to the first message of the backstage, a mention that the
    client completed.
    """

    def words(body: str, related: RelatesTo | None = None) -> TextMessageEventContent:
        content = TextMessageEventContent(msgtype=MessageType.TEXT, body=body)
        if related is not None:
            content.relates_to = related
        return content

    async with helper.running():
        await helper.network.send(invitation(str(advisor.mxid)))
        room_id = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(room_id)
        copy = await helper.say(ROOM, "Relance interne", backstage=True)
        root = (await advisor.get_event(room_id, EventID(copy))).content.relates_to.event_id
        local = helper.settings.user.removeprefix("@").partition(":")[0]
        note = await advisor.send_message(room_id, words(f"{local}: /note Le voisin vendrait."))
        thread = RelatesTo(RelationType.THREAD, note, in_reply_to=InReplyTo(note))
        thread.is_falling_back = True
        await advisor.send_message(room_id, words("À quel prix ?", thread))
        reply = RelatesTo(in_reply_to=InReplyTo(root))
        await advisor.send_message(room_id, words("Entre nous", reply))
        events = await helper.inbox.until(4)

    assert [
        ("/note Le voisin vendrait.", None, False),
        ("À quel prix ?", note, False),
        ("Entre nous", None, True),
    ] == [(event.text, event.thread_root, event.backstage) for event in events[1:]]


async def test_a_colleague_in_a_private_chat_acts_under_their_own_name(
    helper: Assistant, server: Synapse, advisor: ClientAPI
) -> None:
    """Who comes, speaks and leaves in somebody's chat is not its owner."""
    account = server.register()
    colleague = ClientAPI(UserID(account.user_id), base_url=server.base, token=account.access_token)
    async with helper.running():
        room_id = await advisor.create_room(is_direct=True, invitees=[UserID(helper.settings.user)])
        await helper.rooms.until(ConversationRef.private("matrix", str(advisor.mxid)), str(room_id))
        await advisor.invite_user(room_id, colleague.mxid)
        await colleague.join_room_by_id(room_id)
        await colleague.send_text(room_id, "1")
        await colleague.leave_room(room_id)
        await advisor.invite_user(room_id, colleague.mxid)
        await colleague.leave_room(room_id)
        events = await helper.inbox.until(4)
    await colleague.api.session.close()

    assert [str(advisor.mxid)] == list({event.conversation.name for event in events})
    assert [
        (EventKind.JOINED, str(colleague.mxid)),
        (EventKind.SAID, str(colleague.mxid)),
        (EventKind.LEFT, str(colleague.mxid)),
        (EventKind.LEFT, str(colleague.mxid)),
    ] == [(event.kind, event.sender) for event in events if event.sender != str(advisor.mxid)]


async def test_who_is_out_of_service_is_removed_from_room_and_space(
    helper: Assistant, advisor: ClientAPI
) -> None:
    person = str(advisor.mxid)

    def removal(place: ConversationRef) -> Outgoing:
        lane = ConversationRef.invitation("matrix", person)
        return Outgoing(f"r:{place.name}", lane, place.name, "removal", operation=Operation.REMOVE)

    async with helper.running():
        await helper.network.send(invitation(person))
        room_id = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(room_id)
        space = RoomID(helper.rooms.remotes[ConversationRef("matrix", f"space:{PLAN.portal}")])
        await advisor.join_room_by_id(space)
        places = (ROOM, ConversationRef.group("matrix", PLAN.portal))
        for place in (*places, *places, ConversationRef.team("matrix", PLAN.portal)):
            await helper.network.send(removal(place))
        joined = await advisor.get_joined_rooms()
        with pytest.raises(MForbidden):
            await advisor.send_text(room_id, "Bonjour")
        await helper.network.send(invitation(person, "i2"))
        await advisor.join_room_by_id(room_id)

    assert [] == joined


async def test_a_room_made_anew_begins_with_where_its_project_stands(
    helper: Assistant, advisor: ClientAPI
) -> None:
    helper.rooms.plans[ROOM] = replace(PLAN, anew="**Le moulin** : où il en est")
    async with helper.running():
        await helper.network.send(invitation(str(advisor.mxid)))
        first = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(first)
        helper.acts("POST", f"/_matrix/client/v3/rooms/{first}/leave", {})
        await helper.say(ROOM, "Reprenons", "k2")
        second = RoomID(helper.room(ROOM))
        await advisor.join_room_by_id(second)
        forward = PaginationDirection.FORWARD
        page: Any = await advisor.get_messages(second, direction=forward, limit=100)

    said = [e.content.body for e in page.events if e.type == EventType.ROOM_MESSAGE]
    assert (first != second, ["Le moulin : où il en est", "Reprenons"]) == (True, said)
