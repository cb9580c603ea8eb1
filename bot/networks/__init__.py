"""The ways of talking with people: one module or package each, blind to each other."""
