"""The command line, with a real database."""
