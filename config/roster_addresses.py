"""Reads the addresses of a roster's people on the networks where they have one.

Optional columns: matrix (`@name:server`) and telegram (the number that Telegram gives an account).
"""

import re
from collections.abc import Collection, Mapping

NETWORKS = ("matrix", "telegram")
"""The optional columns, each called like its network."""

_WRITTEN = {
    "matrix": re.compile(r"@[^\s:]+:(?P<server>[^\s:]+(?::\d{1,5})?)", re.ASCII),
    "telegram": re.compile(r"[1-9]\d{0,18}", re.ASCII),
}
_EXPECTED = {"matrix": "@name:server", "telegram": "a number, the account's"}


def addresses_of(
    cells: Mapping[str, str], servers: Collection[str] | None
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """The pairs of network and address in a line, and the faults in them.

    `servers` are the Matrix servers whose people may be invited; None: all of them.
    """
    found: list[tuple[str, str]] = []
    faults: list[str] = []
    for network in NETWORKS:
        address = cells.get(network, "")
        if not address:
            continue
        match = _WRITTEN[network].fullmatch(address)
        if match is None:
            faults.append(f"{network} “{address}” is wrong; expected {_EXPECTED[network]}")
        elif network == "matrix" and servers is not None and match["server"] not in servers:
            faults.append(f"matrix “{address}”: the server “{match['server']}” is not allowed")
        else:
            found.append((network, address))
    return tuple(found), faults
