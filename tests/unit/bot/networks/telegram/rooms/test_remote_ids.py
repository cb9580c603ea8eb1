import pytest

from bot.networks.telegram.rooms.remote_ids import (
    SentMessage,
    Spot,
    parse_sent,
    parse_spot,
    sent_under,
)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        (SentMessage((12,)), "12"),
        (SentMessage((12, 13)), "12,13"),
        (SentMessage((12, 13), 14), "12,13;14"),
    ],
)
def test_a_message_has_a_name_that_gives_its_ids(message: SentMessage, name: str) -> None:
    assert (name, message) == (message.remote_id, parse_sent(name))


@pytest.mark.parametrize("name", ["", "$abc:serveur", "12;", "room:UV-7K3Q"])
def test_other_names_are_no_messages(name: str) -> None:
    try:
        assert SentMessage((12,)) == parse_sent(name)
    except ValueError:
        assert name != "12;"


def test_a_file_that_bears_its_words_is_no_file_apart() -> None:
    assert SentMessage((12,)) == sent_under([12], file_apart=True)
    assert SentMessage((12,), 13) == sent_under([12, 13], file_apart=True)


def test_a_topic_has_a_name_that_gives_its_chat() -> None:
    assert Spot(-1001, 5) == parse_spot(Spot(-1001, 5).remote)
