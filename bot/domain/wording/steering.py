"""« pause jusqu’en mars », « reprendre »: commands said in plain words."""

from dataclasses import dataclass

from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.folding import folded_words

PAUSE, RESUME = "pause", "reprendre"
"""The commands, by their names."""


@dataclass(frozen=True, slots=True)
class SteeringWords:
    """The phrases that are commands, folded, and the longest message that is one, in words.

    `give_up`: what ends a project, which is confirmed by a command.
    """

    pause: frozenset[tuple[str, ...]]
    resume: frozenset[tuple[str, ...]]
    give_up: frozenset[tuple[str, ...]]
    at_most: int

    def gives_up(self, text: str) -> bool:
        """Whether the text says that a project is to be given up, and nothing else."""
        return folded_words(text) in self.give_up


def spoken_command(text: str, words: SteeringWords) -> CommandCall | None:
    """The command that the words are, without its sign; None for other words.

    « reprendre » has to be said alone: « on reprend à la rentrée » is an answer.
    """
    typed = folded_words(text)
    if "?" in text or len(typed) > words.at_most:
        return None
    if typed in words.resume:
        return CommandCall(RESUME)
    for length in range(len(typed), 0, -1):
        if typed[:length] in words.pause:
            rest = " ".join(text.split()[length:]) if length < len(typed) else ""
            return CommandCall(PAUSE, rest)
    return None
