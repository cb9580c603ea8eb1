"""Territories named in a text: candidates, and which of them is meant."""
