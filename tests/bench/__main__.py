"""make bench: ratios against limits of the same run; ends with 1 if a target is missed."""

import sys

from tests.bench import clockwork, relay, start, turn, understanding

sys.exit(max([turn.main(), start.main(), understanding.main(), clockwork.main(), relay.main()]))
