"""The people and the faults of a server in another process, over HTTP.

POST /control {"do": NAME, "with": {…}} answers {"result": …}, or {"error": …} with 400.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from tests.support.botapi.faults import Fault
from tests.support.botapi.people import People
from tests.support.botapi.world import World

Handler = Callable[[web.Request], Awaitable[web.Response]]


def control(world: World, people: People) -> Handler:
    """What answers /control."""
    actions = _actions(world, people)

    async def answer(request: web.Request) -> web.Response:
        body = await request.json()
        try:
            result = actions[body["do"]](**body.get("with", {}))
        except (LookupError, StopIteration, TypeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        return web.json_response({"result": result})

    return answer


def _actions(world: World, people: People) -> Mapping[str, Callable[..., Any]]:
    told = (
        people.says,
        people.sends,
        people.sends_photos,
        people.edits,
        people.deletes,
        people.reacts,
        people.taps,
        people.blocks,
        people.unblocks,
        people.joins,
        people.kicks_bot,
        people.opens_topic,
        people.deletes_topic,
        people.upgrades,
        people.shown,
        people.reactions,
        people.topics,
    )
    return {action.__name__: action for action in told} | {
        "user": lambda **named: world.add_user(**named).id,
        "forum": lambda title: world.add_group(title, forum=True).id,
        "group": lambda title: world.add_group(title).id,
        "sends_document": lambda content, **rest: people.sends_document(
            content=content.encode(), **rest
        ),
        "fault": lambda method, fault, **rest: world.faults.plan(method, Fault(fault), **rest),
        "no_faults": world.faults.clear,
        "limits": lambda on: setattr(world.limits, "on", on),
        "pass_time": world.pass_time,
        "pending": lambda: len(world.updates.pending),
        "calls": lambda: world.calls,
        "commands": lambda: world.commands,
    }
