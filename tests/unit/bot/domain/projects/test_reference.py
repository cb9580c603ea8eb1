"""References of projects."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.projects.reference import ALPHABET, find_references, new_reference


def test_a_reference_has_four_characters_after_its_prefix() -> None:
    prefix, body = new_reference("UV", (), random.Random(1).randbytes).split("-")
    assert "UV" == prefix
    assert 4 == len(body)
    assert set(body) <= set(ALPHABET)


def test_a_taken_reference_is_not_given_again() -> None:
    first = new_reference("UV", (), random.Random(1).randbytes)
    assert first != new_reference("UV", {first}, random.Random(1).randbytes)


def test_references_grow_when_they_are_crowded() -> None:
    class AllOfFour:
        def __contains__(self, reference: object) -> bool:
            return len(str(reference)) == len("UV-7K3Q")

    assert len("UV-7K3QX") == len(new_reference("UV", AllOfFour(), random.Random(1).randbytes))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("UV-7K3Q", ["UV-7K3Q"]),
        ("où en est uv-7k3q ?", ["UV-7K3Q"]),
        ("uv7k3q", ["UV-7K3Q"]),
        ("UV 7K3Q", ["UV-7K3Q"]),
        ("UV–7K3Q et SP-2T4V, UV-7K3Q", ["UV-7K3Q", "SP-2T4V"]),
        ("SP-O1ZB", ["SP-0128"]),
        ("5P-2t4v", ["SP-2T4V"]),
        ("MC-7K3QX.", ["MC-7K3QX"]),
    ],
)
def test_a_reference_is_found_as_people_write_it(written: str, found: list[str]) -> None:
    assert found == find_references(written)


@pytest.mark.parametrize(
    "words",
    ["bonjour", "le pont est fermé", "2018-2022", "peut-être", "85200 Fontenay", "mairie", ""],
)
def test_plain_words_and_numbers_are_no_reference(words: str) -> None:
    assert [] == find_references(words)


@given(st.integers(), st.sampled_from(["UV", "SP", "EQ", "MC"]))
def test_every_reference_given_is_found_again_in_small_letters(seed: int, prefix: str) -> None:
    reference = new_reference(prefix, (), random.Random(seed).randbytes)
    assert [reference] == find_references(f"au sujet de {reference.lower()}, merci")
