"""A project and all that belongs to it: history, recommendations, members, whose turn it is."""
