"""The small markup becomes HTML that Telegram reads back as the same words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.wording.markup import escape, plain
from bot.networks.telegram.api.formatting import LONGEST_TEXT, parts
from tests.support.botapi.entities import parse_html

SIGNS = st.text(alphabet="ab é😀<>&\"'*\\>\n ", max_size=60)
MARKUPS = st.lists(
    st.one_of(
        SIGNS.map(escape),
        SIGNS.map(lambda text: f"**{escape(text)}**"),
        SIGNS.map(lambda text: f"\n> {escape(text)}"),
        SIGNS.map(lambda text: f"\\/{escape(text)}\\/"),
        SIGNS.map(lambda text: f"\\`{escape(text)}\\`"),
        SIGNS.map(lambda text: f"\\|{escape(text)}\\|"),
        SIGNS.map(lambda text: f"\\(https://x.fr/?a&b\\){escape(text)}\\;"),
        SIGNS.map(lambda text: f"\n\\- {escape(text)}\n\\={escape(text)}"),
        st.sampled_from(["**", "\\/", "\\`", "\\|", "\\(https://x.fr\\)", "\\;", "\n\\="]),
    ),
    max_size=6,
).map("".join)


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("Bonjour", "Bonjour"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("un **mot** fort", "un <b>mot</b> fort"),
        (r"pas \*\*fort\*\*, \> ni cité", "pas **fort**, &gt; ni cité"),
        ("> un\n> deux\ntrois", "<blockquote>un\ndeux</blockquote>\ntrois"),
        ("> un **deux**", "<blockquote>un <b>deux</b></blockquote>"),
        ("**> fort**", "<b>&gt; fort</b>"),
        (
            "**a\n> b** c",
            "<b>a</b>\n<blockquote><b>b</b> c</blockquote>",
        ),
        ("<b>", "&lt;b&gt;"),
        ("\n\n  Au milieu \n", "Au milieu"),
    ],
)
def test_markup_becomes_html(markup: str, html: str) -> None:
    assert [html] == [part.html for part in parts(markup)]


def utf16_length(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("markup", ["", " ", "\n", "****"])
def test_nothing_has_no_parts(markup: str) -> None:
    assert [] == [part.html for part in parts(markup) if part.plain.strip("*")]


@settings(deadline=None, database=None)
@given(MARKUPS, st.integers(min_value=4, max_value=40))
def test_parts_are_short_readable_and_lose_no_sign(markup: str, longest: int) -> None:
    cut = parts(markup, longest)

    read = [parse_html(part.html)[0] for part in cut]
    assert [part.plain for part in cut] == read
    assert all(0 < utf16_length(part.plain) <= longest for part in cut)
    whole = parts(markup, 10_000)
    assert "".join("".join(read).split()) == "".join("".join(p.plain for p in whole).split())


@settings(deadline=None, database=None)
@given(SIGNS)
def test_what_people_typed_shows_as_typed(typed: str) -> None:
    shown = "".join(part.plain for part in parts(escape(typed)))

    assert plain(escape(typed)).strip() == shown


def test_parts_end_between_paragraphs_then_words() -> None:
    paragraphs = "\n\n".join(["mot " * 600] * 2)

    first, second = parts(paragraphs)

    assert (("mot " * 600).strip(),) * 2 == (first.plain, second.plain)


def test_a_word_without_end_is_cut_where_it_must() -> None:
    cut = parts("😀" * LONGEST_TEXT)

    assert [LONGEST_TEXT, LONGEST_TEXT] == [utf16_length(part.plain) for part in cut]


def test_marks_go_on_in_the_next_part() -> None:
    first, second = parts("> **" + "mot " * 10 + "**", 30)

    assert all(
        part.html.startswith("<blockquote><b>") and part.html.endswith("</b></blockquote>")
        for part in (first, second)
    )
