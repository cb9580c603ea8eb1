"""The life of a project: accepted or refused, its members, paused, closed, told."""
