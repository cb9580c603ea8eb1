"""The words of the language, as files."""

from pathlib import Path
from shutil import copytree

import pytest

import config.language
from config.errors import ConfigError
from config.language import load_language

SHIPPED = Path(config.language.__file__).parent


@pytest.mark.parametrize(
    ("file", "before", "after", "named"),
    [
        ("answers.toml", "courtesies =", "courtesie =", "courtesie"),
        ("answers.toml", 'means = "blocked"', 'means = "bloqued"', "groups"),
        ("answers.toml", "at_most = 6", "at_mots = 6", "groups"),
        ("dates.toml", '"rentrée" = "09-01"', '"rentrée" = "09-31"', "days"),
        ("dates.toml", "mars = 3", 'mars = "trois"', "months"),
        ("dates.toml", "half =", "halves =", "halves"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(
    tmp_path: Path, file: str, before: str, after: str, named: str
) -> None:
    folder = copytree(SHIPPED, tmp_path / "language")
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_language(folder)
    assert file in str(error.value)
    assert named in str(error.value)


def test_every_phrase_of_a_date_holds_words() -> None:
    dates = load_language().dates
    assert all([*dates.within, *dates.months, *dates.days])
