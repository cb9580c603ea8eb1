"""E-mail addresses."""

import pytest

from bot.domain.wording.email_address import is_address, read_address


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("mairie@fourmies.exemple.fr", "mairie@fourmies.exemple.fr"),
        ("  Mairie@Fourmies.EXEMPLE.fr. ", "Mairie@fourmies.exemple.fr"),
        ("mon adresse : <m.duval+fil@exemple.fr>, merci", "m.duval+fil@exemple.fr"),
        ("mailto:m@exemple.fr", "m@exemple.fr"),
    ],
)
def test_an_address_is_found_among_a_few_words(words: str, address: str) -> None:
    assert address == read_address(words)


@pytest.mark.parametrize("words", ["", "bonjour", "a@exemple.fr b@exemple.fr", "@martine:exemple"])
def test_none_or_several_are_none(words: str) -> None:
    assert None is read_address(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a@",
        "@exemple.fr",
        "a@exemple",
        "a@-exemple.fr",
        "a..b@exemple.fr",
        "a b@exemple.fr",
        "a@exemple.fr\n",
        "a@exemple.fr\r\nBcc: b@exemple.fr",
        "a@exemple.fr,b@exemple.fr",
        '"a b"@exemple.fr',
        "é@exemple.fr",
        "a@127.0.0.1",
        f"{'a' * 65}@exemple.fr",
        f"a@{'b.' * 130}fr",
    ],
)
def test_what_mail_servers_may_not_take_is_no_address(words: str) -> None:
    assert not is_address(words)
