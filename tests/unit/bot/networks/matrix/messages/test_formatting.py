"""What Matrix shows of our markup."""

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import ConversationRef
from bot.domain.wording.markup import escape, plain, quote
from bot.networks.matrix.messages.formatting import CHOICES, MOST_BYTES, as_html, contents
from bot.ports.network import Choice, Outgoing

PLACE = ConversationRef.room("matrix", "UV-7K3Q")


def message(text: str, **more: object) -> Outgoing:
    return Outgoing("k", PLACE, text, "notice", **more)  # type: ignore[arg-type]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.words += "\n" if tag == "br" else ""


def shown(html: str) -> _Words:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser


def test_strong_words_and_lines_are_shown() -> None:
    assert "Un <strong>projet</strong><br>à Fourmies" == as_html("Un **projet**\nà Fourmies")


def test_quoted_lines_are_a_quotation() -> None:
    expected = "Vous disiez<blockquote>un<br>deux</blockquote>merci"

    assert expected == as_html("Vous disiez\n> un\n> deux\nmerci")


def test_the_author_stands_before_the_words_in_both_forms() -> None:
    (content,) = contents(message("Bonjour", author="Claire <Morel>"))

    assert "Claire <Morel>\u00a0: Bonjour" == content["body"]
    assert "<strong>Claire &lt;Morel&gt;</strong>\u00a0: Bonjour" == content["formatted_body"]


def test_choices_are_numbered_and_carry_their_keys() -> None:
    (content,) = contents(
        message("Lequel ?", choices=(Choice("a", "Le <pont>"), Choice("b", "Non")))
    )

    assert "Lequel ?\n1. Le <pont>\n2. Non" == content["body"]
    assert content["formatted_body"].endswith("<ol><li>Le &lt;pont&gt;</li><li>Non</li></ol>")
    assert [["a", "Le <pont>"], ["b", "Non"]] == content[CHOICES]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_somebody_wrote_shows_as_typed_and_makes_no_tag(words: str) -> None:
    parsed = shown(as_html(escape(words)))

    assert words == parsed.words
    assert set() == parsed.tags


@given(st.text(alphabet="ab <>&*\\\n", min_size=0, max_size=80))
def test_quoted_words_stay_quoted(words: str) -> None:
    assert {"blockquote", "br"} >= shown(as_html(quote(words))).tags


def test_all_that_people_set_off_has_its_tags() -> None:
    html = as_html("\\/a\\/ \\`b\\` \\|c\\| \\(https://x.fr\\)d\\;\n\\- un\n\\=x")

    assert (
        "<em>a</em> <code>b</code> <span data-mx-spoiler>c</span> "
        '<a href="https://x.fr">d</a><ul><li>un</li></ul><pre><code>x</code></pre>'
    ) == html


def test_one_very_long_line_is_cut_in_a_time_that_grows_with_its_length() -> None:
    """A quadratic cut would not end."""
    text = "\\/" + "a " * 200_000 + "\\/"

    parts = contents(message(text))

    assert "a " * 200_000 == "".join(part["body"] for part in parts)


def test_a_list_and_a_quotation_cut_in_parts_stay_so_in_each() -> None:
    text = "\n".join(["\\- \\/mot\\/ mot", "> mot"] * 6_000)

    for part in contents(message(text)):
        assert {"ul", "li", "em", "blockquote"} == shown(part["formatted_body"]).tags
        assert len(json.dumps(part).encode()) <= 65_000


def test_a_long_message_is_cut_between_words_and_nothing_is_lost() -> None:
    text = " ".join(f"**mot** {number}" for number in range(8_000))

    parts = contents(message(text, choices=(Choice("a", "Oui"),)))

    assert len(parts) > 1
    assert plain(text) + "\n1. Oui" == "".join(part["body"] for part in parts)
    assert all(len(json.dumps(part).encode()) <= MOST_BYTES for part in parts)
    assert all(part["formatted_body"].count("<strong>") > 1 for part in parts)
    assert [False] * (len(parts) - 1) + [True] == [CHOICES in part for part in parts]


@given(st.text(alphabet='a*\\"& \n🙂', min_size=300, max_size=600))
def test_parts_never_pass_the_limit_and_say_it_all(words: str) -> None:
    parts = contents(message(escape(words)), most_bytes=800)

    assert words == "".join(part["body"] for part in parts)
    assert all(len(json.dumps(p, ensure_ascii=False).encode()) <= 2_000 for p in parts)
