"""How an error is written to logs: what and where, never with which values."""

from pathlib import PurePath


def describe(error: BaseException) -> str:
    """Its kind, and the line it came from. Its message may quote what somebody wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = PurePath(trace.tb_frame.f_code.co_filename).name
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"
