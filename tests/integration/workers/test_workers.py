"""Three processes on one PostgreSQL database: everything once and in order, whoever is killed."""

from pathlib import Path

import pytest

from tests.integration.workers.crew import SEEN, assert_all_once_and_in_order, crew, say


def test_three_workers_show_everything_once_and_in_order(tmp_path: Path) -> None:
    with crew(tmp_path) as three:
        say(three, 180)
        three.until(SEEN, 360)
        assert_all_once_and_in_order(three, 180)
        shown_by = three.rows("SELECT DISTINCT worker FROM seen WHERE key LIKE 'led:%'")
        assert [(three.leader(),)] == shown_by


@pytest.mark.parametrize("whom", ["leader", "anybody"])
def test_workers_are_killed_and_nothing_is_lost_nor_doubled(tmp_path: Path, whom: str) -> None:
    with crew(tmp_path) as three:
        for number in range(1, 4):
            say(three, 60)
            three.until(SEEN, 120 * (number - 1) + 40)
            name = three.leader() if whom == "leader" else next(iter(three.workers))
            three.kill(name if name in three.workers else next(iter(three.workers)))
        three.until(SEEN, 360)
        assert_all_once_and_in_order(three, 180)
