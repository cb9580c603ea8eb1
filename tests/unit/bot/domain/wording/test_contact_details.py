import pytest

from bot.domain.wording.contact_details import without_contact_details


@pytest.mark.parametrize(
    "written",
    [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06\u00a012\u00a034\u00a056\u00a078",
        "0 800 123 456",
        "+33 6 12 34 56 78",
        "+33612345678",
        "0033 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0262 12 34 56",
        "+262 692 12 34 56",
        "+590 590 12 34 56",
        "+508 41 12 34",
        "+687 24 12 34",
        "+689 40 41 42 43",
        "00687 241234",
        "martine.duval@mairie-fourmies.fr",
        "m+projet@exemple.asso.fr",
    ],
)
def test_phone_numbers_and_addresses_are_replaced(written: str) -> None:
    assert "Écrire à [X], merci." == without_contact_details(f"Écrire à {written}, merci.", "[X]")


@pytest.mark.parametrize(
    "written",
    ["Tél. : 24 12 34", "téléphone 40 41 42 43", "appelez-moi au 24.12.34", "portable : 87123456"],
)
def test_short_overseas_numbers_are_replaced_where_words_announce_them(written: str) -> None:
    replaced = without_contact_details(written, "[X]")
    assert replaced.endswith("[X]")
    assert not any(character.isdigit() for character in replaced)


@pytest.mark.parametrize(
    "text",
    [
        "le 05/06/2026 à 14 h",
        "le 05.06.2026 14h30",
        "05-06-2026 14:30",
        "85200 Fontenay-le-Comte",
        "12 000 €, 1 250 000 habitants",
        "SIRET 802 954 785 00028",
        "parcelle AB 0123 et 0124",
        "24 12 34",
        "la loi 2014-366 du 24 mars 2014",
        "UV-7K3Q",
        "un portable à 12 000 euros",
        "@martine",
        "",
    ],
)
def test_dates_codes_and_sums_stay(text: str) -> None:
    assert text == without_contact_details(text, "[X]")


def test_several_are_all_replaced() -> None:
    text = "06 12 34 56 78 / 03 27 11 22 33 ou a@b.fr"
    assert "[X] / [X] ou [X]" == without_contact_details(text, "[X]")


def test_what_stands_instead_is_put_as_it_is() -> None:
    assert r"\1 [\g<0>]" == without_contact_details("06 12 34 56 78 [a@b.fr]", r"\1").replace(
        r"[\1]", r"[\g<0>]"
    )


def test_a_long_run_of_digits_is_read_fast_and_left() -> None:
    text = "1 " * 20_000
    assert text == without_contact_details(text, "[X]")
