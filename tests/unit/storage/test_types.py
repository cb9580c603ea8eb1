"""Columns that hold values of the program."""

from datetime import date

import pytest
from sqlalchemy.dialects.sqlite import dialect

from bot.domain.wording.command_syntax import CommandCall
from storage.database.types import Called


@pytest.mark.parametrize(
    "call",
    [
        CommandCall("accepter", reference="UV-7K3Q"),
        CommandCall("reco", "Bâcher", day=date(2027, 6, 30), details=(("coût", "300 €"),)),
    ],
)
def test_a_command_comes_back_as_it_was_given(call: CommandCall) -> None:
    kept = Called().process_bind_param(call, dialect())
    assert call == Called().process_result_value(kept, dialect())
