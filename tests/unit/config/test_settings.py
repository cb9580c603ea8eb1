import os
import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.settings import Settings, examine, load
from config.settings_sources import DEFAULTS, setting_keys
from config.strict_toml import flatten


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with no local.toml, an environment with no setting."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n == "PORT" or n.startswith("FILROUGE_")]:
        monkeypatch.delenv(name)
    return tmp_path


def faults() -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load()
    assert "\n".join(caught.value.faults) == str(caught.value)
    return caught.value.faults


def test_a_bare_machine_opens_in_demonstration_with_its_own_database() -> None:
    settings = load()
    assert (True, "sqlite:///var/demo.sqlite3") == (settings.demo, settings.database_url)
    assert "http://localhost:8080" == settings.web.url


def test_every_setting_has_its_default_and_a_comment_in_default_toml() -> None:
    written = DEFAULTS.read_text(encoding="utf-8")
    assert sorted(setting_keys(Settings)) == sorted(flatten(tomllib.loads(written)))
    for block in re.split(r"\n\n", written):
        assert block.lstrip().startswith("#") or block.lstrip().startswith("["), block


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FILROUGE_DATABASE_URL", "postgresql://someone@localhost/filrouge"),
        ("FILROUGE_WEB__PUBLIC_URL", "https://conseil.exemple.fr"),
        ("FILROUGE_DEMO", "false"),
    ],
)
def test_naming_a_database_or_a_public_address_ends_the_demonstration(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert load().demo is False


def test_the_demonstration_can_be_asked_for_on_any_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "sqlite:////srv/somewhere.sqlite3")
    monkeypatch.setenv("FILROUGE_DEMO", "true")
    settings = load()
    assert (True, "sqlite:////srv/somewhere.sqlite3") == (settings.demo, settings.database_url)


def test_the_default_database_lies_in_the_data_folder_and_never_among_invented_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FILROUGE_DATA_DIR", "/srv/data")
    monkeypatch.setenv("FILROUGE_DEMO", "false")
    assert "sqlite:////srv/data/filrouge.sqlite3" == load().database_url


