"""The packaged form of the vocabulary: in step with the files that teams edit, or not used."""

from pathlib import Path

import pytest

from config import themes
from config.errors import ConfigError
from config.themes_prepared import PREPARED, pack, prepare, stamp, unpack
from config.themes_written import THEMES, written_files

BROKEN = [b"", b"\x1f\x8b", b"not packed", pack(prepare([]))[:60]]


def test_the_packaged_form_is_what_the_files_give() -> None:
    """If this fails, run `filrouge themes prepare`."""
    made = unpack(pack(prepare(written_files())))

    assert made is not None
    assert made == unpack(THEMES.joinpath(PREPARED).read_bytes())


def test_files_that_were_edited_are_read_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in THEMES.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    pond = tmp_path / "etang.toml"
    pond.write_text('label = "étang"\nsure = ["étang communal"]\n', encoding="utf-8")
    monkeypatch.setattr("config.themes.THEMES", tmp_path)
    monkeypatch.setattr("config.themes_written.THEMES", tmp_path)

    assert "étang" == themes.load_themes().label("etang")


def test_the_stamp_tells_a_word_moved_from_one_file_to_another(tmp_path: Path) -> None:
    one, other = tmp_path / "a.toml", tmp_path / "b.toml"
    one.write_text("x", encoding="utf-8")
    other.write_text("", encoding="utf-8")
    before = stamp([one, other])
    one.write_text("", encoding="utf-8")
    other.write_text("x", encoding="utf-8")

    assert before != stamp([one, other])


@pytest.mark.parametrize("packed", BROKEN)
def test_what_is_not_the_packaged_form_is_none(packed: bytes) -> None:
    assert unpack(packed) is None


def test_a_fault_in_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "etang.toml"
    file.write_text('label = "étang"\nsur = []\n', encoding="utf-8")

    with pytest.raises(ConfigError, match="unknown key sur"):
        prepare([file])
