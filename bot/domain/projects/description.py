"""A project's description: what its members said of it until a room opens, in paragraphs."""

BETWEEN = "\n\n"


def with_words(description: str, words: str) -> str:
    """The description with these words at its end."""
    return f"{description}{BETWEEN}{words}"


def without_words(description: str, words: str) -> str:
    """The description without these words, where they were added last; the first ones stay."""
    before, found, after = f"{description}{BETWEEN}".rpartition(f"{BETWEEN}{words}{BETWEEN}")
    return (before + BETWEEN + after).removesuffix(BETWEEN) if found and words else description
