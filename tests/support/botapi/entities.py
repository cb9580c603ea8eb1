"""Parses Telegram's HTML: the marks it takes, and the text and entities that come of it.

https://core.telegram.org/bots/api#html-style
"""

import re
from typing import Any

from tests.support.botapi.refusals import bad

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[^\s>]*)(?P<rest>[^>]*)>|&(?P<name>#?\w+);", re.DOTALL)


def utf16(text: str) -> int:
    """How many UTF-16 units Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The text, and its entities in UTF-16 units. Raises Refusal as Telegram does."""
    text, end = "", 0
    entities: list[dict[str, Any]] = []
    opened: list[tuple[str, str, str]] = []
    for match in _TOKEN.finditer(source):
        text += _no_stray(source[end : match.start()], source, end)
        end = match.end()
        if match["name"]:
            text += _character(match["name"], match[0])
        elif match["end"]:
            entities.append(_closed(opened, match["tag"], text, match.start()))
        else:
            _check(match["tag"], match.start())
            opened.append((match["tag"], text, match["rest"]))
    text += _no_stray(source[end:], source, end)
    if opened:
        tag = opened[-1][0]
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\"")
    found = [entity for entity in entities if entity["length"]]
    return text, sorted(found, key=lambda e: (e["offset"], -e["length"]))


def trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """The text and entities without white space at either end, as they are shown."""
    lead = utf16(text) - utf16(text.lstrip())
    shown = text.strip()
    length = utf16(shown)
    moved = []
    for entity in entities:
        first = max(0, entity["offset"] - lead)
        last = min(length, entity["offset"] + entity["length"] - lead)
        if last > first:
            moved.append({**entity, "offset": first, "length": last - first})
    return shown, moved


def _no_stray(piece: str, source: str, at: int) -> str:
    if "<" in piece:
        raise bad(
            f"can't parse entities: Unclosed start tag at byte offset {at + piece.index('<')}"
        )
    return piece


def _character(name: str, written: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    if re.fullmatch(r"#\d{1,7}", name):
        return chr(int(name[1:]))
    if re.fullmatch(r"#x[0-9a-fA-F]{1,6}", name):
        return chr(int(f"0{name[1:]}", 0))
    return written


def _check(tag: str, at: int) -> None:
    if tag.lower() not in _TAGS:
        raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {at}')


def _closed(opened: list[tuple[str, str, str]], tag: str, text: str, at: int) -> dict[str, Any]:
    if not opened:
        raise bad(f"can't parse entities: Unexpected end tag at byte offset {at}")
    start, before, rest = opened.pop()
    if tag and tag.lower() != start.lower():
        raise bad(
            f"can't parse entities: Unmatched end tag at byte offset {at}, "
            f'expected "</{start}>", found "</{tag}>"'
        )
    entity: dict[str, Any] = {
        "type": _TAGS[start.lower()],
        "offset": utf16(before),
        "length": utf16(text) - utf16(before),
    }
    link = re.search(r'href="([^"]*)"', rest)
    if link:
        entity["url"] = link[1]
    return entity
