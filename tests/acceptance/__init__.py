"""Whole dialogues in real processes."""
