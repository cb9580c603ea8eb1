import os
import stat
from pathlib import Path

import pytest

from config.data_folder import make_data_folder
from config.errors import ConfigError


def test_a_new_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = make_data_folder(tmp_path / "new" / "data")
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o750)
    assert 0o750 == stat.S_IMODE(make_data_folder(tmp_path / "data").stat().st_mode)


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"^data_dir: .*/file cannot be made: .*; name a folder"):
        make_data_folder(tmp_path / "file")


def test_a_folder_that_cannot_be_written_to_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ConfigError, match=r"^data_dir: .* cannot be written to; name a folder"):
        make_data_folder(tmp_path)
