"""The real database, the real servers."""
