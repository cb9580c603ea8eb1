"""Plays a scenario in virtual time through the real application.

Only the clock and the networks are replaced; the database is SQLite, in memory.
"""

from bot.simulation.play import Message, SimulationError, play
from bot.simulation.scenario import Scenario, ScenarioError, read_scenario

__all__ = [
    "Message",
    "Scenario",
    "ScenarioError",
    "SimulationError",
    "play",
    "read_scenario",
]
