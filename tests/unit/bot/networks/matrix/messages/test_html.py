"""The HTML of other clients, read as our small markup."""

from html import escape as html_escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording.markup import plain, write
from bot.networks.matrix.messages.formatting import as_html
from bot.networks.matrix.messages.html import read_html


def read(source: str) -> str:
    return write(read_html(source))


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("un <strong>mot</strong> <b>fort</b>", "un **mot** **fort**"),
        ("<em>un</em> <i>deux</i>", "\\/un\\/ \\/deux\\/"),
        ("<code>x*</code>", "\\`x\\*\\`"),
        ('<pre><code class="language-c">a  b\n\n  c\n</code></pre>', "\\=a  b\n\\=\n\\=  c"),
        ("<span data-mx-spoiler>fin</span>", "\\|fin\\|"),
        ('<span data-mx-spoiler="film">fin</span>', "(film) \\|fin\\|"),
        ("un<br>deux<br />\ntrois<br><br>quatre", "un\ndeux\ntrois\n\nquatre"),
        ("<p>un\nmot</p>\n<p>deux</p>", "un mot\n\ndeux"),
        ("<h1>Titre</h1><p>Mots</p>", "**Titre**\n\nMots"),
        ("<blockquote><p>un</p><p>deux</p></blockquote>trois", "> un\n> \n> deux\n\ntrois"),
        ("<ul>\n<li>un</li>\n<li><p>deux</p></li>\n</ul>", "\\- un\n\\- deux"),
        (
            "<ul><li>un<ul><li>deux</li></ul></li><li>trois</li></ul>",
            "\\- un\n  \\- deux\n\\- trois",
        ),
        ("<ol><li>un</li><li>deux</li></ol>", "1. un\n2. deux"),
        ('<ol start="3"><li>un<ol><li>a</li></ol></li></ol>', "3. un\n  1. a"),
        ('<a href="https://x.fr/?a&amp;b">voir</a>', "\\(https://x.fr/?a&b\\)voir\\;"),
        ("<a href='mailto:a@b.fr'>écrire</a>", "\\(mailto:a@b.fr\\)écrire\\;"),
        ('<a href="javascript:alert(1)">voir</a>', "voir (javascript:alert(1))"),
        ('<a href="https://matrix.to/#/@claire:x.fr">Claire</a> : oui', "Claire : oui"),
        ("<mx-reply><blockquote>avant <b>cela</b></blockquote></mx-reply><b>oui</b>", "**oui**"),
        ("<script>alert(1)</script>", "<script\\>alert(1)</script\\>"),
        ('<img src=x onerror=alert(2) alt="plan">', "plan"),
        ("<font color=red>a</font> <u>b</u> <del>c</del><!-- d -->", "a b c"),
        ("&lt;b&gt; &amp; 2 * 3 &gt; 5", "<b\\> & 2 \\* 3 \\> 5"),
        ("<b>un <i>deux</b> trois</i>", "**un ****\\/deux\\/** trois"),
        ("</b></li>un<b>", "un"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ],
)
def test_what_a_client_sets_off_is_read(source: str, markup: str) -> None:
    assert markup == read(source)


@given(st.text(alphabet="ab é<>&\"'*_\\|`/>-", max_size=60))
def test_words_of_html_show_as_they_are(words: str) -> None:
    assert " ".join(words.split()) == plain(read(html_escape(words))).strip()


@given(st.text(alphabet="<>/ abpulirestongcdq=\"'&;!-", max_size=80))
def test_any_html_is_read_and_makes_only_our_tags(source: str) -> None:
    assert "<script" not in as_html(read(source))


@given(
    st.lists(
        st.sampled_from(
            "<b> </b> <i> </i> <ul> </ul> <ol> </ol> <li> </li> <p> </p> <br> <pre> </pre> "
            "<blockquote> </blockquote> <code> </code> mot \n <mx-reply> </mx-reply> "
            "<span data-mx-spoiler> </span> <a href=https://x.fr> </a>".split(" ")
        ),
        max_size=30,
    )
)
def test_tags_that_do_not_nest_lose_no_word(pieces: list[str]) -> None:
    if not any("mx-reply" in piece for piece in pieces):
        assert pieces.count("mot") == plain(read("".join(pieces))).count("mot")
    read("".join(pieces))


@pytest.mark.parametrize(
    "bit",
    ["<b>", "</b>", "<", "<a ", "<a href='", "<!--", "<ul><li>", "<b></i>", "&", "&#", "<p>a"],
)
def test_long_html_is_read_in_a_time_that_grows_with_its_length(bit: str) -> None:
    """A quadratic reader would not end."""
    assert isinstance(read(bit * (65_000 // len(bit))), str)
