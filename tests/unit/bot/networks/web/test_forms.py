"""The fields of a posted form."""

from bot.networks.web.forms import clean


def test_line_ends_are_made_plain_and_control_characters_dropped() -> None:
    assert "a\nb\nc\td" == clean("a\r\nb\rc\td\x00\x1b\x7f\ud800")
