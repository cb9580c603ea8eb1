"""How tests are shared among processes."""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

LONGEST_FIRST = ("acceptance", "integration", "contract", "unit")
"""Folders, by how long one of their tests takes."""


def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores: many a test waits, for a lease to end or a server to answer."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where processes share the tests, none is left alone with a long one at the end."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_by_length)


def _by_length(item: pytest.Item) -> int:
    folder = item.path.relative_to(TESTS).parts[0]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else 0
