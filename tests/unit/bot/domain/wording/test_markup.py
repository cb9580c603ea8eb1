"""The small markup of messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording.markup import (
    Line,
    Mark,
    Span,
    ending,
    escape,
    is_address,
    on_lines_of_its_own,
    parse,
    plain,
    quote,
    said,
    write,
)

LINK = "https://exemple.fr/a_(b)?c=1&d=**2**"
WORDS = st.text(alphabet="ab é😀<>&\"'*_`~|\\/;[]()=->#", min_size=1, max_size=12)
SPANS = st.builds(
    Span, WORDS, st.frozensets(st.sampled_from(Mark)), st.sampled_from([None, None, LINK])
)
LINES = st.lists(
    st.one_of(
        st.builds(Line, st.lists(SPANS, max_size=4).map(tuple), st.booleans()),
        st.builds(Line, st.lists(SPANS, max_size=4).map(tuple), st.booleans(), st.integers(0, 5)),
        st.builds(
            Line, st.lists(st.builds(Span, WORDS), max_size=2).map(tuple), verbatim=st.just(True)
        ),
    ),
    min_size=1,
    max_size=5,
)


def looks(lines: list[Line]) -> list[object]:
    """Of each line what it is, and of each of its characters how it is set off."""
    return [
        (
            line.quoted,
            line.depth,
            line.verbatim,
            [(sign, span.marks, span.link) for span in line.spans for sign in span.text],
        )
        for line in lines
    ]


@given(st.text())
def test_escaped_words_show_as_they_were_typed(words: str) -> None:
    assert words == plain(escape(words))
    shown = parse(escape(words))
    assert words == "\n".join("".join(span.text for span in line.spans) for line in shown)


@given(st.text(alphabet="ab\\*>/`|();=- \n"))
def test_our_own_marks_typed_by_people_set_nothing_off(words: str) -> None:
    assert all(
        (False, None, False) == (line.quoted, line.depth, line.verbatim)
        and all(not span.marks and span.link is None for span in line.spans)
        for line in parse(escape(words))
    )


@given(LINES)
def test_what_is_written_is_read_again(lines: list[Line]) -> None:
    assert looks(lines) == looks(parse(write(lines)))


@given(LINES)
def test_no_character_is_lost_without_marks(lines: list[Line]) -> None:
    text, markup = said(lines)
    whole = "".join(span.text for line in lines for span in line.spans)
    rest = iter(text)
    assert all(sign in rest for sign in whole)
    assert text == plain(escape(text) if markup is None else markup)


@given(st.text(alphabet="ab\\*>/`|();=- \n"))
def test_any_text_can_be_read_as_markup(markup: str) -> None:
    assert markup.count("\n") + 1 == len(parse(markup))


@pytest.mark.parametrize(
    "bit", ["**", r"\(", r"\(https://x.fr\)", r"\|a", "\n> ", "\n\\- a", "\\", "a*"]
)
def test_long_input_is_read_in_a_time_that_grows_with_its_length(bit: str) -> None:
    """A quadratic reader would not end."""
    whole = bit * (200_000 // len(bit))
    assert parse(whole)
    assert len(plain(whole)) <= len(whole)


def test_stars_make_words_strong_and_are_not_shown() -> None:
    (line,) = parse("Bon**jour** !")
    strong = frozenset({Mark.STRONG})
    assert (Span("Bon"), Span("jour", strong), Span(" !")) == line.spans
    assert "Bonjour !" == plain("Bon**jour** !")


def test_stars_that_nothing_ends_are_stars() -> None:
    assert "2 ** 3" == plain("2 ** 3")
    assert "fort et ** 3" == plain("**fort** et ** 3")


def test_quoted_words_are_quoted_line_by_line() -> None:
    assert "> un\n> deux \\*" == quote("un\ndeux *")
    assert "> " == quote("")


def test_without_marks_the_address_of_a_link_follows_it_unless_it_says_it() -> None:
    def link(words: str, address: str) -> str:
        return plain(write([Line((Span(words, link=address),))]))

    assert "le guide (https://exemple.fr)" == link("le guide", "https://exemple.fr")
    assert "exemple.fr" == link("exemple.fr", "https://exemple.fr/")
    assert "a@b.fr" == link("a@b.fr", "mailto:a@b.fr")
    assert "banque.fr (https://voleur.fr/banque.fr)" == link(
        "banque.fr", "https://voleur.fr/banque.fr"
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.fr",
        "file:///etc",
        "https://",
        "",
        "#a",
        "https://x.fr/ y",
        "https://x.fr/\x00",
        "https://x.fr/" + "a" * 3000,
        "tg://user?id=1",
    ],
)
def test_words_lead_to_pages_and_mailboxes_only(address: str) -> None:
    assert not is_address(address)
    (line,) = parse(rf"\({escape(address)}\)mot\;")
    assert "mot" == line.spans[-1].text
    assert None is line.spans[-1].link


def test_a_command_is_taken_from_the_beginning_and_what_follows_stays_set_off() -> None:
    assert "**gras** fin" == ending("/note **gras** fin", "gras fin")
    assert r"\- un" == ending("/note\n\\- un", "- un")
    assert None is ending("**/note** autre", "tout autre chose")
    assert None is ending(None, "mots")
    assert "**mots**" == ending("  **mots**\n", "mots")


def test_a_quotation_that_follows_a_name_begins_a_line() -> None:
    assert "\n> cité" == on_lines_of_its_own("> cité")
    assert "mots" == on_lines_of_its_own("mots")
    assert "\n\\- un" == on_lines_of_its_own("\\- un")
