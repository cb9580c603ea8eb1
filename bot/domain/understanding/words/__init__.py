"""A text cut into words: how they sound, and the forms they take."""
