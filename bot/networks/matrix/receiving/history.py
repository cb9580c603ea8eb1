"""Reads what a sync leaves out: of a busy room it gives only the last events."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.networks.matrix.connection.homeserver import Homeserver, path, room_events

_PAGE = 100
_MOST_PAGES_BACK = 10
"""How many pages back a room is read that we have just joined."""

Events = list[dict[str, Any]]


async def read_since(
    server: Homeserver, room_id: str, timeline: Mapping[str, Any], since: str, until: str
) -> AsyncIterator[Events]:
    """All the events of a room between two syncs, in order, page by page."""
    seen: set[str] = set()
    token: str | None = since
    while token is not None:
        asked: dict[str, str | int] = {"dir": "f", "limit": _PAGE, "from": token, "to": until}
        answer = await server.call("GET", path("rooms", room_id, "messages", query=asked))
        page = [event for event in answer["chunk"] if event["event_id"] not in seen]
        if not page:
            break
        seen.update(event["event_id"] for event in page)
        yield page
        token = answer.get("end")
    yield [event for event in timeline["events"] if event["event_id"] not in seen]


async def read_before_joining(
    server: Homeserver, room_id: str, timeline: Mapping[str, Any]
) -> Events:
    """The events of a room before we joined, as far back as we read and may see, and since."""
    earlier: Events = []
    token = timeline.get("prev_batch") if timeline.get("limited") else None
    for _ in range(_MOST_PAGES_BACK):
        if token is None:
            break
        asked: dict[str, str | int] = {"dir": "b", "limit": _PAGE, "from": token}
        answer = await server.call("GET", path("rooms", room_id, "messages", query=asked))
        earlier += answer["chunk"]
        token = answer.get("end") if answer["chunk"] else None
    return [*reversed(earlier), *timeline["events"]]


def has_joined(room: Mapping[str, Any], user_id: str) -> bool:
    """Whether we joined the room in this sync."""
    return any(
        event["content"].get("membership") == "join"
        and event.get("unsigned", {}).get("prev_content", {}).get("membership") != "join"
        for event in room_events(room)
        if event["type"] == "m.room.member" and event.get("state_key") == user_id
    )
