"""Messages as safe HTML."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording.markup import escape, quote
from bot.networks.web.messages import message_html, typed_html

ALLOWED = {"p", "br", "strong", "em", "code", "pre", "span", "ul", "li", "blockquote", "a"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag == "br":
            self.words += "\n"
        else:
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data


def read(html: str) -> _Tags:
    """The tags of the HTML; fails where they do not nest."""
    tags = _Tags()
    tags.feed(str(html))
    tags.close()
    assert [] == tags.open
    return tags


def test_strong_words_quotes_and_paragraphs_have_their_tags() -> None:
    html = message_html("**Bonjour.** Ça va ?\nOui.\n\n> cité\n> encore\nfin")

    assert (
        '<p dir="auto"><strong>Bonjour.</strong> Ça va ?<br>Oui.</p>'
        '<blockquote><p dir="auto">cité<br>encore</p></blockquote>'
        '<p dir="auto">fin</p>'
    ) == html


def test_emphasis_code_spoilers_links_lists_and_preformatted_lines_have_their_tags() -> None:
    html = message_html(
        "\\/a\\/ \\`b<\\` \\|c\\| \\(https://x.fr/?a&b\\)d **e**\\;\n"
        "\\- un\n  \\- deux\n\\- trois\n\\=x < 1\n\\=  y"
    )

    assert (
        '<p dir="auto"><em>a</em> <code>b&lt;</code> '
        '<span class="masque" tabindex="0">c</span> '
        '<a href="https://x.fr/?a&amp;b" rel="noopener noreferrer">d <strong>e</strong></a></p>'
        "<ul><li>un<ul><li>deux</li></ul></li><li>trois</li></ul>"
        "<pre><code>x &lt; 1\n  y</code></pre>"
    ) == html


def test_what_a_person_typed_has_no_markup() -> None:
    assert '<p dir="auto">**non** &gt; &lt;b&gt;</p>' == typed_html("**non** > <b>")


def test_web_addresses_become_links_without_the_punctuation_that_follows() -> None:
    html = typed_html("Voir (https://www.cerema.fr/fr?a=1&b=2), ou http://x.fr.")

    assert ["https://www.cerema.fr/fr?a=1&b=2", "http://x.fr"] == read(html).addresses
    assert 2 == html.count('rel="noopener noreferrer"')


def test_only_http_addresses_become_links() -> None:
    assert [] == read(typed_html("javascript:alert(1) ftp://x data:text/html,x")).addresses


@given(st.text(alphabet="ab<>&\"'\\*>/`|();=- \n\u202e\u200b", max_size=60))
def test_any_message_is_well_formed_and_has_allowed_tags_only(text: str) -> None:
    assert read(message_html(text)).seen <= ALLOWED
    assert read(typed_html(text)).seen <= ALLOWED


@given(st.text(alphabet="ab<>&\"'\\*> é", min_size=1, max_size=40))
def test_escaped_words_show_as_typed(words: str) -> None:
    assert words.strip() == read(message_html(escape(words))).words.strip()


@given(st.lists(st.text(alphabet="ab\\*>", min_size=1, max_size=10), min_size=1, max_size=4))
def test_quoted_words_show_as_typed_in_one_quotation(lines: list[str]) -> None:
    tags = read(message_html(quote("\n".join(lines))))

    assert "\n".join(lines) == tags.words
    assert "blockquote" in tags.seen
