"""The whole loop, twenty times on each database, killed at a random moment of a random boundary.

FILROUGE_SOAK_SEED=N plays the rounds of a past run again.
"""

import asyncio
import os
import random
import secrets
import sys
from pathlib import Path

import pytest

from tests.acceptance.whole_story import PASSAGES, survives
from tests.support.postgres import empty_database
from tests.support.service import Service

ROUNDS = 20
SEED = int(os.environ.get("FILROUGE_SOAK_SEED") or secrets.randbelow(1_000_000))


@pytest.mark.parametrize("round_number", range(1, ROUNDS + 1))
async def test_nothing_is_lost_and_nothing_comes_twice(
    round_number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(f"{SEED} {round_number}")
    boundaries = chance.choices(list(PASSAGES), k=2)
    deaths = [(boundary, chance.randint(1, PASSAGES[boundary])) for boundary in boundaries]
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}, round {round_number}, sqlite and postgresql: {deaths}\n")
    with empty_database() as url:
        services = [
            Service(tmp_path / "sqlite", deaths=[deaths[0]]),
            Service(tmp_path / "postgresql", url, deaths=[deaths[1]]),
        ]
        try:
            await asyncio.gather(*(survives(service) for service in services))
        finally:
            for service in services:
                service.end()
