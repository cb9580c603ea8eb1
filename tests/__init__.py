"""The tests, by what they meet."""
