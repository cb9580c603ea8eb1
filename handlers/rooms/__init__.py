"""The rooms of the advisors: when they open, what they look like, who is invited."""
