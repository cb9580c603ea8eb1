"""« pause jusqu’en mars », « reprendre »: commands said in plain words."""

from dataclasses import dataclass

from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said

PAUSE, RESUME = "pause", "reprendre"
"""The commands, by their names."""


@dataclass(frozen=True, slots=True)
class SteeringWords:
    """The phrases that are commands, and the longest message that is one, in words. `give_up`: what
    ends a project, which is confirmed by a command; `another`: what announces another subject,
    wherever it stands; `no_digest`: what ends « /bilan »; `withdraw`: what takes a note back, after
    « /note »; `join`: what asks to follow a project, beside its reference. See
    `config/language/steering.toml`.
    """

    pause: Phrases
    resume: Phrases
    give_up: Phrases
    another: Phrases
    no_digest: frozenset[str]
    withdraw: Phrases
    join: Phrases
    at_most: int

    def gives_up(self, text: str) -> bool:
        """Whether the text says that a project is to be given up, and nothing else."""
        return self.give_up.whole(Said.of(text)) is not None

    def withdraws(self, text: str) -> bool:
        """Whether the text says that a note is to be taken back, and nothing else."""
        return self.withdraw.whole(Said.of(text)) is not None

    def asks_to_join(self, text: str) -> bool:
        """Whether the text asks to follow a project."""
        return self.join.first(Said.of(text)) is not None


def spoken_command(text: str, words: SteeringWords) -> CommandCall | None:
    """The command that the words are, without its sign; None for other words.

    « reprendre » has to be said alone: « on reprend à la rentrée » is an answer.
    """
    said = Said.of(text)
    if "?" in text or len(said) > words.at_most:
        return None
    if words.resume.whole(said):
        return CommandCall(RESUME)
    pause = words.pause.at(said)
    return None if pause is None else CommandCall(PAUSE, said.after(pause.end).strip())
