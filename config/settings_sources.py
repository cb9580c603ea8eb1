"""Where settings come from, and how a fault in them is told."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.errors import SettingsError
from config.strict_toml import Table, flattened, nearest, read_toml, unknown

PREFIX = "FILROUGE_"
CONFIG_FILE = f"{PREFIX}CONFIG"
DEFAULTS = Path(__file__).with_name("default.toml")
_LOCAL = "local.toml"
_SECRET = {"database_url", "web.secret_key"}


class Sources:
    """The environment and the files of settings, read once. Raises SettingsError."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        names = {name for name in environment if name.upper().startswith(PREFIX)}
        self._variables = {name.upper(): name for name in names}
        self._port = environment.get("PORT")
        chosen = environment.get(CONFIG_FILE)
        local = Path(chosen or _LOCAL)
        if chosen and not local.is_file():
            raise SettingsError(f"{CONFIG_FILE}: no such file: {chosen}")
        self._local_name = str(local)
        self._local = read_toml(local) if local.is_file() else {}

    def tables(self) -> Table:
        """What the files and PORT say together; PORT wins, then the local file."""
        tables = _merged(read_toml(DEFAULTS), self._local)
        return _merged(tables, {"web": {"port": self._port}} if self._port else {})

    def unknown_names(self, model: type[BaseModel]) -> list[str]:
        """The faults of variables and keys that no setting has."""
        keys = setting_keys(model)
        variables = {variable(key) for key in keys} | {CONFIG_FILE}
        faults = [
            f"unknown variable {name}; did you mean {nearest(name, variables)}?"
            for name in sorted(self._variables.keys() - variables)
        ]
        return faults + [
            unknown(self._local_name, key, keys)
            for key in flattened(self._local)
            if key not in keys
        ]

    def explain(self, fault: ErrorDetails) -> str:
        """The line of a fault: where it was set, to what, and what is expected."""
        key = ".".join(str(part) for part in fault["loc"] if isinstance(part, str))
        given = "the value given" if key in _SECRET else f"“{fault['input']}”"
        expected = fault["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        return f"{self._origin(key)}: {given} is wrong; expected {expected}"

    def _origin(self, key: str) -> str:
        if variable(key) in self._variables:
            return self._variables[variable(key)]
        if key == "web.port" and self._port:
            return "PORT"
        return f"{self._local_name if key in flattened(self._local) else DEFAULTS.name}: {key}"


def variable(key: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + key.replace(".", "__").upper()


def setting_keys(model: type[BaseModel]) -> list[str]:
    """Every setting of a model, dotted."""
    keys: list[str] = []
    for name, field in model.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            keys += [f"{name}.{key}" for key in setting_keys(section)]
        else:
            keys.append(name)
    return keys


def _merged(below: Table, above: Mapping[str, Any]) -> Table:
    merged = dict(below)
    for key, value in above.items():
        held = merged.get(key)
        if isinstance(held, dict) and isinstance(value, Mapping):
            merged[key] = _merged(held, value)
        else:
            merged[key] = value
    return merged
