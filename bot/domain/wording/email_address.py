"""E-mail addresses: which ones we write to, and how they are found among a few words."""

import re

# What mail servers take everywhere: plain letters, no quotes, no comments (RFC 5321, § 4.1.2).
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>(?:{_LABEL}\.)+[A-Za-z]{{2,63}})")
_LONGEST_LOCAL = 64
_LONGEST = 254
_AROUND = "<>()[]«».,;:!?\"'’ \u00a0\u202f"


def is_address(words: str) -> bool:
    """Whether the words are one e-mail address, and nothing else."""
    match = _ADDRESS.fullmatch(words)
    return match is not None and len(match["local"]) <= _LONGEST_LOCAL and len(words) <= _LONGEST


def read_address(words: str) -> str | None:
    """The one address among the words, its domain in small letters; None for none or several."""
    candidates = [word.strip(_AROUND) for word in words.split() if "@" in word]
    if len(candidates) != 1:
        return None
    address = candidates[0].removeprefix("mailto:")
    if not is_address(address):
        return None
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"
