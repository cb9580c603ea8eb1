"""The first conversation: from an élu's own words to a project ready to be submitted.

A pure state machine. `begin`, `hear` and `choose` return the next draft and the effects to carry
out, in order. No word is ever lost: whatever is said and is no answer joins the description.
"""

from bot.domain.intake.dialogue import CORRECTIONS, again, begin, choose, hear
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.intake.effects import (
    Abandon,
    Ask,
    AskTheme,
    AskWhetherPlace,
    AskWhichPlace,
    Effect,
    Say,
    Submit,
    Summarise,
    Warn,
)
from bot.domain.intake.filling_in import Progress
from bot.domain.intake.listener import Listener
from bot.domain.intake.service_questions import About, about_the_service, asks_the_assistant

__all__ = [
    "CORRECTIONS",
    "Abandon",
    "About",
    "Ask",
    "AskTheme",
    "AskWhetherPlace",
    "AskWhichPlace",
    "Draft",
    "Effect",
    "IntakeStep",
    "Listener",
    "Progress",
    "Say",
    "Submit",
    "Summarise",
    "Warn",
    "about_the_service",
    "again",
    "asks_the_assistant",
    "begin",
    "choose",
    "hear",
]
