"""What ships with the program, read once in each process: it never changes, and takes long."""

from functools import cache

from config.catalogue import Catalogue, load_catalogue


@cache
def catalogue() -> Catalogue:
    """The texts, portals, words and places."""
    return load_catalogue()
