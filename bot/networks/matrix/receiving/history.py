"""What a sync leaves out: it gives only the last events of a room that was busy."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from bot.networks.matrix.connection.homeserver import Homeserver, path

_PAGE = 100
_MOST_PAGES_BACK = 10
"""A room that we come into is read from that far back."""

Events = list[dict[str, Any]]


async def since_then(
    server: Homeserver, room_id: str, timeline: Mapping[str, Any], since: str, until: str
) -> AsyncIterator[Events]:
    """All of a room between two syncs, in order, page by page."""
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


async def before_us(server: Homeserver, room_id: str, timeline: Mapping[str, Any]) -> Events:
    """What was said in a room before we came, as far as we may see it, and since."""
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


def came_in(room: Mapping[str, Any], user_id: str) -> bool:
    """Whether this sync tells that we joined the room."""
    return any(_is_entry(event, user_id) for event in _told(room))


def _told(room: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return (*room.get("state", {}).get("events", ()), *room["timeline"]["events"])


def _is_entry(event: Mapping[str, Any], user_id: str) -> bool:
    if event["type"] != "m.room.member" or event.get("state_key") != user_id:
        return False
    before = event.get("unsigned", {}).get("prev_content", {}).get("membership")
    return bool(event["content"].get("membership") == "join" and before != "join")
