"""The rooms where conversations are held: found, opened, joined, replaced, filled with people."""
