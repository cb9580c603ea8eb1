"""Three workers on one PostgreSQL database, of whom one is killed every 5 seconds for a minute."""

import itertools
import time
from pathlib import Path

from tests.integration.workers.crew import SEEN, assert_all_once_and_in_order, crew, say

KILLS = 12
EVERY_S = 5.0
AT_ONCE = 60


def test_nothing_is_lost_nor_doubled_in_a_minute_of_kills(tmp_path: Path) -> None:
    with crew(tmp_path) as three:
        for number in range(KILLS):
            say(three, AT_ONCE)
            time.sleep(EVERY_S)
            # The leader one time out of two, as long as there is one.
            names = [three.leader(), *three.workers]
            name = next(n for n in itertools.islice(names, number % 2, None) if n in three.workers)
            three.kill(name)
        three.until(SEEN, 2 * KILLS * AT_ONCE)
        assert_all_once_and_in_order(three, KILLS * AT_ONCE)
