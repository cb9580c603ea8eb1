import pytest

from bot.networks.telegram.api.reactions import find_allowed


@pytest.mark.parametrize(
    ("sign", "given"),
    [("👍", "👍"), ("👍🏽", "👍"), ("❤️", "❤"), ("❤", "❤"), ("🚜", None), ("", None)],
)
def test_a_reaction_is_one_of_telegrams(sign: str, given: str | None) -> None:
    assert given == find_allowed(sign)
