"""The small markup of messages."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording.markup import escape, plain, quote, strong_spans, unescape


@given(st.text())
def test_escaped_words_show_as_they_were_typed(words: str) -> None:
    assert words == plain(escape(words))
    assert [words] * bool(words) == [unescape(piece) for piece, _ in strong_spans(escape(words))]


@given(st.text())
def test_escaped_words_are_never_strong(words: str) -> None:
    assert not any(strong for _, strong in strong_spans(escape(words)))


def test_stars_make_words_strong_and_are_not_shown() -> None:
    assert [("Bon", False), ("jour", True), (" !", False)] == strong_spans("Bon**jour** !")
    assert "Bonjour !" == plain("Bon**jour** !")


def test_quoted_words_are_quoted_line_by_line() -> None:
    assert "> un\n> deux \\*" == quote("un\ndeux *")
    assert "> " == quote("")
