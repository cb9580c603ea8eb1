"""How transactions go is looked at in memory too. Its statements are those of SQLite in a file: the
tests of the other folders would find nothing more there.
"""

import pytest


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """What a test runs on."""
    return str(request.param)