def test_the_environment_wins_over_local_toml_which_wins_over_default_toml(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = 'log_level = "debug"\n[web]\nport = 9000\nhost = "::1"\n'
    (bare_machine / "local.toml").write_text(local, encoding="utf-8")
    monkeypatch.setenv("FILROUGE_WEB__PORT", "9001")
    web = load().web
    assert (9001, "::1", 8000) == (web.port, web.host, web.message_max_chars)
    assert "debug" == load().log_level


def test_port_sets_the_port_unless_our_own_variable_does(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare_machine / "local.toml").write_text("[web]\nport = 9000\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9002")
    assert 9002 == load().web.port
    monkeypatch.setenv("FILROUGE_WEB__PORT", "9003")
    assert 9003 == load().web.port


def test_another_file_can_be_named(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = bare_machine / "other.toml"
    other.write_text('log_level = "error"\n', encoding="utf-8")
    monkeypatch.setenv("FILROUGE_CONFIG", str(other))
    assert "error" == load().log_level
    monkeypatch.setenv("FILROUGE_CONFIG", "nowhere.toml")
    assert ("FILROUGE_CONFIG: no such file: nowhere.toml",) == faults()


def test_a_misspelt_variable_is_named_with_the_one_probably_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FILROUGE_WEB__HSOT", "0.0.0.0")
    monkeypatch.setenv("FILROUGE_DATABSE_URL", "postgresql://someone:secret@localhost/filrouge")
    assert (
        "unknown variable FILROUGE_DATABSE_URL; did you mean FILROUGE_DATABASE_URL?",
        "unknown variable FILROUGE_WEB__HSOT; did you mean FILROUGE_WEB__HOST?",
    ) == faults()


def test_a_misspelt_key_is_named_with_its_file_and_the_one_probably_meant(
    bare_machine: Path,
) -> None:
    (bare_machine / "local.toml").write_text("dem = true\n[web]\nprot = 1\n", encoding="utf-8")
    assert (
        "local.toml: unknown key “dem”; did you mean “demo”?",
        "local.toml: unknown key “web.prot”; did you mean “web.port”?",
    ) == faults()


def test_a_wrong_value_is_named_with_where_it_stands_and_what_is_expected(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare_machine / "local.toml").write_text('[followup]\ntick = "soon"\n', encoding="utf-8")
    monkeypatch.setenv("PORT", "99999")
    monkeypatch.setenv("FILROUGE_LOG_LEVEL", "loud")
    told = faults()
    assert 3 == len(told)
    assert (
        "FILROUGE_LOG_LEVEL: “loud” is wrong; expected 'debug', 'info', 'warning' or 'error'"
        in told
    )
    assert "PORT: “99999” is wrong; expected less than or equal to 65535" in told
    assert any(line.startswith("local.toml: followup.tick: “soon” is wrong") for line in told)


def test_wrong_values_and_misspelt_names_are_told_together(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = 'demo = "maybe"\ndem = true\n[dispatch]\nattempts = "many"\n'
    (bare_machine / "local.toml").write_text(local, encoding="utf-8")
    monkeypatch.setenv("FILROUGE_WEB", "3")
    monkeypatch.setenv("PORT", "abc")
    assert (
        "unknown variable FILROUGE_WEB; did you mean FILROUGE_WEB__HOST?",
        "local.toml: unknown key “dem”; did you mean “demo”?",
        "local.toml: demo: “maybe” is wrong; expected true or false",
        "PORT: “abc” is wrong; expected a whole number",
        "local.toml: dispatch.attempts: “many” is wrong; expected a whole number",
    ) == faults()


def test_a_file_that_cannot_be_read_hides_nothing_that_is_wrong_elsewhere(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare_machine / "local.toml").write_text("[web\n", encoding="utf-8")
    monkeypatch.setenv("FILROUGE_LOG_LEVEL", "loud")
    not_toml, loud = faults()
    assert not_toml.startswith("local.toml: not valid TOML")
    assert loud.startswith("FILROUGE_LOG_LEVEL: “loud” is wrong")


def test_the_portals_folder_is_known_even_where_other_settings_are_wrong(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare_machine / "local.toml").write_text('portals_dir = "ours"\n', encoding="utf-8")
    monkeypatch.setenv("PORT", "abc")
    assert Path("ours") == examine().portals_dir
    monkeypatch.setenv("FILROUGE_PORTALS_DIR", "theirs")
    assert Path("theirs") == examine().portals_dir


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://",
        "postgresql://someone@localhost",
        "postgresql://someone@localhost:port/filrouge",
        "postgresql://someone:p@ss@localhost/filrouge",
        "postgresql://someone:p#ss@localhost/filrouge",
        "postgresql://someone:p/ss@localhost/filrouge",
        "postgresql://[localhost/filrouge",
        "postgres://someone@localhost/filrouge",
        "sqlite:///",
        "sqlite://",
    ],
)
def test_an_address_that_names_no_database_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", url)
    (line,) = faults()
    assert "expected sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME" in line


def test_the_data_folder_is_named_or_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILROUGE_DATA_DIR", "")
    assert ("FILROUGE_DATA_DIR: “” is wrong; expected a folder",) == faults()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FILROUGE_DATABASE_URL", "mysql://someone:s3cret@localhost/filrouge"),
        ("FILROUGE_WEB__SECRET_KEY", "s3cret"),
    ],
)
def test_a_secret_is_never_repeated(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    (line,) = faults()
    assert line.startswith(variable)
    assert "s3cret" not in line


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "postgresql://someone:s3cret@localhost/filrouge")
    monkeypatch.setenv("FILROUGE_WEB__SECRET_KEY", "s3cret" * 6)
    assert "s3cret" not in f"{load()!r}{load()}"


