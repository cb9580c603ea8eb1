"""Whole dialogues in French, in real processes, killed ones included."""

import pytest

# Where helpers check something, a failure shows the values too.
pytest.register_assert_rewrite("tests.acceptance.whole_story", "tests.support.visitor")
