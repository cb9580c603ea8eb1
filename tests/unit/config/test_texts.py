from pathlib import Path

import pytest

from config.errors import ConfigError
from config.texts import Raw, Texts, load_texts


def test_fields_are_filled_and_words_show_as_typed() -> None:
    texts = Texts({"intake.hello": "Bonjour {name}, **{words}** {{ici}}"})
    expected = r"Bonjour Martine, **\*\*gras\*\* \> a\\b** {ici}"
    assert expected == texts("intake.hello", name="Martine", words=r"**gras** > a\b")


def test_markup_is_put_as_it_is_only_when_it_says_so() -> None:
    texts = Texts({"a": "{words}"})
    assert "**gras**" == texts("a", words=Raw("**gras**"))


def test_a_value_with_braces_is_not_read_again() -> None:
    assert "{name} {0}" == Texts({"a": "{words}"})("a", words="{name} {0}")


@pytest.mark.parametrize(("days", "expected"), [(1, "1 jour"), (12, "12 jours"), ("3", "3 jours")])
def test_a_number_brings_the_word_it_takes(days: int | str, expected: str) -> None:
    texts = Texts({"a": "{days:plural(jour, jours)}"})
    assert expected == texts("a", days=days).replace("\u00a0", " ")


def test_names_of_places_are_joined_as_french_joins_them() -> None:
    texts = Texts({"a": "maire {place:de}, {place:à}"})
    assert "maire des Herbiers, aux Herbiers" == texts("a", place="Les Herbiers")
    assert r"maire d’A\*, à A\*" == texts("a", place="A*")


def test_whole_numbers_are_written_as_in_french() -> None:
    assert "8\u202f000 caractères" == Texts({"a": "{limit} caractères"})("a", limit=8000)


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{", "Single '{'"),
        ("}", "Single '}'"),
        ("{}", "not a plain field name"),
        ("{0}", "not a plain field name"),
        ("{a.b}", "not a plain field name"),
        ("{a[0]}", "not a plain field name"),
        ("{a!r}", "not a plain field name"),
        ("{a:>10}", "unknown form “>10” of field “a”"),
        ("{a:plural(jour)}", "unknown form"),
        (3, "a text is expected"),
        (["a"], "a text is expected"),
    ],
)
def test_a_text_that_could_never_be_filled_is_refused_at_once(template: object, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Texts({"intake.x": template})
    assert str(caught.value).startswith("text “intake.x”: ")
    assert fault in str(caught.value)


def test_a_text_or_a_value_that_is_missing_is_named() -> None:
    texts = Texts({"intake.ask": "{name}"})
    with pytest.raises(ConfigError, match=r"“intake.aks” is missing; the nearest is “intake.ask”"):
        texts("intake.aks")
    with pytest.raises(ConfigError, match=r"text “intake.ask” needs a value for 'name'"):
        texts("intake.ask", nam="x")


def test_files_are_read_together_and_a_text_written_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[intake]\nask = "A"\n[intake.deep]\nx = "X"\n')
    (tmp_path / "b.toml").write_text('[relay]\nsent = "B"\n')
    texts = load_texts(tmp_path)
    assert {"intake.ask", "intake.deep.x", "relay.sent"} == texts.keys
    (tmp_path / "b.toml").write_text('[intake]\nask = "B"\n')
    with pytest.raises(ConfigError, match=r"text “intake.ask” is in another file too"):
        load_texts(tmp_path)
