import stat
from pathlib import Path

from config.secret import find_or_make_secret


def test_a_secret_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    made = find_or_make_secret(folder)
    assert len(made) >= 32
    assert made == find_or_make_secret(folder)
    assert 0o600 == stat.S_IMODE((folder / "secret_key").stat().st_mode)
    assert ["secret_key"] == [path.name for path in folder.iterdir()]
    assert made != find_or_make_secret(tmp_path / "elsewhere")
