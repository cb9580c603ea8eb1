"""The loop on all networks at once, on each database: killed at every boundary of every network,
then at random ones.

FILROUGE_SOAK_SEED=N plays the rounds of a past run again.
"""

import os
import random
import secrets
import sys
from pathlib import Path

import pytest

from tests.acceptance.three_loops import BOUNDARIES, Death, survives
from tests.support.postgres import empty_database

ROUNDS = 20
MOST_PASSAGES = 3
SEED = int(os.environ.get("FILROUGE_SOAK_SEED") or secrets.randbelow(1_000_000))


def rounds(capsys: pytest.CaptureFixture[str]) -> list[list[Death]]:
    """Two deaths in each."""
    chance = random.Random(SEED)
    first = [(boundary, 1) for boundary in chance.sample(BOUNDARIES, len(BOUNDARIES))]
    others = [
        (chance.choice(BOUNDARIES), chance.randint(1, MOST_PASSAGES))
        for _ in range(2 * ROUNDS - len(first))
    ]
    deaths = [*first, *others]
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}: {deaths}\n")
    return [deaths[n : n + 2] for n in range(0, len(deaths), 2)]


async def test_each_word_is_seen_once_on_every_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await survives(tmp_path / "var", rounds(capsys))


async def test_each_word_is_seen_once_on_postgresql_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with empty_database() as url:
        await survives(tmp_path / "var", rounds(capsys), url)
