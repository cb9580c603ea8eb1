"""The fields of a posted form."""

from bot.networks.web.forms import Form, clean


def test_line_ends_are_made_plain_and_control_characters_dropped() -> None:
    assert "a\nb\nc\td" == clean("a\r\nb\rc\td\x00\x1b\x7f\ud800")


def test_details_are_the_fields_that_say_so_and_are_filled_in() -> None:
    form = Form({"texte": "Voir l’EPF", "detail.coût": " 300 € ", "detail.durée": " "})
    assert [("coût", "300 €")] == list(form.details())