def test_a_file_that_is_not_toml_is_one_line(bare_machine: Path) -> None:
    (bare_machine / "local.toml").write_text("demo = perhaps\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"^local\.toml: not valid TOML: .*line 1[^\n]*$"):
        load()


def test_lists_are_written_with_commas_in_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILROUGE_WEB__UPLOAD_TYPES", "pdf, png")
    assert ("pdf", "png") == load().web.upload_types


def test_the_waits_of_dispatch_double(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILROUGE_DISPATCH__ATTEMPTS", "4")
    monkeypatch.setenv("FILROUGE_DISPATCH__BACKOFF", "2 s")
    assert tuple(timedelta(seconds=n) for n in (2, 4, 8)) == load().dispatch.pauses


@pytest.mark.parametrize(
    ("words", "copies", "fault"),
    [
        ("1 day", "400 days", "FILROUGE_KEEP__WORDS: “1 day” is wrong; expected 2 days or more"),
        (
            "30 days",
            "20 days",
            "FILROUGE_KEEP__COPIES: “20 days” is wrong; expected no less than keep.words",
        ),
    ],
)
def test_what_a_network_may_send_again_is_not_forgotten_before(
    monkeypatch: pytest.MonkeyPatch, words: str, copies: str, fault: str
) -> None:
    monkeypatch.setenv("FILROUGE_KEEP__WORDS", words)
    monkeypatch.setenv("FILROUGE_KEEP__COPIES", copies)
    assert (fault,) == faults()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"ROOMS__NETWORK": "matrix"}, "settings: rooms.network is matrix, and [matrix] is not "),
        (
            {"MATRIX__HOMESERVER": "https://m.exemple.fr", "MATRIX__USER": "@fil:exemple.fr"},
            "settings: [matrix] needs a user with a password or an access_token, beside ",
        ),
        ({"MATRIX__USER": "fil"}, "FILROUGE_MATRIX__USER: “fil” is wrong; expected a full Matrix"),
        ({"TELEGRAM__FORUMS": "sosponts=12"}, "FILROUGE_TELEGRAM__FORUMS: “sosponts=12” is wrong"),
        ({"TELEGRAM__WEBHOOK_SECRET": "à/b"}, "FILROUGE_TELEGRAM__WEBHOOK_SECRET: the value given"),
        (
            {"TELEGRAM__WEBHOOK_SECRET": "hidden"},
            "settings: telegram.webhook_secret needs telegram.token beside it",
        ),
        (
            {"TELEGRAM__WEBHOOK_SECRET": "hidden", "TELEGRAM__TOKEN": "1:hidden"},
            "settings: telegram.webhook_secret has Telegram bring updates to web.public_url, which "
            "must begin with https://; without a webhook_secret the bot asks for them itself",
        ),
    ],
)
def test_networks_are_configured_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], expected: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"FILROUGE_{name}", value)
    (fault,) = faults()
    assert fault.startswith(expected)
    assert "hidden" not in fault


def test_a_webhook_goes_to_an_address_of_the_internet_or_comes_from_a_server_of_ones_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FILROUGE_TELEGRAM__TOKEN", "1:hidden")
    monkeypatch.setenv("FILROUGE_TELEGRAM__WEBHOOK_SECRET", "hidden")
    monkeypatch.setenv("FILROUGE_WEB__PUBLIC_URL", "https://conseil.exemple.fr")
    assert "https://conseil.exemple.fr" == load().web.public_url
    monkeypatch.setenv("FILROUGE_WEB__PUBLIC_URL", "http://localhost:8080")
    monkeypatch.setenv("FILROUGE_TELEGRAM__BASE_URL", "http://localhost:8081")
    assert "http://localhost:8081" == load().telegram.base_url


def test_a_configured_network_ends_the_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILROUGE_TELEGRAM__TOKEN", "1:hidden")
    monkeypatch.setenv("FILROUGE_TELEGRAM__FORUMS", "sosponts=-1001, urbanvitaliz=-1002")
    settings = load()
    assert (("web", "telegram"), False) == (settings.networks, settings.demo)
    assert (("sosponts", -1001), ("urbanvitaliz", -1002)) == settings.telegram.forums
    assert "hidden" not in repr(settings)
