import pytest

from config.errors import ConfigError
from config.file_types import SHIPPED, load_file_types
from config.settings import load
from config.strict_toml import read_toml


def test_the_types_of_the_default_settings_are_all_known() -> None:
    extensions = load().web.upload_types
    assert {f".{name}" for name in extensions} == set(load_file_types(extensions))


def test_a_signature_is_the_first_bytes_of_such_files() -> None:
    (png,) = load_file_types(["png"]).values()
    assert (("image/png",), (b"\x89PNG\r\n\x1a\n",)) == png


def test_every_signature_that_ships_can_be_read() -> None:
    known = read_toml(SHIPPED)
    assert len(known) == len(load_file_types(list(known)))


def test_a_type_nobody_knows_is_told_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"unknown type “pgn”; did you mean “png”\?"):
        load_file_types(["pdf", "pgn"])
