"""The French of the pages."""

import re
from importlib.resources import files

import pytest

from bot.domain.wording.typography import faults

TEMPLATES = sorted(
    entry.name for entry in files("config.pages").iterdir() if entry.name.endswith(".html")
)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_LOGIC = re.compile(r"\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r'"([^"{}<>]*)"')


def prose(name: str) -> str:
    """The words of a template: its text, and the sentences that stand in its logic."""
    source = _COMMENT.sub("", files("config.pages").joinpath(name).read_text(encoding="utf-8"))
    sentences = [words for words in _QUOTED.findall(source) if " " in words and "=" not in words]
    text = _TAG.sub(" x ", _VALUE.sub("x", _LOGIC.sub("", source)))
    return "\n".join([text, *(words for words in sentences if re.search("[à-ÿ’]", words))])


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_break_spaces_and_apostrophes_stand_where_french_wants_them(name: str) -> None:
    text = prose(name)

    assert [] == faults(text)
    assert None is re.search(r"\w'\w", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_people_are_addressed_with_vous(name: str) -> None:
    assert [] == re.findall(r"\b(?:tu|toi|ton|tes)\b", prose(name), re.IGNORECASE)
