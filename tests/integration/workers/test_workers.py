"""Three processes on one PostgreSQL database: everything once and in order, whoever is killed."""

from pathlib import Path

from tests.integration.workers.crew import SEEN, Crew, assert_all_once_and_in_order, crew, say

EACH = 60
"""Messages of a round; each is shown on two networks."""


def test_three_workers_show_everything_once_and_in_order_whoever_is_killed(tmp_path: Path) -> None:
    with crew(tmp_path) as three:
        say(three, EACH)
        three.until(SEEN, 2 * EACH)
        assert_all_once_and_in_order(three, EACH)
        shown_by = three.rows("SELECT DISTINCT worker FROM seen WHERE key LIKE 'led:%'")
        assert [(three.leader(),)] == shown_by
        for number in range(1, 4):
            _say_and_kill(three, 2 * number, three.leader())
            _say_and_kill(three, 2 * number + 1, next(iter(three.workers)))
        three.until(SEEN, 7 * 2 * EACH)
        assert_all_once_and_in_order(three, 7 * EACH)


def _say_and_kill(three: Crew, number: int, name: str) -> None:
    """That worker dies in the middle of the round."""
    say(three, EACH)
    three.until(SEEN, 2 * EACH * (number - 1) + 40)
    three.kill(name if name in three.workers else next(iter(three.workers)))
