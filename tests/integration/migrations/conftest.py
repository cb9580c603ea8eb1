"""The address of an empty database, of each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import empty_database


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/filrouge.sqlite3"
    else:
        with empty_database() as address:
            yield address
