"""A strict Bot API server in its own process.

    python -m tests.support.botapi --port 8081

Prints its address and the bot's token on one line, then serves until it is killed.
"""

import argparse
import asyncio
import sys

from tests.support.botapi.server import BotApi


async def _serve(port: int) -> None:
    async with BotApi().serving(port) as api:
        sys.stdout.write(f"{api.url} {api.token}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A strict Bot API server.")
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(_serve(parser.parse_args().port))
