"""A strict Bot API server in a process of its own, and its people, for tests of real processes."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


class RemoteTelegram:
    """A server at an address. `does` takes the name of an action of `control` and its arguments."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def does(self, action: str, **arguments: Any) -> Any:
        """Have people do something, or look at what they see."""
        body = json.dumps({"do": action, "with": arguments}).encode()
        request = urllib.request.Request(
            f"{self.url}/control", data=body, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)["result"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{action}: {error.read().decode()}") from error


@contextmanager
def remote_telegram(port: int = 0) -> Iterator[RemoteTelegram]:
    """A server on a port of this machine (0: a free one), until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.botapi", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url, token = process.stdout.readline().split()
        yield RemoteTelegram(url, token)
    finally:
        process.kill()
        process.communicate()
