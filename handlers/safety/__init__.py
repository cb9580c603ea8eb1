"""Danger to people: instructions and alerts at once, until members say it is dealt with."""
