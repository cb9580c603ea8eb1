"""What a terminal shows."""

import io

from bot.domain.attachment import Attachment
from bot.networks.console import CONVERSATION, ConsoleNetwork
from bot.ports.network import Choice, Incoming, Outgoing
from tests.support.memory_ports import Inbox, SettableClock


async def talk(typed: str, *messages: Outgoing) -> tuple[list[Incoming], str]:
    """What is handed over once these messages were shown and that was typed, and the screen."""
    screen, inbox = io.StringIO(), Inbox()
    network = ConsoleNetwork(io.StringIO(typed), screen, SettableClock())
    for message in messages:
        await network.send(message)
    await network.run(None, inbox.receive)
    return inbox.received, screen.getvalue()


async def test_choices_are_numbered_under_the_message() -> None:
    choices = (Choice("a", "C’est fait"), Choice("b", "Plus tard"))
    _, screen = await talk(
        "", Outgoing("k", CONVERSATION, "Où en **êtes**-vous ?", "q", choices=choices)
    )

    assert "\nOù en êtes-vous ?\n  1. C’est fait\n  2. Plus tard\n\n" == screen


async def test_the_last_choices_shown_are_those_that_a_number_means() -> None:
    old = Outgoing("1", CONVERSATION, "?", "q", choices=(Choice("old", "Oui"),))
    new = Outgoing("2", CONVERSATION, "?", "q", choices=(Choice("new", "Bloqué"),))
    events, _ = await talk("1\nbloqué\n7\n", old, new, Outgoing("3", CONVERSATION, "Fin", "notice"))

    assert [("new", "Bloqué"), ("new", "Bloqué"), (None, "7")] == [
        (event.choice, event.text) for event in events
    ]


async def test_nothing_that_drives_a_terminal_gets_through() -> None:
    hostile = "\x1b[2J\x07Bonjour\x9b31m"
    events, screen = await talk(
        f"{hostile}\n", Outgoing("k", CONVERSATION, hostile, "x", author="\x1b]0;x")
    )

    assert "\n]0;x\u00a0: [2JBonjour31m\n\n" == screen
    assert "[2JBonjour31m" == events[0].text


async def test_blank_lines_say_nothing_and_the_end_of_input_ends_it() -> None:
    events, _ = await talk("\n   \nBonjour")

    assert ["Bonjour"] == [event.text for event in events]


async def test_an_attachment_is_named() -> None:
    attachment = Attachment("ab", "plan.pdf", "application/pdf", 3)
    _, screen = await talk(
        "", Outgoing("k", CONVERSATION, "Le plan", "relay", attachment=attachment)
    )

    assert "[plan.pdf]" in screen


async def test_two_sessions_never_share_a_key() -> None:
    first, _ = await talk("Bonjour\n")
    second, _ = await talk("Bonjour\n")

    assert first[0].key != second[0].key
    assert first[0].conversation == second[0].conversation
