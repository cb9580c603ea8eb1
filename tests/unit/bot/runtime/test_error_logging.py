from bot.runtime.error_logging import describe


def _fail(words: str) -> None:
    raise ValueError(words)


def test_a_fault_is_told_by_kind_and_line_without_its_words() -> None:
    try:
        _fail("mon numéro est le 06 12 34 56 78")
    except ValueError as error:
        told = describe(error)
    assert told.startswith("ValueError at test_error_logging.py:")
    assert "06" not in told.partition(":")[0]


def test_a_fault_that_was_never_raised_is_told_by_its_kind() -> None:
    assert "KeyError" == describe(KeyError("secret"))
