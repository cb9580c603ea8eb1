"""How soon `filrouge run` is ready, and how much memory it holds at rest: with the pages alone, and
with every network.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.support.botapi import remote_telegram
from tests.support.synapse import synapse

READY_S = 3.0
RESIDENT_MB = 200
WARM_RUNS = 3
REST_S = 5.0
SETTLED_S = 15.0
"""At rest on every network: Matrix has made its keys and synchronised by then."""


def main() -> int:
    """Print the figures; 1 if one is over its target."""
    with tempfile.TemporaryDirectory() as folder:
        bare = min(_bare_interpreter() for _ in range(WARM_RUNS))
        runs = [_run(Path(folder), {}, REST_S) for _ in range(WARM_RUNS)]
        everywhere = _on_every_network(Path(folder))
    ready, resident = min(seconds for seconds, _ in runs), max(size for _, size in runs)
    print(
        f"start: ready in {ready:.2f} s (target {READY_S:.0f} s; an empty interpreter "
        f"{bare:.2f} s), resident at rest {resident:.0f} MB, on every network {everywhere:.0f} MB "
        f"(target {RESIDENT_MB} MB)"
    )
    return int(ready > READY_S or max(resident, everywhere) > RESIDENT_MB)


def _bare_interpreter() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - start


def _on_every_network(folder: Path) -> float:
    """Megabytes resident on Telegram, Matrix (encrypted), the pages, with mail to be sent."""
    homeserver = synapse()
    account = homeserver.register()
    with remote_telegram() as telegram:
        settings = {
            "FILROUGE_TELEGRAM__TOKEN": telegram.token,
            "FILROUGE_TELEGRAM__BASE_URL": telegram.url,
            "FILROUGE_MATRIX__HOMESERVER": homeserver.base,
            "FILROUGE_MATRIX__USER": account.user_id,
            "FILROUGE_MATRIX__PASSWORD": account.password,
            "FILROUGE_ROOMS__NETWORK": "matrix",
            "FILROUGE_EMAIL__HOST": "127.0.0.1",
            "FILROUGE_EMAIL__SENDER": "fil-rouge@exemple.test",
        }
        return _run(folder / "everywhere", settings, SETTLED_S)[1]


def _run(folder: Path, settings: Mapping[str, str], rest: float) -> tuple[float, float]:
    """Start it, wait until it answers, let it rest; seconds to ready, megabytes resident."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"PORT": str(port), "FILROUGE_DATA_DIR": str(folder / "var"), **settings}
    start = time.perf_counter()
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as process:
        try:
            ready = _answers(process, f"http://127.0.0.1:{port}/healthz") - start
            time.sleep(rest)
            return ready, _resident_mb(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)


def _answers(process: "subprocess.Popen[bytes]", url: str) -> float:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return time.perf_counter()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise SystemExit("filrouge run ended before it was ready")


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
