"""Plays a scenario in virtual time through the real application.

Only the clock and the networks are replaced; the database is SQLite, in memory.
"""
