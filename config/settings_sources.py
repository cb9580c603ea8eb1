"""Reads the environment and the files that settings come from, and words their faults."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.errors import ConfigError
from config.strict_toml import Table, flatten, nearest, read_toml, unknown_key_fault

PREFIX = "FILROUGE_"
CONFIG_FILE = f"{PREFIX}CONFIG"
DEFAULTS = Path(__file__).with_name("default.toml")
_LOCAL = "local.toml"
_SECRET = {
    "database_url",
    "web.secret_key",
    "telegram.token",
    "telegram.webhook_secret",
    "matrix.password",
    "matrix.access_token",
    "email",
    "email.password",
}
_EXPECTED = {
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "model_type": "a table of settings",
}


class Sources:
    """The environment and the files of settings, read once.

    A local file that cannot be read is one of the `faults`, and counts as empty.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        names = {name for name in environment if name.upper().startswith(PREFIX)}
        self._variables = {name.upper(): name for name in names}
        self._environment = environment
        self._port = environment.get("PORT")
        chosen = environment.get(CONFIG_FILE)
        local = Path(chosen or _LOCAL)
        self._local_name, self._local = str(local), Table()
        self.faults: tuple[str, ...] = ()
        if local.is_file():
            try:
                self._local = read_toml(local)
            except ConfigError as error:
                self.faults = error.faults
        elif chosen:
            self.faults = (f"{CONFIG_FILE}: no such file: {chosen}",)

    def tables(self, keys: Iterable[str]) -> Table:
        """The settings of all sources together. `keys` are those that a variable may set: variables
        win over PORT, that over the local file.
        """
        tables = _merge(read_toml(DEFAULTS), self._local)
        if self._port:
            tables = _merge(tables, _nest("web.port", self._port))
        for key in keys:
            name = self._variables.get(variable(key))
            if name is not None:
                tables = _merge(tables, _nest(key, self._environment[name]))
        return tables

    def find_text(self, key: str) -> str:
        """The text that a setting is set to, valid or not; empty if it is not set to a text."""
        name = self._variables.get(variable(key))
        value = self._environment[name] if name else flatten(self._local).get(key)
        return value if isinstance(value, str) else ""

    def unknown_names(self, model: type[BaseModel]) -> list[str]:
        """The faults of variables and keys that name no setting."""
        keys = setting_keys(model)
        variables = {variable(key) for key in keys} | {CONFIG_FILE}
        faults = [
            _unknown_variable_fault(name, variables)
            for name in sorted(self._variables.keys() - variables)
        ]
        return faults + [
            unknown_key_fault(self._local_name, key, keys)
            for key in flatten(self._local)
            if key not in keys
        ]

    def explain(self, fault: ErrorDetails) -> str:
        """The fault in one line: where the setting was set, to what, and what is expected."""
        key = ".".join(str(part) for part in fault["loc"] if isinstance(part, str))
        if fault["type"] == "value_error" and isinstance(fault["input"], Mapping):
            # Settings that do not go together: the value, a whole section, holds secrets.
            expected = fault["msg"].removeprefix("Value error, ")
            return f"settings: {f'[{key}] needs ' if key else ''}{expected}"
        given = "the value given" if key in _SECRET else f"“{fault['input']}”"
        message = fault["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        expected = _EXPECTED.get(fault["type"], message)
        return f"{self._origin(key)}: {given} is wrong; expected {expected}"

    def _origin(self, key: str) -> str:
        if variable(key) in self._variables:
            return self._variables[variable(key)]
        if key == "web.port" and self._port:
            return "PORT"
        return f"{self._local_name if key in flatten(self._local) else DEFAULTS.name}: {key}"


def variable(key: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + key.replace(".", "__").upper()


def _unknown_variable_fault(name: str, known: Collection[str]) -> str:
    """The fault of a variable that names no setting, with the name probably meant."""
    hint = nearest(name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known])
    return f"unknown variable {name}" + (f"; did you mean {PREFIX}{hint}?" if hint else "")


def setting_keys(model: type[BaseModel]) -> list[str]:
    """The names of a model's settings, dotted."""
    keys: list[str] = []
    for name, field in model.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            keys += [f"{name}.{key}" for key in setting_keys(section)]
        else:
            keys.append(name)
    return keys


def _nest(key: str, value: str) -> Table:
    name, _, rest = key.partition(".")
    return {name: _nest(rest, value) if rest else value}


def _merge(below: Table, above: Mapping[str, Any]) -> Table:
    merged = dict(below)
    for key, value in above.items():
        held = merged.get(key)
        if isinstance(held, dict) and isinstance(value, Mapping):
            merged[key] = _merge(held, value)
        else:
            merged[key] = value
    return merged
