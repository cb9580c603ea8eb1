"""What events of a room say, in our words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.messages.events import MatrixFile, file_in, read_event
from bot.ports.network import OTHER_CONTENT, EventKind, Incoming

PLACE = ConversationRef.room("matrix", "UV-7K3Q")
SENDER = "@elu:mairie.fr"
AT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


def event(content: Any, kind: str = "m.room.message", **more: Any) -> dict[str, Any]:
    return {
        "event_id": "$un",
        "type": kind,
        "sender": SENDER,
        "origin_server_ts": int(AT.timestamp() * 1000),
        "content": content,
        **more,
    }


def text(body: str, **more: Any) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": body, **more}


def heard(content: Any, kind: str = "m.room.message", **more: Any) -> Incoming:
    found = read_event(event(content, kind, **more), PLACE, "$coulisses")
    assert found is not None
    return found


def test_words_are_said_with_their_key_sender_and_instant() -> None:
    expected = Incoming(PLACE, "$un", SENDER, AT, "Bonjour", message="$un")

    assert expected == heard(text("Bonjour"))


def test_words_that_a_client_set_off_keep_their_markup() -> None:
    html = {"format": "org.matrix.custom.html", "formatted_body": "un <b>mot</b><br>deux"}

    said = heard(text("un **mot**\ndeux", **html))
    new = text("x", **html)
    edit = {"rel_type": "m.replace", "event_id": "$avant"}
    edited = heard(text("* x", **{"m.new_content": new, "m.relates_to": edit}))
    named = {"body": "plan", "filename": "plan.pdf", "msgtype": "m.file", "url": "mxc://a/b"}

    assert ("un mot\ndeux", "un **mot**\ndeux") == (said.text, said.markup)
    assert ("un mot\ndeux", "un **mot**\ndeux") == (edited.text, edited.markup)
    assert "un **mot**\ndeux" == heard(named | html).markup
    assert ("", None) == _words(heard(named | html | {"body": "plan.pdf"}))


def _words(said: Incoming) -> tuple[str, str | None]:
    return said.text, said.markup


def test_html_that_sets_nothing_off_is_left_for_the_body() -> None:
    html = {"format": "org.matrix.custom.html", "formatted_body": "<p>un  deux</p>"}

    assert ("un  deux", None) == _words(heard(text("un  deux", **html)))


def test_a_mention_of_us_is_no_part_of_words_set_off() -> None:
    link = "<a href='https://matrix.to/#/@fil:x.fr'>Fil Rouge</a>: /note un <b>mot</b>"
    html = {"format": "org.matrix.custom.html", "formatted_body": link}

    said = read_event(
        event(text("Fil Rouge: /note un **mot**", **html)), PLACE, None, ["Fil Rouge"]
    )

    assert said is not None
    assert ("/note un mot", "/note un **mot**") == _words(said)


def test_an_answer_names_the_message_it_answers_and_repeats_nothing() -> None:
    related = {"m.in_reply_to": {"event_id": "$avant"}}
    body = "> <@a:b.fr> Combien ?\n> Et où ?\n\nTrois."

    said = heard(text(body, **{"m.relates_to": related}))

    assert ("Trois.", "$avant") == (said.text, said.target)


def test_a_quotation_that_somebody_typed_stays() -> None:
    assert "> Combien ?\nTrois." == heard(text("> Combien ?\nTrois.")).text


@pytest.mark.parametrize(
    ("thread", "backstage", "target"),
    [
        ({"event_id": "$coulisses", "is_falling_back": True}, True, "$dernier"),
        ({"event_id": "$coulisses"}, True, "$dernier"),
        ({"event_id": "$autre", "is_falling_back": True}, False, "$autre"),
        ({"event_id": "$autre"}, False, "$dernier"),
    ],
)
def test_only_what_is_said_in_its_thread_is_backstage(
    thread: dict[str, Any], *, backstage: bool, target: str | None
) -> None:
    related = {"rel_type": "m.thread", "m.in_reply_to": {"event_id": "$dernier"}, **thread}

    said = heard(text("Entre nous", **{"m.relates_to": related}))

    assert (backstage, target) == (said.backstage, said.target)


def test_a_reply_to_the_first_message_of_the_backstage_is_backstage() -> None:
    related = {"m.in_reply_to": {"event_id": "$coulisses"}}
    said = heard(text("Entre nous", **{"m.relates_to": related}))
    assert (True, None) == (said.backstage, said.target)


def test_words_say_on_which_thread_they_stand() -> None:
    related = {
        "rel_type": "m.thread",
        "event_id": "$note",
        "m.in_reply_to": {"event_id": "$dernier"},
    }
    said = heard(text("Entre nous", **{"m.relates_to": related}))
    assert ("$note", "$dernier") == (said.thread_root, said.target)


@pytest.mark.parametrize("written", ["Fil Rouge: /note x", "fil : /note x", "@fil:s.fr /note x"])
def test_a_completed_mention_of_us_is_no_word(written: str) -> None:
    names = ("@fil:s.fr", "@fil", "fil", "Fil Rouge")
    said = read_event(event(text(written)), PLACE, None, names)
    new = text("* x", **{"m.new_content": text(written), "m.relates_to": {"rel_type": "m.replace"}})
    edited = read_event(event(new), PLACE, None, names)
    assert said is not None
    assert edited is not None
    assert ["/note x", "/note x"] == [said.text, edited.text]


def test_a_file_in_the_backstage_stays_there() -> None:
    related = {"rel_type": "m.thread", "event_id": "$coulisses"}
    content = {"msgtype": "m.file", "body": "a.pdf", "url": "mxc://s/1", "m.relates_to": related}

    assert heard(content).backstage


def test_an_edit_gives_the_new_words_of_the_message_edited() -> None:
    related = {"rel_type": "m.replace", "event_id": "$avant"}
    content = text("* Quatre", **{"m.new_content": text("Quatre"), "m.relates_to": related})

    said = heard(content)

    assert (EventKind.EDITED, "Quatre", "$avant") == (said.kind, said.text, said.target)


@pytest.mark.parametrize("where", ["content", "event"])
def test_a_redaction_deletes(where: str) -> None:
    redacts = {"redacts": "$avant"}
    content = redacts if where == "content" else {}
    more = redacts if where == "event" else {}

    said = heard(content, "m.room.redaction", **more)

    assert (EventKind.DELETED, "$avant") == (said.kind, said.target)


def test_what_is_left_of_a_redacted_message_is_nothing() -> None:
    assert read_event(event({}), PLACE) is None


def test_a_reaction_names_its_sign_and_message() -> None:
    related = {"rel_type": "m.annotation", "event_id": "$avant", "key": "👍"}

    said = heard({"m.relates_to": related}, "m.reaction")

    assert (EventKind.REACTED, "👍", "$avant") == (said.kind, said.text, said.target)


@pytest.mark.parametrize(
    ("content", "kind", "what"),
    [
        ({"body": "🐸", "url": "mxc://s/1"}, "m.sticker", "sticker"),
        ({"org.matrix.msc3381.poll.start": {}}, "org.matrix.msc3381.poll.start", "poll"),
        ({"m.poll": {}}, "m.poll.start", "poll"),
        (
            {"msgtype": "m.location", "body": "ici", "geo_uri": "geo:1,2"},
            "m.room.message",
            "location",
        ),
        ({"msgtype": "fr.inconnu", "body": "?"}, "m.room.message", "other"),
        ({"msgtype": "m.text", "body": 12}, "m.room.message", "other"),
        ({"msgtype": "m.text"}, "m.room.message", "other"),
    ],
)
def test_what_cannot_be_taken_is_named(content: Any, kind: str, what: str) -> None:
    said = heard(content, kind)

    assert (EventKind.SENT_OTHER, what) == (said.kind, said.text)
    assert what in OTHER_CONTENT


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"msgtype": "m.notice", "body": "un autre automate"}, "m.room.message"),
        ({"name": "Salon"}, "m.room.name"),
        ({"m.relates_to": {"key": "👍"}}, "m.reaction"),
        ({"m.relates_to": "rien"}, "m.reaction"),
        ({}, "m.room.redaction"),
        ("rien", "m.room.message"),
        ({"m.relates_to": {"rel_type": "m.replace"}}, "m.sticker"),
    ],
)
def test_the_rest_is_nothing(content: Any, kind: str) -> None:
    assert read_event(event(content, kind), PLACE) is None


@pytest.mark.parametrize(
    ("before", "now", "did"),
    [
        (None, "join", EventKind.JOINED),
        ("invite", "join", EventKind.JOINED),
        ("join", "leave", EventKind.LEFT),
        ("invite", "leave", EventKind.LEFT),
        ("join", "ban", EventKind.LEFT),
        ("join", "join", None),
        (None, "invite", None),
        ("leave", "leave", None),
    ],
)
def test_who_comes_and_who_leaves(before: str | None, now: str, did: EventKind | None) -> None:
    more = {"unsigned": {"prev_content": {"membership": before}}} if before else {}
    told = read_event(
        event({"membership": now}, "m.room.member", state_key="@autre:mairie.fr", **more), PLACE
    )

    assert did == (told.kind if told else None)
    assert told is None or told.sender == "@autre:mairie.fr"


@pytest.mark.parametrize("when", [10**18, -(10**18), "hier", None])
def test_an_instant_that_is_none_stops_nothing(when: Any) -> None:
    said = read_event({**event(text("Bonjour")), "origin_server_ts": when}, PLACE)

    assert said is not None
    assert "Bonjour" == said.text


def test_a_file_is_found_with_its_caption() -> None:
    content = {
        "msgtype": "m.file",
        "body": "Le plan",
        "filename": "plan.pdf",
        "url": "mxc://s/1",
        "info": {"mimetype": "application/pdf", "size": 12},
    }

    assert MatrixFile("mxc://s/1", "plan.pdf", "application/pdf", None) == file_in(event(content))
    assert "Le plan" == heard(content).text


def test_an_encrypted_file_is_found_with_its_secret() -> None:
    secret = {"url": "mxc://s/2", "iv": "x"}
    content = {"msgtype": "m.image", "body": "p.png", "file": secret}

    assert MatrixFile("mxc://s/2", "p.png", "application/octet-stream", secret) == file_in(
        event(content)
    )
    assert "" == heard(content).text


@pytest.mark.parametrize("content", [text("Bonjour"), {"msgtype": "m.file", "body": "x", "url": 3}])
def test_a_message_without_a_file_has_none(content: Any) -> None:
    assert file_in(event(content)) is None


ANYTHING = st.sampled_from([None, 1, "", "m.text", "m.file", "$coulisses", ["m.text"], {"a": 1}])
NAMES = "msgtype body filename url file info m.relates_to m.new_content redacts membership".split()
RELATION = st.dictionaries(
    st.sampled_from(["rel_type", "event_id", "key", "m.in_reply_to", "is_falling_back"]), ANYTHING
)


@given(
    st.sampled_from(["m.room.message", "m.reaction", "m.room.redaction", "m.sticker"]),
    st.dictionaries(st.sampled_from(NAMES), ANYTHING | RELATION),
)
def test_no_content_however_strange_upsets_the_reading(kind: str, content: dict[str, Any]) -> None:
    strange = event(content, kind)

    heard = read_event(strange, PLACE, "$coulisses")
    file_in(strange)

    assert heard is None or heard.sender == SENDER


def test_a_message_that_pretends_to_be_state_says_nothing() -> None:
    assert read_event(event({"membership": "join"}, "m.room.member"), PLACE) is None


@pytest.mark.parametrize(
    ("kind", "media_type", "suffix"),
    [("m.audio", "audio/mpeg", ".mp3"), ("m.video", "video/mp4", ".mp4")],
)
def test_a_voice_message_or_a_video_is_a_file(kind: str, media_type: str, suffix: str) -> None:
    content = {
        "msgtype": kind,
        "body": "message",
        "url": "mxc://s/1",
        "info": {"mimetype": media_type},
        "org.matrix.msc3245.voice": {},
    }
    assert EventKind.SAID is heard(content).kind
    assert MatrixFile("mxc://s/1", f"message{suffix}", media_type, None) == file_in(event(content))
